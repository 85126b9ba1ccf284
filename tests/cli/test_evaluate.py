import json
import sys

import pytest

from hedge.annotations import Corpus
from hedge.errors import AnnotationError, MissingExtraError, ModelError
from hedge.evaluation.predictions import Predictions
from hedge.evaluation.report import evaluate
from hedge.labels import CLASSES

WAYS = ("given sentences", "end to end")


@pytest.fixture
def measure(run, small):
    return lambda *options: run("evaluate", "--data", small, "--replicates", "0", *options)


def test_json_holds_the_reports_of_both_ways(measure, small, classifier):
    result = measure("-f", "json")
    record = json.loads(result.stdout)
    corpus = Corpus.load(small).split("test")
    assert {key: record[key] for key in record if key not in WAYS} == {
        "model": "default",
        "split": "test",
        "data": corpus.sha256,
    }
    for way in WAYS:
        predictions = Predictions.of(classifier, corpus, end_to_end=way == "end to end")
        assert record[way] == evaluate(predictions, replicates=0).to_dict()
    assert result.stderr == ""
    assert result.exit_code == 0


@pytest.mark.parametrize("split", ["train", "validation", "test"])
def test_the_split_is_the_one_asked_for(measure, small, split):
    record = json.loads(measure("-f", "json", "--split", split).stdout)
    corpus = Corpus.load(small).split(split)
    whole = record[WAYS[0]]["groups"][0]
    assert (whole["documents"], whole["sentences"]) == (len(corpus.documents), sum(1 for _ in corpus.sentences))


def test_intervals_are_given_unless_there_are_no_replicates(run, small):
    def accuracy(replicates):
        options = ("--data", small, "-f", "json", "--replicates", replicates)
        return json.loads(run("evaluate", *options).stdout)[WAYS[0]]["groups"][0]["metrics"]["accuracy"]

    assert set(accuracy("0")) == {"value"}
    low, high = accuracy("20")["interval"]
    assert low <= accuracy("20")["value"] <= high


def test_the_table_names_model_split_and_way(measure):
    lines = measure().stdout.splitlines()
    for way in WAYS:
        titles = [line for line in lines if line.startswith(f"default on test, {way}: ")]
        assert len(titles) == 3
    assert sum(line.split()[:3] == ["all", "2", "48"] for line in lines) == 2


def test_markdown_has_a_heading_for_each_way_and_whole_rows(measure):
    lines = measure("-f", "markdown").stdout.splitlines()
    assert [line for line in lines if line.startswith("## ")] == [f"## default on test, {way}" for way in WAYS]
    rows = [line for line in lines if line.startswith("| ")]
    assert len([row for row in rows if row.startswith("| all ")]) == 2
    assert all(row.endswith("|") for row in rows)
    assert all(f"| {name} " in "\n".join(rows) for name in CLASSES)


def test_the_result_can_go_to_a_file(measure, working):
    result = measure("-f", "json", "-o", "report.json")
    assert result.stdout == ""
    assert json.loads((working / "report.json").read_text(encoding="utf-8"))["split"] == "test"
    assert [file.name for file in working.iterdir()] == ["report.json"]


def test_plots_are_drawn_where_asked_for(measure, working):
    result = measure("-f", "json", "--plots", "plots/new")
    drawn = sorted(file.as_posix() for file in (working / "plots" / "new").iterdir())
    assert [file.rsplit("/", 1)[1] for file in drawn] == ["confusion.png", "reliability.png", "risk_coverage.png"]
    assert result.stderr == "".join(f"Drawn: {file}\n" for file in drawn).replace(str(working) + "/", "")
    assert json.loads(result.stdout)


@pytest.mark.parametrize(("library", "options"), [("sklearn", ()), ("matplotlib", ("--plots", "plots"))])
def test_what_is_not_installed_is_missed_before_anything_is_labelled(run, monkeypatch, library, options):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match="'train'"):
        run("evaluate", "--model", "nowhere", *options)


def test_plots_need_a_folder(run, working):
    (working / "file").touch()
    result = run("evaluate", "--data", "nowhere", "--plots", "file")
    assert result.exit_code == 2
    assert "'file' is a file" in result.stderr


def test_documents_without_text_are_left_out_and_said(run, incomplete):
    result = run("evaluate", "--data", incomplete, "--replicates", "0", "-f", "json")
    assert json.loads(result.stdout)[WAYS[0]]["groups"][0]["documents"] == 2
    assert "6 documents are left out" in result.stderr


def test_an_empty_split_is_an_error(run, small, tmp_path):
    Corpus.load(small).split("train").save(tmp_path / "train-only")
    with pytest.raises(AnnotationError, match="train-only: the split 'test' has no documents; import more"):
        run("evaluate", "--data", tmp_path / "train-only")


def test_a_missing_corpus_or_model_is_an_error(run, small):
    with pytest.raises(AnnotationError, match="no annotated corpus here"):
        run("evaluate", "--data", "nowhere")
    with pytest.raises(ModelError, match="no model 'nowhere'"):
        run("evaluate", "--data", small, "--model", "nowhere")

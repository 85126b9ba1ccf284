from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from hedge.annotations import Corpus
from hedge.annotations.formats import FORMATS
from hedge.annotations.formats.label_studio import configuration
from hedge.cli.import_export import FORMAT_NAMES
from hedge.errors import AnnotationError, HedgeError

ARTICLE = "The quay is shut. It may reopen in spring. A shame, that."
LABELS = ("fact", "speculation", "opinion")


@pytest.fixture
def article(working):
    (working / "quay.txt").write_text(ARTICLE, encoding="utf-8")
    return "quay.txt"


def exported(run, article, form="doccano"):
    assert run("annotations", "export", article, "--as", form, "--output", "out.jsonl").exit_code == 0


def answered(working, labels=LABELS):
    """Write the labels of doccano's annotators into the file that was exported."""
    file = working / "out.jsonl"
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    lines = [json.dumps({**record, "label": [x] if x else []}) for record, x in zip(records, labels, strict=True)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def bring(run, *arguments):
    return run(
        "annotations", "import", "out.jsonl", "--as", "doccano", "--data", "mine", "--split", "train", *arguments
    )


def test_texts_go_out_and_come_back_as_a_corpus(run, working, article):
    exported(run, article)
    answered(working)
    result = bring(run, "--genre", "brief", "--publisher", "Echo", "--annotator", "ada")
    assert result.stderr.splitlines()[0].startswith("1 new document with 3 sentences; 0 sentences")
    (document,) = Corpus.load("mine").documents
    assert [s.text for s in document.sentences] == ["The quay is shut.", "It may reopen in spring.", "A shame, that."]
    assert [s.class_name for s in document.sentences] == list(LABELS)
    assert document.sentences[0].readings == (("ada", "fact"),)
    assert (document.id, document.genre, document.source, document.split) == ("quay.txt", "brief", "Echo", "train")
    assert document.added is not None


def test_what_is_left_out_is_said(run, working, article):
    exported(run, article)
    answered(working, ("fact", None, "opinion"))
    result = bring(run)
    assert "left out: 1 without an answer" in result.stderr
    assert "missing from the midst of: 1 (quay.txt)" in result.stderr


@pytest.mark.parametrize(
    ("count", "splits"), [(1, (1, 0, 0)), (2, (1, 1, 0)), (3, (1, 1, 1)), (5, (3, 1, 1)), (12, (7, 2, 3))]
)
def test_the_first_documents_train_and_how_many_are_in_each_split_is_said(run, working, count, splits):
    pytest.importorskip("datasketch")
    rows = [f"Quay {n} is shut for {n * 7} days.,fact\n" for n in range(count)]
    (working / "out.csv").write_text(f"text,label\n{''.join(rows)}", encoding="utf-8")
    result = run("annotations", "import", "out.csv", "--as", "csv", "--data", "mine")
    counts = f"{splits[0]} in train, {splits[1]} in validation, {splits[2]} in test"
    noun = "document" if count == 1 else "documents"
    assert result.stderr.splitlines()[-1] == f"the corpus has {count} {noun} now: {counts}"


NOTHING = {
    "empty": "",
    "another format": '{"text": "Fog.", "options": [], "accept": ["fact"], "answer": "accept"}\n',
    "unanswered": '{"text": "Fog.", "label": []}\n{"text": "Mist.", "label": []}\n',
}


@pytest.mark.parametrize(("kind", "why"), [("empty", ""), ("another format", " (1 "), ("unanswered", " (2 ")])
def test_a_file_without_an_answer_is_an_error_and_nothing_is_written(run, working, kind, why):
    (working / "out.jsonl").write_text(NOTHING[kind], encoding="utf-8")
    why = f"{why}without an answer)" if why else ""
    with pytest.raises(AnnotationError, match=re.escape(f"no answer in out.jsonl{why}; is it another format?")):
        bring(run)
    assert not (working / "mine").exists()


def test_a_file_without_an_answer_beside_others_is_named(run, working):
    (working / "empty.jsonl").write_text("", encoding="utf-8")
    (working / "out.jsonl").write_text('{"text": "Fog.", "label": ["fact"]}\n', encoding="utf-8")
    result = bring(run, "empty.jsonl")
    assert result.exit_code == 0
    assert "hedge: warning: no answer in empty.jsonl\n" in result.stderr
    assert len(Corpus.load("mine").documents) == 1


@pytest.mark.parametrize("form", [name for name in FORMAT_NAMES if name != "datasets"])
def test_a_folder_is_no_file_of_answers(run, working, form):
    (working / "answers").mkdir()
    with pytest.raises(AnnotationError, match="answers: is a folder; pass the files in it"):
        run("annotations", "import", "answers", "--as", form, "--data", "mine")
    assert not (working / "mine").exists()


def test_texts_that_are_not_ours_stay_out_of_the_corpus(run, working, article):
    exported(run, article)
    answered(working)
    assert bring(run, "--stand-off", "--texts", "kept").exit_code == 0
    assert "reopen" not in "".join(file.read_text(encoding="utf-8") for file in (working / "mine").iterdir())
    assert Corpus.load("mine").unresolved == ("quay.txt",)
    assert [s.class_name for s in Corpus.load("mine", "kept").sentences] == list(LABELS)


def test_to_stand_off_there_must_be_a_place_for_the_texts(run, working, article):
    exported(run, article)
    answered(working)
    with pytest.raises(AnnotationError, match="pass --texts"):
        bring(run, "--stand-off")
    assert not (working / "mine").exists()


def test_a_label_that_is_none_of_ours_leaves_the_corpus_as_it_was(run, working, article):
    exported(run, article)
    answered(working)
    bring(run)
    before = (working / "mine" / "real.jsonl").read_bytes()
    answered(working, ("opinion", "opinion", "rumour"))
    with pytest.raises(AnnotationError, match=r"out\.jsonl, line 3: the label 'rumour'"):
        bring(run)
    assert (working / "mine" / "real.jsonl").read_bytes() == before


@pytest.mark.parametrize("column", ["split,dev", "origin,documents", "origin,a/b"])
def test_a_document_that_no_corpus_could_hold_leaves_none_behind(run, working, column):
    name, value = column.split(",")
    (working / "out.csv").write_text(f"text,label,{name}\nFog.,fact,{value}\n", encoding="utf-8")
    with pytest.raises(AnnotationError, match=rf"out\.csv, line 2: the {name} '{value}' is none of"):
        run("annotations", "import", "out.csv", "--as", "csv", "--data", "mine")
    assert not (working / "mine").exists()


def test_an_export_says_what_stays_behind(run, small):
    result = run("annotations", "export", "--data", small, "--as", "doccano", "--output", "out.jsonl")
    assert "sentences of 5 documents written to out.jsonl" in result.stderr
    assert "doccano has no place for cues" in result.stderr


@pytest.mark.parametrize("form", FORMAT_NAMES)
def test_the_reasons_of_settlements_stay_behind_and_that_is_said(run, working, small, form):
    if form == "datasets":
        pytest.importorskip("datasets")
    first, *others = Corpus.load(small).documents
    settled = replace(first.sentences[0], reason="the guide leaves it open")
    Corpus((replace(first, sentences=(settled, *first.sentences[1:])), *others)).save("settled")
    result = run("annotations", "export", "--data", "settled", "--as", form, "--output", "out")
    assert f"{form} has no place for reasons: those of 1 sentence stay behind" in result.stderr


def test_an_export_of_texts_with_a_model_carries_its_answers(run, working, article):
    run("annotations", "export", article, "--as", "argilla", "--model", "default", "--output", "out.json")
    records = json.loads((working / "out.json").read_text(encoding="utf-8"))
    assert {record["suggestions"]["label"]["agent"] for record in records} == {"default"}
    assert records[1]["suggestions"]["label"]["value"] == "speculation"
    assert records[1]["metadata"] == {"document": "quay.txt", "sentence": 1}


@pytest.mark.parametrize(("form", "output"), [("csv", "folder"), ("datasets", "folder"), ("datasets", "quay.txt")])
def test_what_is_there_is_not_written_over(run, working, article, form, output):
    (working / "folder").mkdir()
    with pytest.raises(AnnotationError, match=f"{output}: is there already"):
        run("annotations", "export", article, "--as", form, "--output", output)
    assert list((working / "folder").iterdir()) == []


def test_an_export_that_fails_leaves_what_was_there(run, working, article):
    (working / "out.jsonl").write_text("old", encoding="utf-8")
    with pytest.raises(AnnotationError, match="pass --model"):
        run("annotations", "export", article, "--as", "prodigy-binary", "--output", "out.jsonl")
    assert (working / "out.jsonl").read_text(encoding="utf-8") == "old"


def test_an_export_that_is_interrupted_leaves_no_half_of_a_folder(run, working, article, monkeypatch):
    def interrupted(items, folder):
        (folder / "train").mkdir(parents=True)
        raise KeyboardInterrupt

    monkeypatch.setitem(FORMATS, "datasets", FORMATS["datasets"]._replace(write=interrupted))
    assert run("annotations", "export", article, "--as", "datasets", "--output", "out").exit_code == 1
    assert [file.name for file in working.iterdir()] == [article]


@pytest.mark.parametrize("form", [name for name in FORMAT_NAMES if name not in {"prodigy-binary", "datasets"}])
def test_a_dash_stands_for_standard_output(run, working, article, form):
    result = run("annotations", "export", article, "--as", form, "--output", "-")
    assert "It may reopen in spring." in result.stdout
    assert "3 sentences of 1 document written to standard output" in result.stderr
    assert [file.name for file in working.iterdir()] == [article]


def test_a_file_of_that_name_is_not_in_the_way_of_standard_output(run, working, article):
    for name in ("-", "-.xml"):
        (working / name).write_text("mine", encoding="utf-8")
    result = run("annotations", "export", article, "--as", "label-studio", "--output", "-")
    assert "It may reopen in spring." in result.stdout
    assert {(working / name).read_text(encoding="utf-8") for name in ("-", "-.xml")} == {"mine"}


def test_a_folder_cannot_be_written_to_standard_output(run, working, article):
    with pytest.raises(AnnotationError, match="cannot be written to standard output; pass a folder"):
        run("annotations", "export", article, "--as", "datasets", "--output", "-")
    assert [file.name for file in working.iterdir()] == [article]


def test_label_studio_has_its_configuration_beside_the_tasks(run, working, article):
    for _ in range(2):  # what an export wrote there gives way to the same
        run("annotations", "export", article, "--as", "label-studio", "--output", "tasks.json")
        assert (working / "tasks.xml").read_text(encoding="utf-8") == configuration()


@pytest.mark.parametrize("output", ["tasks.xml", "TASKS.XML"])
def test_tasks_do_not_take_the_name_of_their_configuration(run, working, article, output):
    with pytest.raises(AnnotationError, match=rf"{output}: the labelling configuration takes this name; .* \.json"):
        run("annotations", "export", article, "--as", "label-studio", "--output", output)
    assert not (working / output).exists()


def test_a_configuration_does_not_take_the_place_of_another_file(run, working, article):
    (working / "tasks.xml").write_text("<mine/>", encoding="utf-8")
    with pytest.raises(AnnotationError, match=r"tasks\.xml: is there already"):
        run("annotations", "export", article, "--as", "label-studio", "--output", "tasks.json")
    assert (working / "tasks.xml").read_text(encoding="utf-8") == "<mine/>"
    assert not (working / "tasks.json").exists()


def test_a_folder_that_is_not_there_is_an_error(run, article):
    with pytest.raises(HedgeError, match=r"nowhere.out\.csv: cannot be written"):
        run("annotations", "export", article, "--as", "csv", "--output", "nowhere/out.csv")


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_out(run, working, article):
    (working / "empty.txt").write_text("", encoding="utf-8")
    result = run("annotations", "export", "empty.txt", article, "--as", "csv", "--output", "out.csv")
    assert result.exit_code == 2
    assert "empty.txt: there is no text in it" in result.stderr
    assert "3 sentences of 1 document written" in result.stderr


def test_what_was_guessed_in_reading_is_said(run, working):
    (working / "cafe.txt").write_bytes("The café is shut. It may reopen in spring.".encode("cp1252"))
    result = run("annotations", "export", "cafe.txt", "--as", "csv", "--output", "out.csv")
    assert result.exit_code == 0
    assert "hedge: warning: cafe.txt: " in result.stderr
    assert "cp1252" in result.stderr


def test_nothing_to_write_is_an_error(run, working):
    (working / "empty.txt").write_text("", encoding="utf-8")
    with pytest.raises(AnnotationError, match="there is no sentence to write"):
        run("annotations", "export", "empty.txt", "--as", "csv", "--output", "out.csv")

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus
from hedge.cli import cli
from hedge.errors import AnnotationError, ReadingError
from hedge.labels import Label

SENTENCES = (AnnotatedSentence("The quay is shut.", Label.FACT), AnnotatedSentence("A shame, that.", Label.OPINION))

THEIRS = (
    AnnotatedSentence("Ferries ran late all week.", Label.FACT),
    AnnotatedSentence("Nobody minded.", Label.OPINION),
)


@pytest.fixture
def folder(tmp_path):
    documents = (
        AnnotatedDocument("ours", "brief", "written", "hedge", "ours", "train", SENTENCES),
        AnnotatedDocument("theirs", "news", "real", "Wire", "CC BY 4.0", "test", THEIRS, stands_off=True),
    )
    Corpus(documents).save(tmp_path / "corpus")
    text = Corpus(documents).documents[1].segmented.text
    (tmp_path / "theirs.jsonl").write_text(json.dumps({"id": "x", "text": text}) + "\n", encoding="utf-8")
    return tmp_path


def run(folder, *arguments, texts="theirs.jsonl"):
    options = ["--data", str(folder / "corpus"), "--texts", str(folder / texts)]
    return CliRunner(catch_exceptions=False).invoke(cli, ["annotations", *map(str, arguments), *options])


def test_validate_says_that_a_corpus_is_sound(folder):
    result = run(folder, "validate")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "No problems\n")


def test_validate_says_which_documents_have_no_text(folder):
    (folder / "others.txt").write_text("Another text.", encoding="utf-8")
    result = run(folder, "validate", texts="others.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    warning, verdict = result.stderr.splitlines()
    assert warning.startswith("hedge: warning: 1 document is only checked by the records, as its text is not ")
    assert warning.endswith(": theirs")
    assert verdict == "No problems"


def test_validate_ends_with_2_if_there_are_problems(folder):
    file = folder / "corpus" / "written.jsonl"
    row, *rest = file.read_text(encoding="utf-8").splitlines()
    marked = json.dumps({**json.loads(row), "cues": [{"kind": "hedge", "start": 0, "end": 3}]})
    file.write_text("\n".join([marked, *rest]) + "\n", encoding="utf-8")
    result = run(folder, "validate")
    assert result.exit_code == 2
    assert result.stdout == f"{file}, line 1: a sentence that is fact has a cue\n"
    assert result.stderr == "1 problem\n"


@pytest.mark.parametrize("form", [(), ("--markdown",)])
def test_stats_counts_and_draws(folder, form):
    result = run(folder, "stats", *form, "--plot", folder / "labels.png")
    assert result.exit_code == 0
    assert "Labels by origin" in result.stdout
    assert "1 (50%)" in result.stdout
    assert (folder / "labels.png").stat().st_size > 0


def test_agreement_without_second_readings_is_an_error_that_names_the_corpus_and_a_cure(folder):
    pytest.importorskip("krippendorff")
    cure = r"corpus: no sentence was read by both .* --annotator second \(readings here are by nobody\)$"
    with pytest.raises(AnnotationError, match=cure):
        run(folder, "stats", "--agreement")


def test_texts_are_written_and_found_again(folder):
    assert run(folder, "texts", folder / "out").exit_code == 0
    assert [file.suffix for file in (folder / "out").iterdir()] == [".txt"]
    assert Corpus.load(folder / "corpus", folder / "out").unresolved == ()


def test_texts_that_are_nowhere_are_an_error(folder):
    with pytest.raises(ReadingError, match=r"nowhere: no such file; pass the folder of texts as --texts"):
        run(folder, "texts", folder / "out", texts="nowhere")
    assert not (folder / "out").exists()

from __future__ import annotations

import pytest

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus, CueSpan
from hedge.labels import CueKind, Label


@pytest.fixture
def folder(tmp_path):
    sentences = (
        AnnotatedSentence("It shut.", Label.FACT),
        AnnotatedSentence("It may shut, she said.", Label.REPORT, (CueSpan(CueKind.HEDGE, 3, 6),), (13, 16)),
    )
    Corpus((AnnotatedDocument("mill", "brief", "written", "hedge", "ours", "train", sentences),)).save(tmp_path)
    return tmp_path


@pytest.fixture
def run(run_script, folder):
    def add(*arguments):
        run_script("add_readings.py", *arguments, "--data", folder)
        return Corpus.load(folder).documents[0].sentences

    return add


def readings(folder, *rows):
    file = folder / "readings.tsv"
    file.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return file


def test_a_reading_stands_beside_the_label_that_was_there(run, folder):
    file = readings(folder, ("mill", "0", "fact"), ("mill", "1", "speculation"))
    first, second = run("second", file)
    assert first.readings == (("first", "fact"), ("second", "fact"))
    assert second.readings == (("first", "report"), ("second", "speculation"))
    assert second.label is Label.REPORT


@pytest.mark.parametrize(
    ("label", "cues", "source"),
    [("speculation", 1, None), ("fact", 0, None), ("skip", 0, None), ("report", 1, (13, 16))],
)
def test_a_settled_label_keeps_only_the_cues_and_source_it_allows(run, folder, label, cues, source):
    file = readings(folder, ("mill", "1", label, "it is left open"))
    sentence = run("--settled", file)[1]
    assert sentence.class_name == label
    assert (len(sentence.cues), sentence.source, sentence.reason) == (cues, source, "it is left open")


def test_a_sentence_that_is_not_there_is_named_and_nothing_is_written(run, folder):
    before = (folder / "written.jsonl").read_bytes()
    with pytest.raises(SystemExit, match=r"no such sentences: \[\('mill', 2\)\]"):
        run("second", readings(folder, ("mill", "0", "report"), ("mill", "2", "fact")))
    assert (folder / "written.jsonl").read_bytes() == before


def test_an_unknown_label_is_named(run, folder):
    with pytest.raises(SystemExit, match="mill 0: 'facts' is none of fact"):
        run("second", readings(folder, ("mill", "0", "facts")))

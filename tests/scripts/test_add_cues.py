from __future__ import annotations

import json

import pytest

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus, CueSpan
from hedge.labels import CueKind, Label

SAID = {"kind": "attribution", "text": "said"}


@pytest.fixture
def folder(tmp_path):
    sentences = (
        AnnotatedSentence("It shut.", Label.FACT),
        AnnotatedSentence("It may shut, she said.", Label.REPORT, (CueSpan(CueKind.HEDGE, 3, 6),), (13, 16)),
    )
    Corpus((AnnotatedDocument("mill", "brief", "written", "hedge", "ours", "train", sentences),)).save(tmp_path / "c")
    return tmp_path / "c"


@pytest.fixture
def add(run_script, folder, tmp_path):
    def run(*rows):
        file = tmp_path / "cues.jsonl"
        file.write_text("".join(json.dumps({"document": "mill", **row}) + "\n" for row in rows), encoding="utf-8")
        run_script("add_cues.py", file, "--data", folder)
        return Corpus.load(folder).documents[0].sentences

    return run


def test_new_cues_take_the_place_of_the_old_and_are_compared_with_them(add, capsys):
    marks = [{"kind": "hedge", "text": "may"}, SAID]
    sentence = add({"n": 1, "cues": marks, "source": "she"})[1]
    assert [(cue.kind, sentence.text[cue.start : cue.end]) for cue in sentence.cues] == [
        (CueKind.HEDGE, "may"),
        (CueKind.ATTRIBUTION, "said"),
    ]
    assert sentence.source == (13, 16)
    assert capsys.readouterr().out.splitlines() == [
        "attribution: 0 before, 1 now, 0 the same (F1 0.00)",
        "hedge: 1 before, 1 now, 1 the same (F1 1.00)",
        "source: 1 before, 1 now, 1 the same (F1 1.00)",
    ]


def test_a_sentence_may_have_no_cues_and_no_source(add):
    sentence = add({"n": 1, "cues": []})[1]
    assert (sentence.cues, sentence.source, sentence.label) == ((), None, Label.REPORT)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"n": 0, "cues": [SAID]}, "mill 0: a sentence that is fact has no cues"),
        ({"n": 1, "cues": [{"kind": "hedge", "text": "might"}]}, "mill 1: 5 characters of a cue"),
        ({"n": 5, "cues": []}, r"no such sentences: \[\('mill', 5\)\]"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_written(add, folder, row, message):
    before = (folder / "written.jsonl").read_bytes()
    with pytest.raises(SystemExit, match=message):
        add(row)
    assert (folder / "written.jsonl").read_bytes() == before

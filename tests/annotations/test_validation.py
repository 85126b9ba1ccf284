from __future__ import annotations

from dataclasses import replace

import pytest

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus, CueSpan
from hedge.annotations.validation import problems
from hedge.labels import CueKind, Label

SOUND = AnnotatedSentence("It may shut, she said.", Label.REPORT, (CueSpan(CueKind.HEDGE, 3, 6),), (13, 16))


def document(identity, *sentences, split="train"):
    return AnnotatedDocument(identity, "brief", "written", "hedge", "ours", split, sentences)


def found(tmp_path, *documents):
    Corpus(documents).save(tmp_path)
    return [problem.removeprefix(f"{tmp_path}/") for problem in problems(tmp_path)]


def test_a_sound_corpus_has_no_problems(tmp_path):
    assert found(tmp_path, document("mill", SOUND, AnnotatedSentence("Read more", None))) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"text": "It may shut, she said. "}, "the sentence begins or ends with white space"),
        ({"label": Label.FACT, "source": None}, "a sentence that is fact has a cue"),
        ({"label": None, "cues": ()}, "a sentence that is skip has a source"),
        ({"label": Label.SPECULATION}, "a sentence that is speculation has a source"),
        ({"cues": SOUND.cues * 2}, "a cue is marked twice"),
        ({"cues": (CueSpan(CueKind.HEDGE, 2, 6),)}, "the span 2–6 begins or ends with white space"),
        ({"source": (13, 17)}, "the span 13–17 begins or ends with white space"),
        ({"readings": (("first", "fact"), ("second", "fact"))}, "all readings agree on another label"),
    ],
)
def test_a_problem_is_named_by_file_and_line_without_the_text(tmp_path, change, problem):
    (only,) = found(tmp_path, document("mill", SOUND, replace(SOUND, **change)))
    assert only.startswith(f"written.jsonl, line 2: {problem}")
    assert "shut" not in only


def test_a_reason_explains_a_label_that_no_reading_had(tmp_path):
    readings = (("first", "fact"), ("second", "fact"))
    assert found(tmp_path, document("mill", replace(SOUND, readings=readings, reason="she is quoted"))) == []


def test_near_duplicates_in_different_splits_are_named(tmp_path):
    texts = [f"The mill at Brennow shut its gates on day {n} of the long strike." for n in ("one", "two", "three")]
    sentences = [AnnotatedSentence(text, Label.FACT) for text in texts]
    apart = [document("a", *sentences), document("b", *sentences[:2], SOUND, split="test")]
    assert found(tmp_path, *apart) == [
        "written.jsonl, line 1: near-duplicates are in different splits: a (train), b (test)"
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"label": Label.FACT, "source": None}, "a sentence that is fact has a cue"),
        ({"label": Label.SPECULATION}, "a sentence that is speculation has a source"),
        ({"cues": SOUND.cues * 2}, "a cue is marked twice"),
        ({"readings": (("first", "fact"), ("second", "fact"))}, "all readings agree on another label"),
    ],
)
def test_records_are_checked_and_counted_where_the_text_is_missing(tmp_path, monkeypatch, change, problem):
    monkeypatch.delenv("HEDGE_TEXTS", raising=False)
    theirs = replace(document("theirs", SOUND, replace(SOUND, **change)), origin="real", stands_off=True)
    Corpus((document("ours", SOUND), theirs)).save(tmp_path)
    unresolved = []
    (only,) = problems(tmp_path, on_unresolved=unresolved.extend)
    assert only.startswith(f"{tmp_path / 'real.jsonl'}, line 2: {problem}")
    assert unresolved == ["theirs"]


def test_what_cannot_be_loaded_is_the_one_problem(tmp_path):
    Corpus((document("mill", SOUND),)).save(tmp_path)
    (tmp_path / "written.jsonl").write_text("{\n", encoding="utf-8")
    (only,) = problems(tmp_path)
    assert "written.jsonl, line 1: not valid JSON" in only

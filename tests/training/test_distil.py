"""Lessons that a student takes from teachers."""

from __future__ import annotations

import json

import numpy as np
import pytest

pytest.importorskip("datasketch")
pytest.importorskip("torch")
pytest.importorskip("datasets")

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus
from hedge.answers import Answers, Marks
from hedge.errors import ReadingError
from hedge.labels import CLASSES, CueKind, Label
from hedge.training.encoder.distil import ask, mixed, taught, unlabelled_documents

SENTENCES = ("The quay shut on Friday.", "It may open again by May, she said.")


class Teacher:
    """Says of the first sentence that it is a fact and of the second that it is one of two classes."""

    def __init__(self, report):
        second = [0.0] * len(CLASSES)
        second[CLASSES.index("report")], second[CLASSES.index("speculation")] = report, 1 - report
        first = [float(name == "fact") for name in CLASSES]
        self.logits = np.log(np.array([first, second], np.float32) + 1e-9)
        self.marks = (Marks(), Marks(((CueKind.ATTRIBUTION, 29, 33),), (26, 29)))

    def answers(self, documents):
        return (Answers(self.logits, self.marks) for _ in documents)


def document(identity="d", split="train", sentences=SENTENCES):
    return AnnotatedDocument(
        identity, "brief", "real", "", "", split, tuple(AnnotatedSentence(text, Label.FACT) for text in sentences)
    )


def test_a_lesson_on_unlabelled_text_is_what_is_said_of_it_and_marks_no_words():
    lesson = taught(document(), ask(Teacher(0.7), document()))
    assert lesson.targets[1, CLASSES.index("report")] == pytest.approx(0.7, abs=1e-4)
    assert [sentence.label for sentence in lesson.document.sentences] == [Label.FACT, Label.REPORT]
    assert not lesson.marked


def test_a_labelled_document_is_learnt_from_its_labels_and_the_teachers():
    both = mixed(document(), ask(Teacher(0.8), document()), 0.25)
    assert both.document == document()
    assert both.marked
    assert both.targets[1, CLASSES.index("fact")] == pytest.approx(0.75, abs=1e-4)
    assert both.targets[1, CLASSES.index("report")] == pytest.approx(0.2, abs=1e-4)


def test_a_text_of_which_an_excerpt_is_measured_on_is_not_in_the_pool(tmp_path):
    sentences = [
        f"In the year {1800 + i} the parish of Saint {name} paid for a new bell."
        for i, name in enumerate("abcdefghijkl")
    ]
    known = Corpus((document("v", "validation", sentences[7:8]),))
    pool = tmp_path / "pool.jsonl"
    pool.write_text(json.dumps({"text": " ".join(sentences)}) + "\n" + json.dumps({"text": "Nobody came."}) + "\n")
    assert [d.sentences[0].text for d in unlabelled_documents([pool], known)] == ["Nobody came."]


def test_the_pool_holds_nothing_that_is_measured_on_and_nothing_twice(tmp_path):
    texts = {
        "measured": "The harbour board met on Monday to hear the surveyor speak of silt in the northern channel.",
        "fresh": "A bakery on Mill Lane has taken on four apprentices since the spring, all of them from the college.",
        "other": "Rain held up play at Corston for two hours before the visitors won by three wickets at dusk.",
    }
    known = Corpus((document("t", "test", (texts["measured"],)),))
    records = [{"text": text} for text in (*texts.values(), texts["fresh"])]
    pool = tmp_path / "pool.jsonl"
    pool.write_text("".join(json.dumps(record) + "\n" for record in records))
    found = unlabelled_documents([pool], known)
    assert [d.sentences[0].text for d in found] == [texts["fresh"], texts["other"]]
    assert {d.split for d in found} == {"train"}
    assert all(s.label is None for d in found for s in d.sentences)


def test_a_pool_that_cannot_be_read_says_so(tmp_path):
    with pytest.raises(ReadingError, match=r"missing\.jsonl"):
        unlabelled_documents([tmp_path / "missing.jsonl"], Corpus(()))

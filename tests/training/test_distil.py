"""Lessons that a student takes from teachers."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("datasketch")
pytest.importorskip("torch")
pytest.importorskip("datasets")

from hedge.annotations import AnnotatedDocument, AnnotatedSentence
from hedge.answers import Answers, Marks
from hedge.labels import CLASSES, CueKind, Label
from hedge.training.encoder.distil import ask, mixed, taught

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

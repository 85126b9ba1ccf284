import pytest

from hedge.labels import CLASSES
from hedge.output.paragraphs import MARKS, paragraphs, shares, single_spaced


def test_every_class_and_unsure_has_a_mark_of_its_own():
    assert set(MARKS) == {*CLASSES, "unsure"}
    assert len(set(MARKS.values())) == len(MARKS)
    assert all(len(mark) == 1 for mark in MARKS.values())


def test_sentences_come_by_paragraph(document, empty):
    assert [[s.text[:5] for s in group] for group in paragraphs(document)] == [
        ["Quay "],
        ["It is", '"So b'],
        ["It ma", "A sha"],
    ]
    assert list(paragraphs(empty)) == []


def test_shares_are_of_the_four_labels(document, empty):
    assert shares(document) == [("fact", 1, 0.25), ("report", 1, 0.25), ("speculation", 1, 0.25), ("opinion", 1, 0.25)]
    assert [share for _, _, share in shares(empty)] == [0, 0, 0, 0]


def test_unsure_sentences_have_the_last_share(document):
    rows = shares(document.with_min_confidence(0.7))
    assert [(name, count) for name, count, _ in rows] == [
        ("fact", 1),
        ("report", 1),
        ("speculation", 0),
        ("opinion", 1),
        ("unsure", 2),
    ]
    assert [share for _, _, share in rows] == pytest.approx([0.2, 0.2, 0, 0.2, 0.4])


def test_a_sentence_is_set_on_one_line(document):
    assert single_spaced(document.sentences[2]) == '"So be it," she said.'

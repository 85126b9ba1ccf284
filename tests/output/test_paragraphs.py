from dataclasses import replace

import pytest

from hedge.document import Cue, Sentence
from hedge.labels import CLASSES, CueKind
from hedge.output.paragraphs import MARKS, paragraphs, pieces, shares, single_spaced


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


def test_pieces_are_the_sentence_on_one_line_with_its_marks(marked):
    (sentence,) = marked.sentences
    assert list(pieces(sentence)) == [
        ("It ", None),
        ("may", "hedge"),
        (" open, ", None),
        ("Ida & Bo", "source"),
        (" ", None),
        ("said", "attribution"),
        (".", None),
    ]
    assert "".join(words for words, _ in pieces(sentence)) == single_spaced(sentence)


def test_a_sentence_without_marks_is_one_piece(document):
    sentence = document.sentences[2]
    assert list(pieces(sentence)) == [(single_spaced(sentence), None)]


def test_of_marks_that_overlap_the_first_counts(marked):
    (sentence,) = marked.sentences
    cues = (Cue(CueKind.HEDGE, "Ida", 14, 17), Cue(CueKind.ATTRIBUTION, "Bo said", 20, 27))
    overlapping = replace(sentence, cues=cues)
    assert [mark for _, mark in pieces(overlapping) if mark] == ["hedge", "attribution"]
    assert "".join(words for words, _ in pieces(overlapping)) == single_spaced(sentence)


def test_spaces_at_the_edges_of_marks_are_kept_once():
    text = " a \n may \t b "
    sentence = Sentence(text, 0, len(text), None, {}, cues=(Cue(CueKind.HEDGE, " may ", 4, 9),))
    assert [words for words, _ in pieces(sentence)] == ["a ", "may ", "b"]

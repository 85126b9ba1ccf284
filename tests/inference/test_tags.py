from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedge.inference.tags import TAGS, joined, spans_of_tags, tags_of_spans, words_of
from hedge.labels import SPAN_LABELS

OFFSETS = [(0, 2), (3, 6), (6, 7), (8, 12), (13, 17)]  # It may, cost more


def names(tags):
    return [TAGS[tag] for tag in tags]


def test_a_span_begins_and_goes_on():
    tags = tags_of_spans(OFFSETS, [("hedge", 3, 6), ("source", 8, 17)])
    assert names(tags) == ["O", "B-hedge", "O", "B-source", "I-source"]


def test_a_span_takes_in_every_token_it_touches():
    assert names(tags_of_spans(OFFSETS, [("hedge", 4, 7)])) == ["O", "B-hedge", "I-hedge", "O", "O"]


def test_spans_side_by_side_stay_apart():
    tags = tags_of_spans(OFFSETS, [("hedge", 3, 6), ("hedge", 6, 7)])
    assert list(spans_of_tags(tags, OFFSETS)) == [("hedge", 3, 6), ("hedge", 6, 7)]


def test_an_inside_without_a_beginning_begins_a_span():
    tags = [TAGS.index(name) for name in ("I-hedge", "I-source", "I-source", "O", "I-source")]
    assert list(spans_of_tags(tags, OFFSETS)) == [("hedge", 0, 2), ("source", 3, 7), ("source", 13, 17)]


@given(st.lists(st.tuples(st.sampled_from(SPAN_LABELS), st.integers(0, 4), st.integers(1, 3)), max_size=4))
def test_spans_of_whole_tokens_come_back(chosen):
    spans, end = [], 0
    for label, gap, length in chosen:
        first = end + gap
        end = first + length
        spans.append((label, 2 * first, 2 * end - 1))
    offsets = [(2 * i, 2 * i + 1) for i in range(end)]
    assert list(spans_of_tags(tags_of_spans(offsets, spans), offsets)) == spans


def test_tokens_that_touch_make_up_a_word_and_punctuation_makes_none():
    text = '"A shabby end," she'
    offsets = [(0, 1), (1, 2), (3, 6), (6, 9), (10, 13), (13, 14), (14, 15), (16, 19)]
    assert [(first, text[start:end]) for first, start, end in words_of(text, offsets)] == [
        (1, "A"),
        (2, "shabby"),
        (4, "end"),
        (7, "she"),
    ]
    assert words_of("", []) == words_of("…", [(0, 1)]) == []


def test_a_word_goes_on_behind_an_apostrophe_or_a_hyphen():
    text = "They won’t say it's a so-called 'win' - yet"
    pieces = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    words = [text[start:end] for _, start, end in words_of(text, pieces)]
    assert words == ["They", "won’t", "say", "it's", "a", "so-called", "win", "yet"]


@pytest.mark.parametrize(
    "offsets",
    [
        pytest.param([(0, 3), (3, 8), (8, 12), (12, 14), (14, 15), (15, 19)], id="byte-level: a space begins its word"),
        pytest.param([(0, 1), (0, 1), (1, 3), (3, 8), (8, 14), (14, 15), (15, 19)], id="a mark on the first letter"),
    ],
)
def test_words_are_the_same_where_tokens_hold_the_space_before_them(offsets):
    text = "The mill shuts, she"
    words = [text[start:end] for _, start, end in words_of(text, offsets)]
    assert words == ["The", "mill", "shuts", "she"]


def test_neighbours_of_one_label_are_joined():
    before = ["B-hedge", "B-hedge", "O", "B-source", "I-source", "B-hedge", "I-hedge", "B-hedge"]
    after = ["B-hedge", "I-hedge", "O", "B-source", "I-source", "B-hedge", "I-hedge", "I-hedge"]
    assert names(joined([TAGS.index(name) for name in before])) == after
    assert joined([]) == []

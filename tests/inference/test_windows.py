from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedge.inference.windows import Tokens, WindowSettings, windows

SETTINGS = WindowSettings(tokens=12, overlap=2)


def sentence(length, first=0, lead=()):
    """A sentence of so many tokens, each of which is told from all others by its id."""
    ids = [1000 + first + i for i in range(length)]
    return Tokens(ids, [(i, i + 1) for i in range(length)], "x" * length, lead)


def answered(sentences, settings=SETTINGS):
    """The first ids of the sentences that each window answers."""
    return [
        [one.ids[:1] for one in window.sentences[window.skipped : window.skipped + window.answered]]
        for window in windows(sentences, settings)
    ]


def test_no_sentences_make_no_window():
    assert list(windows([], SETTINGS)) == []


def test_sentences_that_fit_are_one_window():
    (window,) = windows([sentence(3), sentence(4, 10)], SETTINGS)
    assert window.ids(SETTINGS) == [101, 1000, 1001, 1002, 102, 1010, 1011, 1012, 1013, 102]
    assert window.bounds() == [(1, 4), (5, 9)]
    assert (window.skipped, window.answered) == (0, 2)


def test_windows_share_sentences_and_each_is_answered_where_it_has_neighbours_on_both_sides():
    sentences = [sentence(2, 10 * n) for n in range(6)]  # three tokens each: three to a window, four do not fit
    found = list(windows(sentences, SETTINGS))
    assert [[one.ids[0] for one in window.sentences] for window in found] == [
        [1000, 1010, 1020],
        [1010, 1020, 1030],
        [1020, 1030, 1040],
        [1030, 1040, 1050],
    ]
    assert answered(sentences) == [[[1000], [1010]], [[1020]], [[1030]], [[1040], [1050]]]


def test_without_an_overlap_every_sentence_is_read_once():
    sentences = [sentence(2, 10 * n) for n in range(7)]
    found = list(windows(sentences, WindowSettings(tokens=12, overlap=0)))
    assert [len(window.sentences) for window in found] == [3, 3, 1]
    assert all(window.skipped == 0 and window.answered == len(window.sentences) for window in found)


def test_a_sentence_that_is_too_long_is_cut_and_says_so():
    (window,) = windows([sentence(30)], SETTINGS)
    assert len(window.ids(SETTINGS)) == SETTINGS.tokens
    assert window.sentences[0].truncated
    assert window.sentences[0].ids == sentence(30).ids[:10]


def test_a_sentence_without_tokens_still_has_its_end():
    (window,) = windows([sentence(0), sentence(1)], SETTINGS)
    assert window.ids(SETTINGS) == [101, 102, 1000, 102]
    assert window.bounds() == [(1, 1), (2, 3)]


def test_what_leads_a_sentence_stands_before_it_and_is_not_of_it():
    (window,) = windows([sentence(1, lead=(7,)), sentence(0, lead=(7,)), sentence(2, 10)], SETTINGS)
    assert window.ids(SETTINGS) == [101, 7, 1000, 102, 7, 102, 1010, 1011, 102]
    assert window.bounds() == [(2, 3), (5, 5), (6, 8)]


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=40), st.integers(4, 30), st.integers(0, 5))
def test_every_sentence_is_answered_once_in_order_and_no_window_is_too_large(shapes, tokens, overlap):
    settings = WindowSettings(tokens=tokens, overlap=overlap, quotation_mark_id=7)
    sentences = [sentence(length, 100 * n, (7,) if led else ()) for n, (length, led) in enumerate(shapes)]
    found = list(windows(sentences, settings))
    once = [s for w in found for s in w.sentences[w.skipped : w.skipped + w.answered]]
    assert once == [one.cut(tokens - 2 - len(one.lead)) for one in sentences]
    assert all(len(window.ids(settings)) <= tokens for window in found)
    assert all(window.answered > 0 for window in found)


@pytest.mark.parametrize("values", [{"tokens": 2}, {"tokens": 3, "quotation_mark_id": 7}, {"overlap": -1}])
def test_impossible_settings_are_refused(values):
    with pytest.raises(ValueError, match="a window holds"):
        WindowSettings(**values)

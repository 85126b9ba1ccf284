from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedge.reading.article import Article
from hedge.segmentation import SegmentedText, Span
from hedge.segmentation.quotation import LONGEST_QUOTATION, quotation_states
from hedge.segmentation.sentences import segment_article


def states(*sentences):
    segmented = segment_article(Article.from_sentences(sentences))
    return list(quotation_states(segmented))


def outside(state):
    return " ".join(state.outside.split())


@pytest.mark.parametrize(
    ("sentence", "words", "ends_inside"),
    [
        ("The quay is shut.", "The quay is shut.", False),
        ("“It is shut,” she said.", "“ ” she said.", False),
        ('"It is shut," she said.', "“ ” she said.", False),
        ("«It is shut», she said.", "“ ” , she said.", False),
        ("‘It is shut,’ she said.", "“ ” she said.", False),
        ('He said ("it is shut") so.', "He said ( “ ” ) so.", False),
        ('He said: "It is shut.', "He said: “", True),
        ("She said: “It is shut.", "She said: “", True),
        ("The mayor’s plan and the boats’ owners.", "The mayor’s plan and the boats’ owners.", False),
        ("It's the '90s again.", "It's the '90s again.", False),
        ("“One” and “two”.", "“ ” and “ ” .", False),
        ("‘We are goin' to the boats' owner,’ she said.", "“ ” she said.", False),
        ("Get ‘em out of the ‘boat’.", "Get ‘em out of the “ ” .", False),
        ('"I never—" he began.', "“ ” he began.", False),
        ("“I never—“ he began.", "“ ” he began.", False),
        ('It was—"so be it"—time.', "It was— “ ” —time.", False),
        ("„It is shut“, she said.", "“ ” , she said.", False),
        ("He wrote “articles“ and “events“–two types.", "He wrote “ ” and “ ” –two types.", False),
        ("The question is ‘to be or not'.", "The question is “ ” .", False),
        ("The dogs' owners 'may' come.", "The dogs' owners 'may' come.", False),
    ],
)
def test_what_stands_outside_quotation_marks(sentence, words, ends_inside):
    (state,) = states(sentence)
    assert outside(state) == words
    assert (state.opens_inside, state.ends_inside) == (False, ends_inside)


def test_a_quotation_goes_on_over_sentences():
    first, second, third, fourth = states("“It is shut.", "It was time.", "So be it,” she said.", "He left.")
    assert [(s.opens_inside, s.ends_inside) for s in (first, second, third, fourth)] == [
        (False, True),
        (True, True),
        (True, False),
        (False, False),
    ]
    assert outside(second) == ""
    assert outside(third) == "” she said."
    assert outside(fourth) == "He left."


def test_the_quoted_part_of_the_characters():
    none, half, whole = states("He left.", "“abcd”efgh", "“It is shut.")
    assert none.quoted == 0
    assert half.quoted == pytest.approx(4 / 10)
    assert whole.quoted == pytest.approx(11 / 12)


@pytest.mark.parametrize("mark", "”“")
def test_a_sentence_that_ends_with_a_closing_mark_is_no_heading(mark):
    assert [state.opens_inside for state in states("„It is shut.", f"So be it.{mark}")] == [False, True]


def test_a_line_without_a_full_stop_may_be_quoted_too():
    assert [state.opens_inside for state in states("“We want this.", "Lower taxes", "Better schools.”")] == [
        False,
        True,
        True,
    ]


def test_a_heading_is_never_inside_a_quotation_begun_before():
    segmented = SegmentedText("“It is shut.\nNext\nYes.", (Span(0, 12), Span(13, 17, 1, heading=True), Span(18, 22, 2)))
    assert [state.opens_inside for state in quotation_states(segmented)] == [False, False, False]


def test_a_quotation_that_is_not_closed_ends_with_its_sentence():
    opened = [state.opens_inside for state in states("“It is shut.", *["It was time."] * 30)]
    assert not any(opened)


@pytest.mark.parametrize("length", [1, LONGEST_QUOTATION, LONGEST_QUOTATION + 1])
def test_a_quotation_is_followed_for_so_many_sentences(length):
    opened = [state.opens_inside for state in states("“It is shut.", *["It was time."] * (length - 1), "So be it.”")]
    assert opened == [False, *[length <= LONGEST_QUOTATION] * length]


def test_only_a_part_of_a_text_ends_within_a_quotation():
    text = "She said: “It is shut. It was time."
    whole = quotation_states(segment_article(Article(text)))
    part = states("She said: “It is shut.", "It was time.")
    assert [state.opens_inside for state in whole] == [False, False]
    assert [state.opens_inside for state in part] == [False, True]


def test_a_mark_that_takes_a_quotation_up_shows_that_it_goes_on():
    paragraph = ["“It was time.", *["It was time."] * (LONGEST_QUOTATION - 1)]
    opened = [state.opens_inside for state in states(*paragraph * 3, "So be it.”", "He left.")]
    assert opened == [False, *[True] * (3 * LONGEST_QUOTATION), False]


@pytest.mark.parametrize(
    "sentence",
    [
        "“So it was.”",
        "(“So it was.”)",
        "It was ‘time’, and so be it.”",
        'It was "time".”',
        "So be it,” he said: “So it was.”",
    ],
)
def test_marks_that_do_not_show_that_a_quotation_is_over(sentence):
    assert states("“It is shut.", sentence)[1].opens_inside


def test_an_opening_mark_within_a_sentence_shows_that_the_quotation_before_is_over():
    assert not states("“It is shut.", "It was called “time”.")[1].opens_inside


@given(st.lists(st.text("ab .,“”‘’'\"«»„(—", min_size=1).filter(str.strip), max_size=40))
def test_every_sentence_has_one_state_whatever_its_marks(sentences):
    for article in (Article.from_sentences(sentences), Article("\n\n".join(sentences))):
        segmented = segment_article(article)
        found = list(quotation_states(segmented))
        assert len(found) == len(segmented.spans)
        assert not found or not found[0].opens_inside
        assert all(0 <= state.quoted <= 1 for state in found)
        assert all(before.ends_inside for before, after in pairwise(found) if after.opens_inside)


def test_what_follows_a_mark_that_was_lost_is_read_again():
    sentences = ["“It was.", "‘It is,’ she said.", "Next"]
    spans = (Span(0, 8), Span(9, 27, 1), Span(28, 32, 2, heading=True))
    assert [outside(state) for state in quotation_states(SegmentedText("\n".join(sentences), spans))] == [
        "“",
        "“ ” she said.",
        "Next",
    ]


def test_no_sentences_have_no_states():
    assert states() == []

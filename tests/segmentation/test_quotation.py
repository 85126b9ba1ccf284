import pytest

from hedge.reading.article import Article
from hedge.segmentation import SegmentedText, Span
from hedge.segmentation.quotation import LONGEST_QUOTATION, quotation_states
from hedge.segmentation.sentences import segment_article


def states(*sentences):
    segmented = segment_article(Article.from_sentences(sentences))
    return quotation_states(segmented)


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


def test_a_heading_is_never_inside_a_quotation_begun_before():
    segmented = SegmentedText("“It is shut.\nNext\nYes.", (Span(0, 12), Span(13, 17, 1, heading=True), Span(18, 22, 2)))
    assert [state.opens_inside for state in quotation_states(segmented)] == [False, False, False]


def test_a_quotation_that_never_closes_is_given_up():
    opened = [state.opens_inside for state in states("“It is shut.", *["It was time."] * 30)]
    assert opened[1]
    assert not opened[-1]
    assert sum(opened) <= LONGEST_QUOTATION


def test_no_sentences_have_no_states():
    assert states() == []

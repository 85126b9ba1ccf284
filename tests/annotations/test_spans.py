import pytest

from hedge.annotations.spans import find_cues, find_words
from hedge.errors import AnnotationError


@pytest.mark.parametrize(
    ("text", "words", "taken", "place"),
    [
        ("It may rain.", "may", set(), (3, 6)),
        ("Mayor may run.", "may", set(), (6, 9)),
        ("The maypole may fall, it may not.", "may", {(12, 15)}, (25, 28)),
        ("Maybe so?", "?", set(), (8, 9)),
        ("He said (she said)", "she said)", set(), (9, 18)),
        ("An unlikely tale", "likely", set(), (5, 11)),  # within a word if nowhere whole
        ("a.b axb", "a.b", set(), (0, 3)),
        ("They said,\nas\n they do", "said, as they", set(), (5, 19)),
    ],
)
def test_words_are_found_whole_and_where_no_other_cue_is(text, words, taken, place):
    assert find_words(text, words, taken) == place
    assert " ".join(text[slice(*place)].split()) == words


@pytest.mark.parametrize("taken", [set(), {(3, 6)}])
def test_words_that_are_not_there_are_an_error_that_does_not_quote_them(taken):
    with pytest.raises(AnnotationError, match="not in their sentence, or are named more often") as caught:
        find_words("It may." if taken else "It can.", "may", taken)
    assert "may" not in str(caught.value).replace("more often", "")


def test_cues_come_in_the_order_of_the_sentence_and_one_word_can_be_a_cue_twice():
    cues = [{"kind": "attribution", "text": "said"}, *[{"kind": "hedge", "text": "may"}] * 2]
    found = find_cues("It may or may not, she said.", cues)
    assert [(str(cue.kind), cue.start, cue.end) for cue in found] == [
        ("hedge", 3, 6),
        ("hedge", 10, 13),
        ("attribution", 23, 27),
    ]

import pytest

from hedge.linear.lexicon import GROUPS_OF


def test_every_word_is_spelled_as_sentences_are_split_in_lower_case_with_straight_apostrophes():
    assert all(word == word.lower() and "’" not in word and not any(map(str.isspace, word)) for word in GROUPS_OF)


def test_a_word_has_each_of_its_groups_once():
    assert all(groups and len(set(groups)) == len(groups) for groups in GROUPS_OF.values())


@pytest.mark.parametrize(
    ("word", "groups"),
    [
        ("said", {"say"}),
        ("could", {"modal"}),
        ("perhaps", {"hedge"}),
        ("should", {"advice"}),
        ("reports", {"say", "hearsay"}),
        ("won't", {"future", "negation"}),
    ],
)
def test_groups_of_a_word(word, groups):
    assert groups <= set(GROUPS_OF[word])

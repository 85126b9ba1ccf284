import pytest

from hedge.linear.features import BLOCKS, document_features
from hedge.reading.article import Article
from hedge.segmentation.sentences import segment_article


def features(*sentences):
    return list(document_features(segment_article(Article.from_sentences(sentences))))


def test_each_sentence_has_every_block_as_a_list_of_strings(demo_text):
    segmented = segment_article(Article(demo_text))
    rows = list(document_features(segmented))
    assert len(rows) == len(segmented.spans)
    for row in rows:
        assert list(row) == list(BLOCKS)
        assert all(isinstance(token, str) for tokens in row.values() for token in tokens)


def test_a_document_without_sentences_has_no_features():
    assert features() == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Ships sail.", ["<s>", "ships", "sail", ".", "</s>"]),
        ("It isn’t 1,200 m.", ["<s>", "it", "isn't", "0", ",", "0", "m", ".", "</s>"]),
    ],
)
def test_words_are_lower_case_with_straight_apostrophes_and_one_number(sentence, words):
    (row,) = features(sentence)
    assert row["words"][: len(words)] == words
    assert " ".join(words[:3]) in row["words"]
    assert max(len(token.split()) for token in row["words"]) == 3


def test_characters_are_taken_within_words():
    (row,) = features("Old quay")
    assert {" o", "old", " old ", "quay ", " q"} <= set(row["characters"])
    assert all(2 <= len(token) <= 5 for token in row["characters"])
    assert not any("d q" in token for token in row["characters"])


def test_what_is_quoted_is_no_part_of_the_voice():
    (row,) = features("“Perhaps it will,” she said.")
    assert "perhaps" in row["words"]
    assert "perhaps" not in row["voice"]
    assert "said" in row["voice"]
    assert {"all:hedge", "voice:say"} <= set(row["cues"])
    assert "voice:hedge" not in row["cues"]


def test_neighbours_are_the_sentences_just_before_and_after():
    first, second, third = features("She said so.", "Ships sail.", "Perhaps not.")
    assert "after voice:hedge" not in first["neighbours"]
    assert {"before voice:say", "after voice:hedge"} <= set(second["neighbours"])
    assert "before voice:say" not in third["neighbours"]


def test_the_same_sentence_elsewhere_has_the_same_words_and_other_surroundings():
    (alone,) = features("Ships sail.")
    _, among, _ = features("“So", "Ships sail.", "They said.")
    for block in ("words", "characters"):
        assert alone[block] == among[block]
    for block in ("neighbours", "state"):
        assert alone[block] != among[block]


def test_headings_and_capitals_and_first_and_last_characters_are_known():
    (row,) = features("QUAY SHUT")
    assert {"own heading", "capitals", "own begins ", "own ends T", "before none", "after none"} <= set(row["state"])


def test_the_document_block_is_the_same_for_all_its_sentences():
    rows = features("She said so.", "He said no.", "Ships sail.", "Perhaps not.")
    assert all(row["document"] == rows[0]["document"] for row in rows)
    assert {"say 2", "hedge 1", "date 0"} <= set(rows[0]["document"])


@pytest.mark.parametrize("sentence", ["…", "🚢", "\ud83d", "\x00", "'", "”", "\u200b", "123"])
def test_a_sentence_without_words_has_features(sentence):
    (row,) = features(sentence)
    assert row["words"][0] == "<s>"
    assert list(row) == list(BLOCKS)

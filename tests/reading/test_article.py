import pytest

from hedge.reading.article import Article


@pytest.mark.parametrize(
    ("sentences", "text", "spans"),
    [
        (["The quay is shut.", "It was time."], "The quay is shut.\nIt was time.", ((0, 17), (18, 30))),
        (["One line\nand another."], "One line\nand another.", ((0, 21),)),
        (["🚢 came.", "Ça va."], "🚢 came.\nÇa va.", ((0, 7), (8, 14))),
        ([], "", ()),
    ],
)
def test_an_article_from_sentences_is_the_sentences_joined_by_newlines(sentences, text, spans):
    article = Article.from_sentences(sentences)
    assert (article.text, article.sentences) == (text, spans)
    assert [article.text[start:end] for start, end in article.sentences] == sentences


def test_an_article_from_sentences_takes_the_other_fields():
    article = Article.from_sentences(["Ships."], id="a", name="a.jsonl", line=3, notes=("n",))
    assert (article.id, article.name, article.line, article.notes) == ("a", "a.jsonl", 3, ("n",))


def test_an_article_of_a_text_knows_nothing_more():
    article = Article("Ships.")
    assert (article.id, article.name, article.line) == (None, "<text>", 1)
    assert (article.blocks, article.sentences, article.notes) == (None, None, ())

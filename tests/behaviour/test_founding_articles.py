"""The two articles the project began with, which are not ours and so may not be here."""

from pathlib import Path

import pytest

import hedge
from hedge.labels import Label

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "articles"
FILES = sorted(FOLDER.glob("*.txt"))

pytestmark = pytest.mark.skipif(not FILES, reason="the founding articles are not here")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem[:3])
def test_every_word_of_an_article_is_in_a_sentence(classifier, file):
    (article,) = hedge.read(file)
    document = classifier.classify(article)
    assert "".join("".join(s.text for s in document.sentences).split()) == "".join(article.text.split())
    assert document.counts[Label.FACT] > 0


@pytest.mark.xfail(reason="the end of its last sentence, which is cut off, is taken for speculation", strict=True)
def test_all_of_the_readers_comment_is_opinion(classifier):
    (article,) = hedge.read(FOLDER.glob("000_*.txt"))
    heading = "One Response"
    comment = article.text.index(heading) + len(heading)
    sentences = [s for s in classifier.classify(article).sentences if s.start >= comment]
    assert len(sentences) > 2
    assert {s.label for s in sentences} == {Label.OPINION}

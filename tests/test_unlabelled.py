"""The written texts without labels are as their card says."""

from __future__ import annotations

import json
import re
from pathlib import Path

from hedge.reading import read
from hedge.segmentation.sentences import segment_article

FOLDER = Path(__file__).resolve().parents[1] / "data" / "unlabelled"


def test_the_texts_can_be_read_and_are_as_many_as_the_card_says():
    articles = list(read(FOLDER / "written.jsonl"))
    sentences = sum(len(segment_article(article).sentences) for article in articles)
    assert f"{len(articles)} documents, {sentences:,} sentences" in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [article.notes for article in articles if article.notes] == []


def test_each_document_has_an_id_of_its_own_and_clean_text():
    lines = (FOLDER / "written.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [json.loads(line) for line in lines]
    assert len({document["id"] for document in documents}) == len(documents)
    assert {tuple(document) for document in documents} == {("id", "genre", "title", "text")}
    assert [d["id"] for d in documents if re.search(r"[^\S\n]{2}|\ufffd", d["text"])] == []

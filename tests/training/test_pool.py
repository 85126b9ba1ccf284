"""Unlabelled documents."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("datasketch")
pytest.importorskip("torch")

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus
from hedge.errors import ReadingError
from hedge.labels import Label
from hedge.training.encoder.pool import unlabelled_documents


def document(identity, split, sentences):
    annotated = tuple(AnnotatedSentence(text, Label.FACT) for text in sentences)
    return AnnotatedDocument(identity, "brief", "real", "", "", split, annotated)


def test_a_text_of_which_an_excerpt_is_measured_on_is_not_in_the_pool(tmp_path):
    sentences = [
        f"In the year {1800 + i} the parish of Saint {name} paid for a new bell."
        for i, name in enumerate("abcdefghijkl")
    ]
    known = Corpus((document("v", "validation", sentences[7:8]),))
    pool = tmp_path / "pool.jsonl"
    pool.write_text(json.dumps({"text": " ".join(sentences)}) + "\n" + json.dumps({"text": "Nobody came."}) + "\n")
    assert [d.sentences[0].text for d in unlabelled_documents([pool], known)] == ["Nobody came."]


def test_the_pool_holds_nothing_that_is_measured_on_and_nothing_twice(tmp_path):
    texts = {
        "measured": "The harbour board met on Monday to hear the surveyor speak of silt in the northern channel.",
        "fresh": "A bakery on Mill Lane has taken on four apprentices since the spring, all of them from the college.",
        "other": "Rain held up play at Corston for two hours before the visitors won by three wickets at dusk.",
    }
    known = Corpus((document("t", "test", (texts["measured"],)),))
    records = [{"text": text} for text in (*texts.values(), texts["fresh"])]
    pool = tmp_path / "pool.jsonl"
    pool.write_text("".join(json.dumps(record) + "\n" for record in records))
    found = unlabelled_documents([pool], known)
    assert [d.sentences[0].text for d in found] == [texts["fresh"], texts["other"]]
    assert {d.split for d in found} == {"train"}
    assert all(s.label is None for d in found for s in d.sentences)


def test_a_pool_that_cannot_be_read_says_so(tmp_path):
    with pytest.raises(ReadingError, match=r"missing\.jsonl"):
        unlabelled_documents([tmp_path / "missing.jsonl"], Corpus(()))

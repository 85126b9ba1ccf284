from __future__ import annotations

import json

import pytest

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus, CueSpan
from hedge.labels import CueKind, Label

BRUUN = AnnotatedSentence(
    "It may cost £2m, Ida Bruun 🚢 said.",
    Label.REPORT,
    (CueSpan(CueKind.HEDGE, 3, 6), CueSpan(CueKind.ATTRIBUTION, 29, 33)),
    (17, 26),
    (("ada", "speculation"), ("ben", "opinion")),
    "she says what she knows",
)


@pytest.fixture
def corpus():
    """A document with every label and mark, and one of another split."""
    weir = (
        AnnotatedSentence("Weir to be rebuilt", Label.FACT),
        BRUUN,
        AnnotatedSentence("A shame, “all told”, that.", Label.OPINION, (CueSpan(CueKind.EVALUATION, 2, 7),)),
        AnnotatedSentence("Read more", None),
    )
    lock = (AnnotatedSentence("Perhaps it leaks.", Label.SPECULATION, (CueSpan(CueKind.HEDGE, 0, 7),)),)
    fields = {"genre": "news", "origin": "real", "source": "A canal society", "licence": "CC BY 4.0"}
    return Corpus(
        (
            AnnotatedDocument("weir", split="train", sentences=weir, url="https://example.org/weir", round=3, **fields),
            AnnotatedDocument(
                "lock", split="test", sentences=lock, title="Lock", retells="weir", drawn="random", **fields
            ),
        )
    )


@pytest.fixture
def file(tmp_path):
    """Write records as a tool writes them: a list as JSON, or one a line."""

    def write(name, records):
        path = tmp_path / name
        lines = name.endswith(".jsonl")
        text = "".join(json.dumps(r) + "\n" for r in records) if lines else json.dumps(records)
        path.write_text(text, encoding="utf-8")
        return path

    return write

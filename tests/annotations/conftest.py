"""A corpus of two invented documents, one with its text and one stand-off."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus, CueSpan
from hedge.labels import CueKind, Label

OWN = AnnotatedDocument(
    id="weir",
    genre="local news",
    origin="written",
    source="hedge",
    licence="the project's own",
    split="train",
    title="Weir to be rebuilt",
    retells="founding",
    sentences=(
        AnnotatedSentence("Weir to be rebuilt", Label.FACT),
        AnnotatedSentence(
            "It may cost £2m, Ida Bruun said.",
            Label.REPORT,
            (CueSpan(CueKind.HEDGE, 3, 6), CueSpan(CueKind.ATTRIBUTION, 27, 31)),
            (17, 26),
        ),
        AnnotatedSentence("Read more", None),
    ),
)
FOREIGN = AnnotatedDocument(
    id="locks",
    genre="blog",
    origin="real",
    source="A canal society",
    licence="CC BY 4.0",
    split="test",
    stands_off=True,
    url="https://example.org/locks",
    sentences=(
        AnnotatedSentence("The locks were a shameful sight.", Label.OPINION, (CueSpan(CueKind.EVALUATION, 17, 25),)),
        AnnotatedSentence("Perhaps they will be mended – naïvely 𝔭ut.", Label.SPECULATION),
    ),
)


@pytest.fixture
def corpus() -> Corpus:
    """Both documents."""
    return Corpus((FOREIGN, OWN))


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with the text of the stand-off document, under another name."""
    folder = tmp_path / "texts"
    folder.mkdir()
    record = {"id": "some-name", "sentences": [sentence.text for sentence in FOREIGN.sentences]}
    (folder / "any.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path, corpus: Corpus) -> Path:
    """The corpus as a folder."""
    corpus.save(tmp_path / "corpus")
    return tmp_path / "corpus"


@pytest.fixture
def edit(folder: Path) -> Callable[..., None]:
    """Return a function that changes a row of a file of the corpus, rows counted from 1."""

    def change(file: str, line: int, **fields: Any) -> None:
        rows = (folder / file).read_text(encoding="utf-8").splitlines()
        rows[line - 1] = json.dumps({**json.loads(rows[line - 1]), **fields})
        (folder / file).write_text("\n".join(rows) + "\n", encoding="utf-8")

    return change

"""Small documents made by hand: no model is needed to show them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hedge.document import Cue, Document, Sentence, Source
from hedge.labels import CLASSES, CueKind, Label

TEXT = 'Quay & ferry\n\nIt is <shut>. "So be\nit," she\tsaid.\n\nIt may open. A shame!'
PARTS = [  # text, label, probability, paragraph, heading
    ("Quay & ferry", None, 0.6, 0, True),
    ("It is <shut>.", Label.FACT, 0.8, 1, False),
    ('"So be\nit," she\tsaid.', Label.REPORT, 0.96, 1, False),
    ("It may open.", Label.SPECULATION, 0.4, 2, False),
    ("A shame!", Label.OPINION, 0.72, 2, False),
]


def make_sentence(text, part, label, probability, paragraph, heading):
    start = text.index(part)
    rest = round((1 - probability) / 4, 4)
    values = {name: probability if name == (label or "skip") else rest for name in CLASSES}
    return Sentence(part, start, start + len(part), label, values, paragraph, heading)


@pytest.fixture
def document() -> Document:
    """A document with a sentence of every class, a heading, and what CSV, HTML and JSON have to escape."""
    return Document(TEXT, tuple(make_sentence(TEXT, *part) for part in PARTS), id="quay.txt", model="tiny")


@pytest.fixture
def marked() -> Document:
    """A document of one report with cues and a source, white space inside and around them."""
    text = "It may\n open, Ida & Bo said."
    sentence = make_sentence(text, text, Label.REPORT, 0.8, 0, False)
    cues = (Cue(CueKind.HEDGE, "may", 3, 6), Cue(CueKind.ATTRIBUTION, "said", 23, 27))
    return Document(text, (replace(sentence, cues=cues, source=Source("Ida & Bo", 14, 22)),))


@pytest.fixture
def cut() -> Document:
    """A document of two sentences, the first of them longer than the model reads."""
    text = "It shut, and shut. It may open."
    first = make_sentence(text, "It shut, and shut.", Label.FACT, 0.8, 0, False)
    return Document(text, (replace(first, truncated=True), make_sentence(text, "It may open.", None, 0.6, 0, False)))


@pytest.fixture
def other() -> Document:
    """A second document, of one sentence, without an id."""
    text = "🚢 came."
    return Document(text, (make_sentence(text, text, Label.FACT, 1.0, 0, False),))


@pytest.fixture
def empty() -> Document:
    """A document without sentences."""
    return Document("", (), id="empty.txt", model="tiny")

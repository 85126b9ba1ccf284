"""The sentences of a document in their paragraphs, for outputs that keep the text's shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from hedge.document import Document, Sentence
from hedge.labels import SKIP, SOURCE, Label

__all__ = ["CUT", "MARKS", "paragraphs", "pieces", "shares", "single_spaced"]

MARKS = {
    Label.FACT.value: "F",
    Label.REPORT.value: "R",
    Label.SPECULATION.value: "S",
    Label.OPINION.value: "O",
    "unsure": "?",
    SKIP: "·",
}
"""The letter that tells a label where there is no colour."""
CUT = "(end not read)"
"""Stands behind a sentence that was longer than the model reads."""

_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")


def paragraphs(document: Document) -> Iterator[list[Sentence]]:
    """Yield the sentences of each paragraph."""
    for _, group in groupby(document.sentences, key=attrgetter("paragraph")):
        yield list(group)


def shares(document: Document) -> list[tuple[str, int, float]]:
    """Return name, number and share of each label; the unsure sentences last, if there are any."""
    rows = [(label.value, document.counts[label], share) for label, share in document.share.items()]
    if document.unsure:
        rows.append(("unsure", document.unsure, 1 - sum(document.share.values())))
    return rows


def pieces(sentence: Sentence) -> Iterator[tuple[str, str | None]]:
    """Yield a sentence's :func:`single_spaced` text in pieces, each with what it is: a kind of cue, source, or nothing.

    Where cues and source overlap, what begins first counts.
    """
    marks = [(cue.start, cue.end, cue.kind.value) for cue in sentence.cues]
    if sentence.source:
        marks.append((sentence.source.start, sentence.source.end, SOURCE))
    bounds: list[tuple[int, int, str | None]] = []
    position = 0
    for start, end, name in sorted(marks):
        first, last = start - sentence.start, end - sentence.start
        if first >= position:
            bounds += [(position, first, None), (first, last, name)]
            position = last
    spaced = True  # what stands at the beginning needs no space before it
    for first, last, mark in [*bounds, (position, len(sentence.text), None)]:
        words = _SPACES.sub(" ", _CONTROLS.sub("", sentence.text[first:last]))
        words = words.lstrip() if spaced else words
        if last == len(sentence.text):
            words = words.rstrip()
        if words:
            spaced = words.endswith(" ")
            yield words, mark


def single_spaced(sentence: Sentence) -> str:
    """Return a sentence's text on one line, without the control characters that could steer a terminal."""
    return " ".join(_CONTROLS.sub("", sentence.text).split())

"""The records of the corpus: a document, its sentences, their labels, cues and sources."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hedge.labels import CLASSES, SKIP, CueKind, Label
from hedge.reading.article import Article
from hedge.segmentation import SegmentedText, looks_like_heading
from hedge.segmentation.sentences import segment_article

__all__ = ["ORIGINS", "SPLITS", "AnnotatedDocument", "AnnotatedSentence", "CueSpan", "text_hash"]

ORIGINS = ("written", "real", "founding")
"""Written for this project, of other people, or one of the articles for which it was begun."""
SPLITS = ("train", "validation", "test")


@dataclass(frozen=True)
class CueSpan:
    """The place of a cue in its sentence."""

    kind: CueKind
    start: int
    end: int


@dataclass(frozen=True)
class AnnotatedSentence:
    """A sentence as a person, or a mind that reads, has labelled it."""

    text: str
    label: Label | None
    """``None`` where it states nothing (``skip``)."""
    cues: tuple[CueSpan, ...] = ()
    source: tuple[int, int] | None = None
    """The place in the sentence of the words that name who vouches."""
    readings: tuple[tuple[str, str], ...] = ()
    """Where there were several: what each annotator chose, as pairs of annotator and label or ``skip``."""
    reason: str | None = None
    """Why the readings were settled as they were, where the guide did not settle it."""

    @property
    def class_name(self) -> str:
        """The label, or ``skip``."""
        return str(self.label or SKIP)

    @property
    def class_index(self) -> int:
        """The place of its class in ``CLASSES``."""
        return CLASSES.index(self.class_name)


@dataclass(frozen=True)
class AnnotatedDocument:
    """An annotated document of the corpus."""

    id: str
    genre: str
    origin: str
    """One of :data:`ORIGINS`."""
    source: str
    """Who published it."""
    licence: str
    split: str
    """One of :data:`SPLITS`."""
    sentences: tuple[AnnotatedSentence, ...]
    title: str | None = None
    """Only where the text is ours."""
    url: str | None = None
    retells: str | None = None
    """The id of a group of documents whose story this one tells again; they are evaluated without it."""
    topic: str | None = None
    drawn: str | None = None
    """How it was chosen from a larger collection: ``random``, or what it was enriched for."""
    added: str | None = None
    """The day on which it came into the corpus, as in 2026-11-22."""
    round: int | None = None
    """The number of the round of additions that it came with."""
    stands_off: bool = False
    """Whether its text is not ours to give, so that its labels are stored without it."""
    excerpt: SegmentedText | None = None
    """The text that its sentences are taken from and where they stand in it; ``None``: they are the whole text."""

    @cached_property
    def segmented(self) -> SegmentedText:
        """Its text and spans as a model is given them: the excerpt, or the sentences joined by newlines."""
        if self.excerpt:
            return self.excerpt
        return segment_article(Article.from_sentences([sentence.text for sentence in self.sentences]))

    @cached_property
    def running_text(self) -> str:
        """Its text as it would be printed: headings on a line of their own, other sentences run on.

        Where the paragraphs were is not known, so there are none but those the headings make.
        """
        paragraphs: list[list[str]] = [[]]
        for sentence in self.sentences:
            if looks_like_heading(sentence.text):
                paragraphs += [[sentence.text], []]
            else:
                paragraphs[-1].append(sentence.text)
        return "\n\n".join(" ".join(sentences) for sentences in paragraphs if sentences)

    @property
    def sha256(self) -> str:
        """The hash by which a text is known to be this one."""
        return text_hash(self.segmented.text)

    def to_row(self) -> dict[str, Any]:
        """Return the document's line in ``documents.jsonl``, keys in their fixed order."""
        row = {
            "id": self.id,
            "split": self.split,
            "origin": self.origin,
            "genre": self.genre,
            "topic": self.topic,
            "drawn": self.drawn,
            "source": self.source,
            "licence": self.licence,
            "title": self.title,
            "url": self.url,
            "retells": self.retells,
            "added": self.added,
            "round": self.round,
            "excerpt": bool(self.excerpt) or None,
            "sha256": self.sha256,
        }
        return {key: value for key, value in row.items() if value is not None}

    def to_sentence_rows(self, *, with_text: bool) -> Iterable[dict[str, Any]]:
        """Yield the lines of its sentences: with their text, or stand-off, as offsets into the document.

        Offsets of cues and source count from the beginning of their sentence.
        """
        for sentence, span in zip(self.sentences, self.segmented.spans, strict=True):
            place = {"text": sentence.text} if with_text else {"start": span.start, "end": span.end}
            row: dict[str, Any] = {"document": self.id, **place, "label": sentence.class_name}
            if sentence.cues:
                row["cues"] = [{"kind": cue.kind.value, "start": cue.start, "end": cue.end} for cue in sentence.cues]
            if sentence.source:
                row["source"] = {"start": sentence.source[0], "end": sentence.source[1]}
            if sentence.readings:
                row["readings"] = dict(sentence.readings)
            if sentence.reason:
                row["reason"] = sentence.reason
            yield row


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()

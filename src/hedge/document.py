"""What a reader gets back: a document of labelled sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from hedge.errors import WireFormatError
from hedge.labels import CLASSES, SKIP, CueKind, Label

__all__ = ["WIRE_VERSION", "Cue", "Document", "Sentence", "Source"]

WIRE_VERSION = 1
"""Of the dictionary form of a document, and so of a line of ``--output-format jsonl``."""


def _typed(record: Mapping[str, Any], key: str, *kinds: type) -> Any:  # noqa: ANN401 - of one of the kinds
    value = record[key]
    if type(value) not in kinds:
        raise TypeError(f"{key!r} is {value!r}")
    return value


@dataclass(frozen=True)
class Source:
    """The words of a sentence that name who vouches; ``text`` is ``document.text[start:end]``."""

    text: str
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """Return it as a dictionary of JSON's types."""
        return {"text": self.text, "start": self.start, "end": self.end}

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Source:
        """Read what :meth:`to_dict` wrote."""
        return cls(_typed(record, "text", str), _typed(record, "start", int), _typed(record, "end", int))


@dataclass(frozen=True)
class Cue:
    """Words of a sentence that show its label; ``text`` is ``document.text[start:end]``."""

    kind: CueKind
    text: str
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """Return it as a dictionary of JSON's types."""
        return {"kind": self.kind.value, "text": self.text, "start": self.start, "end": self.end}

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Cue:
        """Read what :meth:`to_dict` wrote."""
        text, start, end = _typed(record, "text", str), _typed(record, "start", int), _typed(record, "end", int)
        return cls(CueKind(record["kind"]), text, start, end)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a document, with its label.

    ``text`` is ``document.text[start:end]``; offsets count code points.
    """

    text: str
    start: int
    end: int
    label: Label | None
    """The most probable label, or ``None`` where nothing is stated."""
    probabilities: Mapping[str, float]
    """A calibrated probability for each of ``hedge.labels.CLASSES``: the four labels and ``skip``."""
    paragraph: int = 0
    """The index of its paragraph in the document."""
    heading: bool = False
    """Whether it is a headline or a subheading, to judge by its form."""
    unsure: bool = False
    """Whether ``probability`` is below what was asked for (:meth:`Document.with_min_confidence`)."""
    cues: tuple[Cue, ...] = ()
    """The words on its main claim that hand it to somebody, leave it open, or judge. A fact has none."""
    source: Source | None = None
    """Who vouches, where a report names somebody."""
    truncated: bool = False
    """Whether the sentence was longer than the model reads, so that its end was not seen."""

    @property
    def hedged(self) -> bool:
        """Whether a cue leaves the claim open: so a report of a possibility is told from a report of an event."""
        return any(cue.kind is CueKind.HEDGE for cue in self.cues)

    @property
    def evaluative(self) -> bool:
        """Whether a cue judges: so a relayed judgement is told from a relayed claim."""
        return any(cue.kind is CueKind.EVALUATION for cue in self.cues)

    @property
    def probability(self) -> float:
        """The probability of ``label``, or of stating nothing where that is ``None``."""
        return self.probabilities[self.label or SKIP]

    @property
    def shown_label(self) -> str:
        """What outputs print: ``unsure``, the label, or ``skip`` where there is none."""
        return "unsure" if self.unsure else str(self.label or SKIP)

    def to_dict(self) -> dict[str, Any]:
        """Return the sentence as a dictionary of JSON's types."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "label": self.label and self.label.value,
            "unsure": self.unsure,
            "probability": self.probability,
            "probabilities": dict(self.probabilities),
            "paragraph": self.paragraph,
            "heading": self.heading,
            "cues": [cue.to_dict() for cue in self.cues],
            "source": self.source and self.source.to_dict(),
            "hedged": self.hedged,
            "evaluative": self.evaluative,
            "truncated": self.truncated,
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Sentence:
        """Read what :meth:`to_dict` wrote.

        :raises WireFormatError: if a key is missing or of the wrong kind.
        """
        try:
            label = record["label"]
            return cls(
                text=_typed(record, "text", str),
                start=_typed(record, "start", int),
                end=_typed(record, "end", int),
                label=None if label is None else Label(label),
                probabilities={name: float(record["probabilities"][name]) for name in CLASSES},
                paragraph=_typed(record, "paragraph", int),
                heading=_typed(record, "heading", bool),
                unsure=_typed(record, "unsure", bool),
                cues=tuple(Cue.from_dict(cue) for cue in record.get("cues", ())),
                source=Source.from_dict(record["source"]) if record.get("source") else None,
                truncated=bool(record.get("truncated", False)),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise WireFormatError(f"not a sentence as hedge writes it: {error!r}") from error


@dataclass(frozen=True)
class Document:
    """A text and its labelled sentences, in reading order."""

    text: str
    sentences: tuple[Sentence, ...]
    id: str | None = None
    model: str | None = None
    """Name of the model that labelled it."""

    @cached_property
    def counts(self) -> dict[Label, int]:
        """How many sentences have each label; the unsure ones and those that state nothing count in none."""
        counts = dict.fromkeys(Label, 0)
        for sentence in self.sentences:
            if sentence.label and not sentence.unsure:
                counts[sentence.label] += 1
        return counts

    @property
    def unsure(self) -> int:
        """How many sentences are below the confidence asked for."""
        return sum(sentence.unsure for sentence in self.sentences)

    @property
    def share(self) -> dict[Label, float]:
        """The share of each label in the sentences that have a label or are unsure (0 where there are none)."""
        total = sum(self.counts.values()) + self.unsure
        return {label: count / total if total else 0.0 for label, count in self.counts.items()}

    def with_min_confidence(self, minimum: float) -> Document:
        """Return the same document with every sentence below ``minimum`` marked ``unsure``, nothing recomputed.

        :param minimum: A probability from 0 (nothing is unsure) to 1.
        :raises ValueError: if it is not in that range.
        """
        if not 0 <= minimum <= 1:
            raise ValueError(f"a confidence is between 0 and 1, not {minimum}")
        marked = tuple(replace(s, unsure=s.probability < minimum) for s in self.sentences)
        return replace(self, sentences=marked)

    def to_dict(self) -> dict[str, Any]:
        """Return the document as a dictionary of JSON's types, described in ``docs/formats.md``."""
        return {
            "hedge": WIRE_VERSION,
            "id": self.id,
            "model": self.model,
            "text": self.text,
            "counts": {label.value: count for label, count in self.counts.items()},
            "sentences": [sentence.to_dict() for sentence in self.sentences],
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Document:
        """Read what :meth:`to_dict` wrote: ``Document.from_dict(d.to_dict()) == d``.

        :raises WireFormatError: if it is of another version or not such a dictionary.
        """
        if not isinstance(record, Mapping) or record.get("hedge") != WIRE_VERSION:
            found = record.get("hedge") if isinstance(record, Mapping) else type(record).__name__
            raise WireFormatError(f"not a hedge document of version {WIRE_VERSION} (found: {found!r})")
        try:
            return cls(
                text=_typed(record, "text", str),
                sentences=tuple(Sentence.from_dict(sentence) for sentence in _typed(record, "sentences", list)),
                id=_typed(record, "id", str, type(None)),
                model=_typed(record, "model", str, type(None)),
            )
        except (KeyError, TypeError) as error:
            raise WireFormatError(f"not a document as hedge writes it: {error!r}") from error

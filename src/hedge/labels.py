"""The four labels and their order, and the labels of spans: the one place where they are defined."""

from __future__ import annotations

from enum import Enum

__all__ = ["CLASSES", "SKIP", "SOURCE", "SPAN_LABELS", "CueKind", "Label"]


class Label(str, Enum):
    """On whose word a sentence stands, and how firmly (see ``docs/annotation.md``).

    A label is a string: ``Label.FACT == "fact"``.
    """

    FACT = "fact"
    """The writer's own word, given as settled and open to checking. Not: true."""
    REPORT = "report"
    """Somebody else's word."""
    SPECULATION = "speculation"
    """Nobody's word yet: possible, likely, conditional, foreseen, an open question."""
    OPINION = "opinion"
    """The writer's judgement, which no check could settle."""

    def __str__(self) -> str:
        return self.value


SKIP = "skip"
"""The class of what states nothing (a byline, "Read more", a topic heading): such a sentence has no label."""

CLASSES: tuple[str, ...] = (*(label.value for label in Label), SKIP)
"""What a model tells apart, in the order of every logit, probability and confusion matrix."""


class CueKind(str, Enum):
    """What a cue, the words that show a label, does to the claim it stands on."""

    ATTRIBUTION = "attribution"
    """Hands the claim to somebody (*said, according to*)."""
    HEDGE = "hedge"
    """Leaves it open (*could, likely, if*)."""
    EVALUATION = "evaluation"
    """Judges, advises or feels (*pathetic, should*)."""

    def __str__(self) -> str:
        return self.value


SOURCE = "source"
"""The label of the span that names who vouches."""

SPAN_LABELS: tuple[str, ...] = (*(kind.value for kind in CueKind), SOURCE)
"""What is marked in a sentence: the kinds of cue, and the source."""

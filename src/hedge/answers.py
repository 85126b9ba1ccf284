"""What a model says of the sentences of a document."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedge.labels import CueKind

__all__ = ["Answers", "Marks"]

Bounds = tuple[int, int]


@dataclass(frozen=True)
class Marks:
    """The words of a sentence that a model points out; offsets count from the beginning of the sentence."""

    cues: tuple[tuple[CueKind, int, int], ...] = ()
    source: Bounds | None = None
    truncated: bool = False
    """Whether the sentence was longer than the model reads, so that its end was not seen."""


@dataclass(frozen=True)
class Answers:
    """The answers for one document."""

    logits: npt.NDArray[np.float32]
    """Shape (sentences, classes)."""
    marks: tuple[Marks, ...] | None = None
    """Of each sentence; ``None`` for a model that points nothing out."""

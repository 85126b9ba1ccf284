"""Settings of a fine-tune, and how much the sentences of an origin and label count in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from hedge.annotations import AnnotatedDocument

__all__ = ["UNLABELLED", "Balance", "EncoderSettings"]

UNLABELLED = "unlabelled"
"""The origin of documents that only other models have labelled."""


@dataclass(frozen=True)
class Balance:
    """How much the sentences of an origin and label count in the loss of the sentence head.

    Real and written text are told apart by their style, and their labels are not spread alike: were a label to weigh
    more in one origin than in the other, style would be learnt for it. Weights count within a batch, whose loss is
    their weighted mean.
    """

    power: float = 0.5
    """By which power of its frequency in its origin a label weighs less: 0 not at all, 1 until all weigh the same."""
    written: float = 0.7
    """How much written text counts, where real text counts one."""
    unlabelled: float = 0.5
    """How much text that only other models have labelled counts."""

    def __post_init__(self) -> None:
        if self.written <= 0 or self.unlabelled <= 0:
            raise ValueError("written and unlabelled must be positive; leave documents out that are not to count")

    def weights(self, documents: Iterable[AnnotatedDocument]) -> dict[tuple[str, str], float]:
        """Return the weight of each pair of origin and class; their mean over sentences is that of the origin."""
        counts = Counter((self.origin(d), s.class_name) for d in documents for s in d.sentences)
        found: dict[tuple[str, str], float] = {}
        for origin in {origin for origin, _ in counts}:
            of_origin = {key: count for key, count in counts.items() if key[0] == origin}
            raw = {key: count**-self.power for key, count in of_origin.items()}
            total = sum(raw[key] * count for key, count in of_origin.items())
            part = {"written": self.written, UNLABELLED: self.unlabelled}.get(origin, 1)
            scale = sum(of_origin.values()) / total * part
            found |= {key: weight * scale for key, weight in raw.items()}
        return found

    @staticmethod
    def origin(document: AnnotatedDocument) -> str:
        """Return the origin that a document counts with: the founding articles are real text."""
        return "real" if document.origin == "founding" else document.origin


@dataclass(frozen=True)
class EncoderSettings:
    """Settings of a fine-tune, chosen on validation text."""

    window: int = 96
    """Most tokens of a window at run time."""
    overlap: int = 0
    """Sentences that a window shares with the one before, at run time."""
    sentences: int = 0
    """Most sentences of a window, of which one is answered and the others are its context: 1 for each sentence alone;
    0: as many as fit. Unless it is 0, training windows are the same."""
    training_windows: tuple[int, ...] = (0, 48, 96)
    """Sizes that windows are cut to in training, drawn for each document anew; 0 makes each sentence a window."""
    quotation_marks: bool = True
    """Whether a sentence that begins inside a quotation is read after an opening mark, if the tokenizer knows one."""
    learning_rate: float = 5e-5
    """Its highest value, after the warm-up; from there it falls to zero."""
    batch_tokens: int = 1024
    """Most tokens of a batch, padding included."""
    epochs: float = 3
    """How often all documents are gone through, cut into other windows each time."""
    warm_up: float = 0.1
    """The part of the steps in which the learning rate rises."""
    evaluations: int = 8
    """How often the validation split is looked at, and a checkpoint written."""
    keep_best: bool = True
    """Whether what was best when it was evaluated is kept; otherwise what comes last is."""
    patience: int = 3
    """After so many evaluations without a better one, training stops, where the best is kept."""
    balance: Balance = field(default_factory=Balance)
    tag_weight: float = 0.3
    """How much the loss of cues and sources counts, beside that of labels."""
    label_smoothing: float = 0.05
    """What of a label's probability is spread over all classes, where labels are learnt from; lessons are not
    smoothed."""

    def __post_init__(self) -> None:
        if not self.training_windows:
            raise ValueError("training_windows must name a size")
        if self.evaluations < 1 or self.patience < 1:
            raise ValueError("evaluations and patience must be at least 1")
        if self.epochs <= 0 or self.learning_rate <= 0:
            raise ValueError("epochs and learning_rate must be positive")

    def to_dict(self) -> dict[str, Any]:
        """Return the settings as a dictionary."""
        return asdict(self)

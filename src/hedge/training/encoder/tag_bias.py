"""How readily the token head marks words: fitted on validation text, since most tokens are outside of any span."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt
import torch

from hedge.annotations import Corpus
from hedge.classifier import Classifier
from hedge.evaluation.spans import span_scores
from hedge.inference.encoder import EncoderModel
from hedge.inference.tags import TAGS
from hedge.labels import CLASSES, SPAN_LABELS
from hedge.models import Manifest
from hedge.training.encoder.network import TwoHeads

__all__ = ["fit_tag_bias"]

OFFSETS = tuple(np.arange(0, 6, 0.5).tolist())


def fit_tag_bias(network: TwoHeads, model: EncoderModel, validation: Corpus) -> dict[str, float]:
    """Raise the bias of each kind of span by what gives the best mean F1 of all kinds on validation text.

    Kinds compete for words, so that all are raised alike first, and then each in turn, beside the others as they are,
    until none changes.

    :param model: Answers with the network, in its windows.
    :return: By how much each was raised.
    """
    outputs: dict[bytes, npt.NDArray[np.float32]] = {}

    @cache
    def mean_f1(*offsets: float) -> float:
        biases = np.zeros(len(CLASSES) + len(TAGS), np.float32)
        for label, offset in zip(SPAN_LABELS, offsets, strict=True):
            biases[_outputs_of(label)] = offset

        def run(ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
            if ids.tobytes() not in outputs:
                outputs[ids.tobytes()] = model.run(ids)
            return outputs[ids.tobytes()] + biases

        classifier = Classifier(replace(model, run=run), Manifest(model.kind, "", 1.0, {}, {}, {}), "")
        exact = [score.exact for score in span_scores(classifier, validation).values()]
        return float(np.nan_to_num(exact, nan=1.0).mean())  # of what is neither there nor found

    alike = {offset: mean_f1(*[offset] * len(SPAN_LABELS)) for offset in OFFSETS}
    raised, before = dict.fromkeys(SPAN_LABELS, max(alike, key=alike.__getitem__)), None
    while raised != before:
        before = dict(raised)
        for label in SPAN_LABELS:
            scores = {offset: mean_f1(*(raised | {label: offset}).values()) for offset in OFFSETS}
            raised[label] = max(scores, key=scores.__getitem__)
    with torch.no_grad():
        for label, offset in raised.items():
            network.heads.bias[_outputs_of(label)] += offset
    return raised


def _outputs_of(label: str) -> list[int]:
    """Return the places of a kind of span among the outputs of a token."""
    return [len(CLASSES) + TAGS.index(f"{position}-{label}") for position in "BI"]

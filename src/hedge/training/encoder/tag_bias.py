"""How readily the token head marks words: fitted on validation text, since most tokens are outside of any span."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch

from hedge.annotations import Corpus
from hedge.classifier import Classifier
from hedge.evaluation.spans import span_scores
from hedge.inference.decoding import OUTPUTS
from hedge.inference.encoder import EncoderModel
from hedge.inference.tags import TAGS
from hedge.labels import SPAN_LABELS
from hedge.models import Manifest
from hedge.training.encoder.network import TwoHeads

__all__ = ["fit_tag_bias"]

OFFSETS = np.arange(0, 6, 0.5)


def fit_tag_bias(network: TwoHeads, model: EncoderModel, validation: Corpus) -> dict[str, float]:
    """Raise the bias of each kind of span by what gives it the best F1 on validation text.

    :param model: Answers with the network, in its windows.
    :return: By how much each was raised.
    """
    outputs: dict[bytes, npt.NDArray[np.float32]] = {}
    found: dict[float, dict[str, float]] = {}
    for offset in OFFSETS.tolist():

        def run(ids: npt.NDArray[np.int64], offset: float = offset) -> npt.NDArray[np.float32]:
            if ids.tobytes() not in outputs:
                outputs[ids.tobytes()] = model.run(ids)
            raised = outputs[ids.tobytes()].copy()
            raised[:, OUTPUTS + 1 :] += offset  # of all tags but the first, which is outside
            return raised

        classifier = Classifier(replace(model, run=run), Manifest(model.kind, "", 1.0, {}, {}, {}), "")
        found[offset] = {label: score.exact for label, score in span_scores(classifier, validation).items()}
    best = {label: max(found, key=lambda offset: found[offset][label]) for label in SPAN_LABELS}
    with torch.no_grad():
        for label, offset in best.items():
            for position in "BI":
                network.heads.bias[OUTPUTS + TAGS.index(f"{position}-{label}")] += offset
    return best

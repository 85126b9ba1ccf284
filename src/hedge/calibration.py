"""From logits to probabilities that mean something."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["fit_temperature", "probabilities"]

FloatArray = npt.NDArray[np.float32]
TEMPERATURES = (0.05, 20.0)


def probabilities(logits: FloatArray, temperature: float = 1.0) -> npt.NDArray[np.float64]:
    """Return the softmax of logits divided by a temperature; shapes (sentences, classes)."""
    scaled = logits.astype(np.float64) / temperature
    exponentials = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    result: npt.NDArray[np.float64] = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return result


def fit_temperature(logits: FloatArray, classes: npt.NDArray[np.intp]) -> float:
    """Return the temperature with the smallest negative log-likelihood.

    Guo et al. 2017, "On Calibration of Modern Neural Networks".

    :param logits: Of held-out sentences, shape (sentences, classes).
    :param classes: The index of each sentence's true class, shape (sentences,).
    """
    from scipy.optimize import minimize_scalar

    rows = np.arange(len(classes))

    def loss(log_temperature: float) -> float:
        likelihoods = probabilities(logits, float(np.exp(log_temperature)))[rows, classes]
        return float(-np.log(np.maximum(likelihoods, 1e-12)).mean())

    found = minimize_scalar(loss, bounds=tuple(np.log(TEMPERATURES)), method="bounded")
    return float(np.exp(found.x))

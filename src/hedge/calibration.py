"""From logits to probabilities that mean something."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["fit_calibration", "probabilities"]

FloatArray = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
TEMPERATURES = (0.05, 20.0)
POWERS = (0.2, 5.0)
SPREAD = 0.5
"""Of the logarithm of the power, before anything is known of it."""


def probabilities(logits: FloatArray, temperature: float = 1.0, power: float = 1.0) -> Floats:
    """Return the softmax of what calibration makes of logits; shapes (sentences, classes).

    Each negative logarithm of a probability is divided by a temperature and raised to a power. With a power of one that
    is temperature scaling (Guo et al. 2017, "On Calibration of Modern Neural Networks"); a higher one moves the certain
    and the uncertain apart. No power changes the order of the classes (Rahimi et al. 2020, "Intra Order-Preserving
    Functions for Calibration of Multi-Class Neural Networks").
    """
    return _softmax(-((_surprisals(logits) / temperature) ** power))


def fit_calibration(logits: FloatArray, classes: npt.NDArray[np.intp]) -> tuple[float, float]:
    """Return the most probable temperature and power.

    The logarithm of the power has a normal prior, so that few sentences leave it near zero; that of the temperature a
    flat one, within bounds.

    :param logits: Of held-out sentences, shape (sentences, classes).
    :param classes: The index of each sentence's true class, shape (sentences,).
    """
    from scipy.optimize import minimize_scalar

    rows, surprisals = np.arange(len(classes)), _surprisals(logits)

    def negative_log_likelihood(log_temperature: float, log_power: float) -> float:
        likelihoods = _softmax(-((surprisals / np.exp(log_temperature)) ** np.exp(log_power)))[rows, classes]
        return float(-np.log(np.maximum(likelihoods, 1e-12)).mean())

    def best_temperature(log_power: float) -> Any:  # noqa: ANN401 - scipy's result
        bounds = tuple(np.log(TEMPERATURES))
        return minimize_scalar(negative_log_likelihood, args=(log_power,), bounds=bounds, method="bounded")

    def negative_log_posterior(log_power: float) -> float:
        prior = (log_power / SPREAD) ** 2 / 2
        return float(best_temperature(log_power).fun + prior / len(classes))

    log_power = minimize_scalar(negative_log_posterior, bounds=tuple(np.log(POWERS)), method="bounded").x
    return float(np.exp(best_temperature(log_power).x)), float(np.exp(log_power))


def _surprisals(logits: FloatArray) -> Floats:
    """Return the negative logarithms of the softmax."""
    shifted = logits.astype(np.float64) - logits.max(axis=-1, keepdims=True)
    return np.asarray(np.log(np.exp(shifted).sum(axis=-1, keepdims=True)) - shifted)


def _softmax(rows: Floats) -> Floats:
    exponentials = np.exp(rows - rows.max(axis=-1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=-1, keepdims=True))

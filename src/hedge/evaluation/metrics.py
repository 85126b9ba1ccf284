"""The numbers, each a function of true classes and probabilities.

Classes are indices into :data:`hedge.labels.CLASSES`; probabilities have shape (sentences, classes).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from hedge.errors import MissingExtraError
from hedge.labels import CLASSES, SKIP

__all__ = [
    "CALIBRATION_BINS",
    "COVERAGES",
    "all_metrics",
    "calibration_bins",
    "calibration_noise_floor",
    "confusion_matrix",
    "expected_calibration_error",
    "one_hot",
    "risk_coverage",
    "sklearn_metrics",
]

Classes = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]

CALIBRATION_BINS = 15
COVERAGES = (0.8, 0.9)
NOISE_DRAWS = 200


def all_metrics(truth: Classes, probabilities: Floats) -> dict[str, float]:
    """Return every metric by name.

    ``accuracy`` counts all sentences, those that state nothing included. ``macro_f1`` is the mean over the four labels;
    the F1 of telling what states nothing is ``f1_skip``. Where a class neither occurs nor is predicted, its scores are
    left out, and out of the mean too.

    :raises MissingExtraError: if scikit-learn is not installed.
    """
    scores = sklearn_metrics().precision_recall_fscore_support(
        truth, probabilities.argmax(axis=1), labels=range(len(CLASSES)), zero_division=np.nan
    )
    metrics = {"accuracy": float((probabilities.argmax(axis=1) == truth).mean())}
    f1 = {}
    for i, name in enumerate(CLASSES):
        for metric, values in zip(("precision", "recall", "f1"), scores[:3], strict=True):
            if not np.isnan(values[i]):
                metrics[f"{metric}_{name}"] = float(values[i])
        if f"f1_{name}" in metrics and name != SKIP:
            f1[name] = metrics[f"f1_{name}"]
    metrics["macro_f1"] = float(np.mean(list(f1.values()))) if f1 else float("nan")
    metrics["expected_calibration_error"] = expected_calibration_error(truth, probabilities)
    metrics["brier"] = float(((probabilities - one_hot(truth)) ** 2).sum(axis=1).mean())
    risks = risk_coverage(truth, probabilities)
    metrics["area_under_risk_coverage"] = float(risks.mean())
    for coverage in COVERAGES:
        metrics[f"accuracy_at_{coverage:.0%}_coverage"] = float(1 - risks[max(1, round(coverage * len(risks))) - 1])
    return metrics


def one_hot(classes: Sequence[int] | Classes) -> Floats:
    """Return probabilities for guesses that come without; shape (sentences, classes)."""
    rows: Floats = np.eye(len(CLASSES))[np.asarray(classes, np.intp)]
    return rows


def expected_calibration_error(truth: Classes, probabilities: Floats) -> float:
    """Return the expected calibration error over bins of equal mass.

    Guo et al. 2017, "On Calibration of Modern Neural Networks", with the bins of Nixon et al. 2019, "Measuring
    Calibration in Deep Learning".
    """
    return _calibration_error(probabilities.max(axis=1), probabilities.argmax(axis=1) == truth)


def calibration_noise_floor(probabilities: Floats, seed: int = 0) -> float:
    """Return the calibration error that perfectly calibrated probabilities would show by chance at this sample size.

    The mean over draws in which each sentence is right with just the probability that is claimed for it.
    """
    generator = np.random.default_rng(seed)
    confidence = probabilities.max(axis=1)
    draws = generator.random((NOISE_DRAWS, len(confidence))) < confidence
    return float(np.mean([_calibration_error(confidence, draw) for draw in draws]))


def calibration_bins(truth: Classes, probabilities: Floats) -> list[tuple[float, float, int]]:
    """Return mean confidence, accuracy and number of sentences of each bin, from the least certain to the most."""
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == truth
    return [(float(confidence[i].mean()), float(right[i].mean()), len(i)) for i in _equal_mass(confidence)]


def risk_coverage(truth: Classes, probabilities: Floats) -> Floats:
    """Return the error rate of the most certain 1, 2, … n sentences.

    El-Yaniv and Wiener 2010, "On the Foundations of Noise-free Selective Classification".
    """
    order = np.argsort(-probabilities.max(axis=1), kind="stable")
    wrong = probabilities.argmax(axis=1)[order] != truth[order]
    return np.cumsum(wrong) / np.arange(1, len(wrong) + 1)


def confusion_matrix(truth: Classes, probabilities: Floats) -> npt.NDArray[np.int64]:
    """Return the counts, true classes in rows, predicted ones in columns.

    :raises MissingExtraError: if scikit-learn is not installed.
    """
    matrix: npt.NDArray[np.int64] = sklearn_metrics().confusion_matrix(
        truth, probabilities.argmax(axis=1), labels=range(len(CLASSES))
    )
    return matrix


def _calibration_error(confidence: Floats, right: npt.NDArray[np.bool_]) -> float:
    bins = _equal_mass(confidence)
    gaps = [len(i) * abs(confidence[i].mean() - right[i].mean()) for i in bins]
    return float(sum(gaps) / len(confidence))


def _equal_mass(confidence: Floats) -> list[npt.NDArray[np.intp]]:
    order = np.argsort(confidence, kind="stable")
    return [part for part in np.array_split(order, CALIBRATION_BINS) if len(part)]


def sklearn_metrics() -> Any:  # noqa: ANN401 - an untyped module
    """Return scikit-learn's metrics.

    :raises MissingExtraError: if scikit-learn is not installed.
    """
    try:
        from sklearn import metrics
    except ImportError as error:
        raise MissingExtraError("Evaluating", "train") from error
    return metrics

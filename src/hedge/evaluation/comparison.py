"""Whether one set of answers is better than another on the same documents: the paired bootstrap.

Intervals by percentiles, after Efron and Tibshirani 1993, "An Introduction to the Bootstrap".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hedge.evaluation.metrics import all_metrics
from hedge.evaluation.predictions import Predictions

__all__ = ["Difference", "paired_difference"]

TAIL = 0.025


@dataclass(frozen=True)
class Difference:
    """By how much a metric is higher in the second set of answers."""

    value: float
    low: float
    high: float
    """Ends of the 95 % interval."""


def paired_difference(
    first: Predictions, second: Predictions, metric: str = "macro_f1", *, replicates: int = 1000, seed: int = 0
) -> Difference:
    """Compare answers for the same documents, which are resampled together.

    :param metric: One of those that ``hedge.evaluation.metrics.all_metrics`` names.
    :raises ValueError: if the documents are not the same.
    :raises MissingExtraError: if scikit-learn is not installed.
    """
    if [record.id for record in first.records] != [record.id for record in second.records]:
        raise ValueError("the answers are not for the same documents")
    generator = np.random.default_rng(seed)
    count = len(first.records)
    samples = []
    for _ in range(replicates):
        chosen = generator.integers(0, count, count)
        samples.append(_value(second.take(chosen), metric) - _value(first.take(chosen), metric))
    low, high = np.quantile(samples, (TAIL, 1 - TAIL))
    return Difference(_value(second, metric) - _value(first, metric), float(low), float(high))


def _value(predictions: Predictions, metric: str) -> float:
    return all_metrics(predictions.truth, predictions.probabilities)[metric]

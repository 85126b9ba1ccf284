"""All metrics of a classifier, with intervals, by origin and genre: as data, and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from hedge.evaluation.metrics import all_metrics, calibration_noise_floor, confusion_matrix
from hedge.evaluation.predictions import Predictions
from hedge.labels import CLASSES

__all__ = ["Group", "Report", "evaluate"]

CONFIDENCE = 0.95
SMALLEST_GENRE = 5
"""Genres with fewer documents are not reported by themselves: their interval would span everything."""


@dataclass(frozen=True)
class Group:
    """The metrics of some documents."""

    name: str
    documents: int
    sentences: int
    metrics: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    """95 % bootstrap intervals over documents, by name of the metric."""
    confusion: list[list[int]]
    """True classes in rows, predicted ones in columns, in the order of ``CLASSES``."""

    def to_dict(self) -> dict[str, Any]:
        """Return the group as a dictionary of JSON's types."""
        values = {
            name: {"value": value, "interval": list(self.intervals[name])}
            if name in self.intervals
            else {"value": value}
            for name, value in self.metrics.items()
        }
        return {
            "name": self.name,
            "documents": self.documents,
            "sentences": self.sentences,
            "metrics": values,
            "confusion": self.confusion,
        }


@dataclass(frozen=True)
class Report:
    """Groups of documents: all, by origin, by genre."""

    groups: tuple[Group, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the report as a dictionary of JSON's types."""
        return {"classes": list(CLASSES), "groups": [group.to_dict() for group in self.groups]}


def evaluate(predictions: Predictions, *, replicates: int = 500, seed: int = 0) -> Report:
    """Compute all metrics of all groups.

    :param replicates: How many bootstrap samples of documents the intervals rest on; 0 for none.
    :raises MissingExtraError: if scikit-learn is not installed.
    """
    return Report(tuple(_group(name, part, replicates, seed) for name, part in _groups(predictions)))


def _groups(predictions: Predictions) -> Iterator[tuple[str, Predictions]]:
    yield "all", predictions
    for origin in sorted({record.origin for record in predictions.records}):
        yield origin, predictions.where(lambda record, origin=origin: record.origin == origin)  # type: ignore[misc]
    genres = [record.genre for record in predictions.records]
    for genre in sorted(set(genres)):
        if genres.count(genre) >= SMALLEST_GENRE:
            yield f"genre: {genre}", predictions.where(lambda record, genre=genre: record.genre == genre)  # type: ignore[misc]


def _group(name: str, predictions: Predictions, replicates: int, seed: int) -> Group:
    metrics = all_metrics(predictions.truth, predictions.probabilities)
    intervals = _intervals(predictions, metrics, replicates, seed)
    # The floor is a simulation by itself, so it has no interval.
    metrics["calibration_noise_floor"] = calibration_noise_floor(predictions.probabilities, seed)
    return Group(
        name,
        len(predictions.records),
        len(predictions),
        metrics,
        intervals,
        confusion_matrix(predictions.truth, predictions.probabilities).tolist(),
    )


def _intervals(
    predictions: Predictions, metrics: dict[str, float], replicates: int, seed: int
) -> dict[str, tuple[float, float]]:
    """Return percentile intervals over resampled documents: sentences of one document are not independent.

    The samples are shifted by their estimated bias (Efron and Tibshirani 1993, "An Introduction to the Bootstrap",
    chapter 10): resampling makes every calibration error look larger than it is.
    """
    generator = np.random.default_rng(seed)
    samples: dict[str, list[float]] = {}
    count = len(predictions.records)
    for _ in range(replicates):
        sample = predictions.take(generator.integers(0, count, count))
        for metric, value in all_metrics(sample.truth, sample.probabilities).items():
            samples.setdefault(metric, []).append(value)
    tail = (1 - CONFIDENCE) / 2
    intervals = {}
    for metric, value in metrics.items():
        values = np.array(samples.get(metric, []))
        if len(values) and not np.isnan(value):
            low, high = np.nanquantile(values, (tail, 1 - tail)) + value - np.nanmean(values)
            intervals[metric] = (max(0.0, float(low)), float(high))
    return intervals

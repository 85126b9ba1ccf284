"""A report as pictures: the confusion matrix, the reliability diagram and the risk-coverage curve."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from hedge.evaluation.metrics import (
    calibration_bins,
    calibration_noise_floor,
    confusion_matrix,
    expected_calibration_error,
    risk_coverage,
    sklearn_metrics,
)
from hedge.evaluation.predictions import Predictions
from hedge.labels import CLASSES
from hedge.plotting import pyplot

__all__ = ["plot"]

Classes = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]


def plot(predictions: Predictions, folder: str | Path) -> list[Path]:
    """Draw ``confusion.png``, ``reliability.png`` and ``risk_coverage.png`` into a folder, which is made if need be.

    :return: The files.
    :raises MissingExtraError: if matplotlib or scikit-learn is not installed.
    """
    plt = pyplot()
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, draw in PICTURES.items():
        figure, axes = plt.subplots(figsize=(5.5, 5), layout="constrained")
        files.append(folder / f"{name}.png")
        try:
            draw(predictions.truth, predictions.probabilities, axes)
            figure.savefig(files[-1], dpi=150)
        finally:
            plt.close(figure)
    return files


def _confusion(truth: Classes, probabilities: Floats, axes: Any) -> None:  # noqa: ANN401
    matrix = confusion_matrix(truth, probabilities)
    display = sklearn_metrics().ConfusionMatrixDisplay(matrix, display_labels=CLASSES)
    display.plot(ax=axes, cmap="Blues", colorbar=False)
    axes.set(xlabel="predicted", ylabel="true", title=f"{len(truth):,} sentences")


def _reliability(truth: Classes, probabilities: Floats, axes: Any) -> None:  # noqa: ANN401
    confidence, accuracy, _ = np.array(calibration_bins(truth, probabilities)).T
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--", label="perfectly calibrated")
    axes.plot(confidence, accuracy, marker="o", label=f"{len(confidence)} bins of equal mass")
    gap, floor = expected_calibration_error(truth, probabilities), calibration_noise_floor(probabilities)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="probability given", ylabel="share that is right", aspect="equal")
    axes.set_title(f"calibration error {gap:.3f} (by chance: {floor:.3f})")
    axes.legend(loc="upper left")


def _risk_coverage(truth: Classes, probabilities: Floats, axes: Any) -> None:  # noqa: ANN401
    risks = risk_coverage(truth, probabilities)
    coverage = np.arange(1, len(risks) + 1) / len(risks)
    axes.plot(coverage, 1 - risks)
    axes.set(xlim=(0, 1), ylim=(min(0.5, float(1 - risks[-1])), 1.01), xlabel="share answered, most certain first")
    axes.set(ylabel="share of them that is right", title=f"all answered: {1 - risks[-1]:.1%} right")
    axes.grid(visible=True, color="lightgrey")


PICTURES: dict[str, Callable[[Classes, Floats, Any], None]] = {
    "confusion": _confusion,
    "reliability": _reliability,
    "risk_coverage": _risk_coverage,
}

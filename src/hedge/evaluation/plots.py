"""A report as pictures: the confusion matrix and the reliability diagram."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from hedge.errors import MissingExtraError
from hedge.evaluation.metrics import (
    calibration_bins,
    calibration_noise_floor,
    confusion_matrix,
    expected_calibration_error,
)
from hedge.evaluation.predictions import Predictions
from hedge.labels import CLASSES

__all__ = ["plot"]


def plot(predictions: Predictions, folder: str | Path) -> list[Path]:
    """Draw ``confusion.png`` and ``reliability.png`` into a folder, which is made if need be.

    :return: The files.
    :raises MissingExtraError: if matplotlib is not installed.
    """
    try:
        import matplotlib as mpl

        mpl.use("agg")
        from matplotlib import pyplot as plt
        from sklearn.metrics import ConfusionMatrixDisplay
    except ImportError as error:
        raise MissingExtraError("Plotting", "train") from error

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    truth, probabilities = predictions.truth, predictions.probabilities

    figure, axes = plt.subplots(figsize=(6, 5), layout="constrained")
    display = ConfusionMatrixDisplay(confusion_matrix(truth, probabilities), display_labels=CLASSES)
    display.plot(ax=axes, cmap="Blues", colorbar=False)
    axes.set(xlabel="predicted", ylabel="true", title=f"{len(truth):,} sentences")
    confusion_file = folder / "confusion.png"
    figure.savefig(confusion_file, dpi=150)
    plt.close(figure)

    figure, axes = plt.subplots(figsize=(5, 5), layout="constrained")
    confidence, accuracy, _ = np.array(calibration_bins(truth, probabilities)).T
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--", label="perfectly calibrated")
    axes.plot(confidence, accuracy, marker="o", label=f"{len(confidence)} bins of equal mass")
    gap, floor = expected_calibration_error(truth, probabilities), calibration_noise_floor(probabilities)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="probability given", ylabel="share that is right", aspect="equal")
    axes.set_title(f"calibration error {gap:.3f} (by chance: {floor:.3f})")
    axes.legend(loc="upper left")
    reliability_file = folder / "reliability.png"
    figure.savefig(reliability_file, dpi=150)
    plt.close(figure)
    return [confusion_file, reliability_file]

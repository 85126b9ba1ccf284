#!/usr/bin/env python3
"""Accuracy against speed, of several models and of a cascade of two: ``results/frontier.md``.

    HEDGE_TEXTS=FOLDER python benchmarks/frontier.py --pool TEXTS.jsonl[.gz] MODEL …

Models are named from the quickest to the best; the cascade asks the first, and the last only about windows in which the
first is not sure of a sentence. Its threshold is the one that asks least on real validation text without a loss of
macro-F1 or calibration there. Rounds are run in turns over the models; medians are reported.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from rich import box
from rich.table import Table

import hedge
from environment import made_by
from hedge.classifier import Classifier
from hedge.evaluation.metrics import all_metrics
from hedge.evaluation.predictions import Predictions
from hedge.output.markdown_table import markdown_table
from hedge.segmentation import SegmentedText

mpl.use("agg")
from matplotlib import pyplot as plt

from options import benchmark_parser, whole_corpus
from unlabelled import first_documents

ROUNDS = 5
SENTENCES = 4000
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
WINDOW = 9
"""About how many consecutive sentences an encoder's window holds: all of them are read if one is to be."""


def main() -> None:
    """Run the benchmark."""
    parser = benchmark_parser(__doc__, "frontier.md")
    parser.add_argument("models", nargs="+", type=Path, help="folders of models, the quickest first, the best last")
    parser.add_argument("--pool", type=Path, nargs="+", required=True, help="texts for the throughput")
    options = parser.parse_args()
    corpus = whole_corpus(options)
    classifiers = {folder.name: hedge.load(folder) for folder in options.models}
    rates = in_turns(classifiers, first_documents(options.pool, SENTENCES))
    splits = {name: corpus.split(name) for name in ("validation", "test")}
    said = {
        (name, split): Predictions.of(classifier, part)
        for name, classifier in classifiers.items()
        for split, part in splits.items()
    }
    columns = ("model", "trained on corpus", "sentences/s", "validation, real", "test, real", "test, written")
    table = Table(*columns, box=box.MARKDOWN)
    points = {}
    for name, classifier in classifiers.items():
        scores = [f1(said[name, "validation"], "real"), *(f1(said[name, "test"], part) for part in ("real", "written"))]
        points[name] = (rates[name], scores[1])
        trained_on = classifier.manifest.data["sha256"][:12]
        table.add_row(name, trained_on, f"{rates[name]:,.0f}", *(f"{score:.3f}" for score in scores))
    draw(points, options.output.with_suffix(".png"))
    sections = [
        "# Accuracy and speed\n",
        made_by("benchmarks/frontier.py", corpus, "onnxruntime", "numpy"),
        f"## Models\n\nMacro-F1; the labels of {SENTENCES:,} sentences of news a round, segmentation left out.\n\n"
        f"{markdown_table(table)}\n\n"
        f"![Macro-F1 against sentences per second]({options.output.stem}.png)\n",
    ]
    if len(classifiers) > 1:
        quick, *_, best = classifiers
        pairs = {split: real_pair(said, split, quick, best) for split in splits}
        steps = {threshold: cascade(*pairs["validation"], threshold) for threshold in (0.0, *THRESHOLDS, 1.01)}
        table = Table("threshold", "sentences read by both", "macro-F1", "ECE", "sentences/s", box=box.MARKDOWN)
        for threshold, step in steps.items():
            table.add_row(f"{threshold:.2f}", *step.cells(), f"{step.rate(rates[quick], rates[best]):,.0f}")
        sections.append(
            f"## A cascade of {quick} and {best}, on real validation text\n\nThe rate is not measured: it follows from "
            f"the two rates and the share of windows that the better model reads.\n\n{markdown_table(table)}\n"
        )
        alone = steps[1.01]
        enough = [t for t, step in steps.items() if step.no_worse_than(alone)]
        first = min(enough, key=lambda t: steps[t].asked)
        on_test, best_on_test = cascade(*pairs["test"], first), cascade(*pairs["test"], 1.01)
        sections.append(
            f"The quickest without a loss of macro-F1 or calibration is that of the threshold {first:.2f}. On real "
            f"test text: {on_test}; {best} alone: {best_on_test}. It would run at "
            f"{on_test.rate(rates[quick], rates[best]) / rates[best]:.2f} times the rate of {best}.\n"
        )
    options.output.write_text("\n".join(sections), encoding="utf-8")
    print("\n".join(sections))


def in_turns(classifiers: dict[str, Classifier], documents: Sequence[SegmentedText]) -> dict[str, float]:
    """Return sentences per second of each model: medians over rounds."""
    count = sum(len(document.spans) for document in documents)
    seconds: dict[str, list[float]] = {name: [] for name in classifiers}
    for _ in range(ROUNDS):
        for name, classifier in classifiers.items():
            began = time.perf_counter()
            for _answers in classifier.model.answers(documents, ahead=True):
                pass
            seconds[name].append(time.perf_counter() - began)
    return {name: count / statistics.median(values) for name, values in seconds.items()}


def f1(predictions: Predictions, origin: str) -> float:
    """Return macro-F1 on the documents of an origin."""
    part = predictions.where(lambda document: document.origin == origin)
    return all_metrics(part.truth, part.probabilities)["macro_f1"]


def draw(points: dict[str, tuple[float, float]], file: Path) -> None:
    """Draw macro-F1 on real test text against speed."""
    figure, axes = plt.subplots(figsize=(6, 4), layout="constrained")
    for name, (rate, score) in points.items():
        axes.scatter(rate, score, color="black")
        axes.annotate(name, (rate, score), textcoords="offset points", xytext=(6, 4))
    axes.set(xscale="log", xlabel="sentences per second", ylabel="macro-F1, real test text")
    axes.margins(0.2)
    figure.savefig(file, dpi=150)
    plt.close(figure)


@dataclass(frozen=True)
class Cascade:
    """How a cascade does on annotated text."""

    asked: float
    """The part of the sentences about which the better model is asked."""
    macro_f1: float
    calibration_error: float

    def cells(self) -> tuple[str, str, str]:
        """Return the numbers as they stand in a table."""
        return f"{self.asked:.0%}", f"{self.macro_f1:.3f}", f"{self.calibration_error:.3f}"

    def __str__(self) -> str:
        return f"macro-F1 {self.macro_f1:.3f}, ECE {self.calibration_error:.3f}"

    def rate(self, quick: float, best: float) -> float:
        """Return sentences per second that follow from those of both models."""
        return 1 / (1 / quick + self.asked / best)

    def no_worse_than(self, other: Cascade) -> bool:
        """Tell whether neither macro-F1 nor calibration is lost."""
        return self.macro_f1 >= other.macro_f1 and self.calibration_error <= other.calibration_error


def real_pair(
    said: dict[tuple[str, str], Predictions], split: str, quick: str, best: str
) -> tuple[Predictions, Predictions]:
    """Return what both models say of the real documents of a split."""
    first, second = (said[name, split].where(lambda d: d.origin == "real") for name in (quick, best))
    return first, second


def cascade(quick: Predictions, best: Predictions, threshold: float) -> Cascade:
    """Ask the second model about windows in which the first is less sure of a sentence than the threshold."""
    asked = unsure_windows(quick, threshold)
    probabilities = np.where(asked[:, None], best.probabilities, quick.probabilities)
    metrics = all_metrics(quick.truth, probabilities)
    return Cascade(float(asked.mean()), metrics["macro_f1"], metrics["expected_calibration_error"])


def unsure_windows(predictions: Predictions, threshold: float) -> npt.NDArray[np.bool_]:
    """Tell of each sentence whether its window has one whose probability is below a threshold."""
    unsure = predictions.probabilities.max(axis=1) < threshold
    places = np.concatenate([np.arange(count) for count in np.bincount(predictions.documents)])
    windows = predictions.documents * 10_000 + places // WINDOW
    asked = {window for window, one in zip(windows, unsure, strict=True) if one}
    return np.array([window in asked for window in windows], dtype=bool)


if __name__ == "__main__":
    main()

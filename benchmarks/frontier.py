#!/usr/bin/env python3
"""Accuracy against speed, of several models and of a cascade of two: ``results/frontier.md``.

    HEDGE_TEXTS=FOLDER python benchmarks/frontier.py --pool TEXTS.jsonl[.gz] MODEL …

Models are named from the quickest to the best; the cascade asks the first, and the last only about windows in which the
first is not sure of a sentence. Its threshold is the one that is quickest on validation text without a loss of
macro-F1 there. Rounds are run in turns over the models; medians are reported.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Sequence
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
from hedge.reading import Article, read
from hedge.segmentation import SegmentedText
from hedge.segmentation.sentences import segment_article

mpl.use("agg")
from matplotlib import pyplot as plt

from options import benchmark_parser, whole_corpus

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
    rates = in_turns(classifiers, pool(options.pool))
    splits = {name: corpus.split(name) for name in ("validation", "test")}
    said = {
        (name, split): Predictions.of(classifier, part)
        for name, classifier in classifiers.items()
        for split, part in splits.items()
    }
    table = Table("model", "sentences/s", "validation, real", "test, real", "test, written", box=box.MARKDOWN)
    points = {}
    for name in classifiers:
        scores = [f1(said[name, "validation"], "real"), *(f1(said[name, "test"], part) for part in ("real", "written"))]
        points[name] = (rates[name], scores[1])
        table.add_row(name, f"{rates[name]:,.0f}", *(f"{score:.3f}" for score in scores))
    draw(points, options.output.with_suffix(".png"))
    sections = [
        "# Accuracy and speed\n",
        made_by("benchmarks/frontier.py", corpus, "onnxruntime", "numpy"),
        f"## Models\n\nMacro-F1; the labels of {SENTENCES:,} sentences of news a round, segmentation left out.\n\n"
        f"{markdown_table(table)}\n\n![Macro-F1 against sentences per second]({options.output.stem}.png)\n",
    ]
    if len(classifiers) > 1:
        quick, *_, best = classifiers
        cascade = cascade_table(said, rates, quick, best)
        sections.append(
            f"## A cascade of {quick} and {best}, on real validation text\n\nThe rate is what follows from the two "
            "rates and the share of windows that the better model reads.\n\n" + markdown_table(cascade) + "\n"
        )
    options.output.write_text("\n".join(sections), encoding="utf-8")
    print("\n".join(sections))


def pool(paths: Iterable[Path]) -> list[SegmentedText]:
    """Return the first documents with so many sentences, segmented."""
    documents: list[SegmentedText] = []
    for path in paths:
        for article in read(path):
            if isinstance(article, Article):
                documents.append(segment_article(article))
            if sum(len(document.spans) for document in documents) >= SENTENCES:
                return documents
    return documents


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


def cascade_table(said: dict[tuple[str, str], Predictions], rates: dict[str, float], quick: str, best: str) -> Table:
    """Lay out what a cascade would give at each threshold."""
    table = Table("threshold", "windows read by both", "macro-F1", "ECE", "sentences/s", box=box.MARKDOWN)
    real = [said[name, "validation"].where(lambda d: d.origin == "real") for name in (quick, best)]
    for threshold in (0.0, *THRESHOLDS, 1.01):
        asked = unsure_windows(real[0], threshold)
        probabilities = np.where(asked[:, None], real[1].probabilities, real[0].probabilities)
        metrics = all_metrics(real[0].truth, probabilities)
        rate = 1 / (1 / rates[quick] + asked.mean() / rates[best])
        cells = (f"{asked.mean():.0%}", f"{metrics['macro_f1']:.3f}", f"{metrics['expected_calibration_error']:.3f}")
        table.add_row(f"{threshold:.2f}", *cells, f"{rate:,.0f}")
    return table


def unsure_windows(predictions: Predictions, threshold: float) -> npt.NDArray[np.bool_]:
    """Tell of each sentence whether its window has one whose probability is below a threshold."""
    unsure = predictions.probabilities.max(axis=1) < threshold
    places = np.concatenate([np.arange(count) for count in np.bincount(predictions.documents)])
    windows = predictions.documents * 10_000 + places // WINDOW
    asked = {window for window, one in zip(windows, unsure, strict=True) if one}
    return np.array([window in asked for window in windows], dtype=bool)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Whether probabilities mean something, also in genres that were never seen: ``results/calibration.md``.

    HEDGE_TEXTS=FOLDER python benchmarks/calibration.py --base ENCODER_FOLDER

The shipped model is measured on the test split. For text out of its domain, an encoder is fine-tuned without a genre,
calibrated on validation text without it, and measured on all documents of the genre. What those say is
kept under ``--runs``.
"""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich import box
from rich.table import Table

import hedge
from environment import made_by
from hedge.annotations import Corpus
from hedge.evaluation.plots import plot
from hedge.evaluation.predictions import Predictions
from hedge.evaluation.report import Group, evaluate
from hedge.output.markdown_table import markdown_table
from hedge.training.encoder.settings import EncoderSettings
from hedge.training.run import train_encoder
from kept import kept_arrays
from options import benchmark_parser, whole_corpus

GENRES = ("government blog", "political speech", "economics and technology essay")
COLUMNS = {
    "macro-F1": "macro_f1",
    "accuracy": "accuracy",
    "ECE": "expected_calibration_error",
    "floor": "calibration_noise_floor",
    "acc. at 80 %": "accuracy_at_80%_coverage",
}


def main() -> None:
    """Run the benchmark."""
    parser = benchmark_parser(__doc__, "calibration.md")
    parser.add_argument("--base", type=Path, required=True, help="folder of the encoder, as transformers writes it")
    parser.add_argument("--model", default="default", help="the shipped model")
    parser.add_argument("--runs", type=Path, default=Path("build/calibration"))
    options = parser.parse_args()
    corpus = whole_corpus(options)
    shipped = Predictions.of(hedge.load(options.model), corpus.split("test"))
    real = shipped.where(lambda document: document.origin == "real")
    inside = table("text")
    for group in evaluate(shipped).groups:
        if group.name in {"real", "written"}:
            add(inside, f"{group.name}, test split", group)
    outside = table("genre left out")
    for genre in GENRES:
        part = corpus.filter(lambda document, genre=genre: document.genre == genre)  # type: ignore[misc]
        arrays = kept_arrays(
            options.runs,
            corpus,
            genre,
            partial(without, genre, corpus, options.base),
            options.base.name,
            EncoderSettings(),
        )
        add(outside, genre, evaluate(Predictions.from_probabilities(arrays["probabilities"], part)).groups[0])
    text = "\n".join(
        [
            "# Calibration\n",
            made_by("benchmarks/calibration.py", corpus, "torch", "transformers", "onnxruntime"),
            f"## The shipped model\n\n{markdown_table(inside)}\n",
            pictures(real, options.output.parent),
            f"## Genres that were left out of training\n\n{markdown_table(outside)}\n",
            READING,
        ]
    )
    options.output.write_text(text, encoding="utf-8")
    print(text)


READING = """\
ECE is the expected calibration error (15 bins of equal mass), with its 95 % bootstrap interval over documents; the
floor is what perfect probabilities would show by chance with so many sentences. The last column is the accuracy of the
most certain 80 % of the answers. A genre that is left out is in neither the training nor the validation text of the
model that is measured on it (a fine-tune as `hedge train --model encoder` makes it, without teachers).
"""


def without(genre: str, corpus: Corpus, base: Path) -> dict[str, npt.NDArray[np.float64]]:
    """Train without a genre, and return the probabilities of its sentences."""
    part = corpus.filter(lambda document: document.genre == genre)
    rest = corpus.filter(lambda document: document.genre != genre)
    with tempfile.TemporaryDirectory() as folder:
        classifier = train_encoder(rest, base, Path(folder))
        return {"probabilities": Predictions.of(classifier, part).probabilities}


def table(first: str) -> Table:
    """Return a table without rows."""
    return Table(first, "documents", "sentences", *COLUMNS, box=box.MARKDOWN)


def add(rows: Table, name: str, group: Group) -> None:
    """Add the row of a group."""
    cells = [f"{group.metrics[key]:.3f}" for key in COLUMNS.values()]
    low, high = group.intervals["expected_calibration_error"]
    cells[list(COLUMNS).index("ECE")] += f" ({low:.3f}–{high:.3f})"
    rows.add_row(name, str(group.documents), f"{group.sentences:,}", *cells)


def pictures(predictions: Predictions, folder: Path) -> str:
    """Draw reliability and risk-coverage, and return how Markdown shows them."""
    with tempfile.TemporaryDirectory() as drawn:
        shown = []
        for file in plot(predictions, drawn)[1:]:
            kept = folder / f"calibration_{file.name}"
            kept.write_bytes(file.read_bytes())
            shown.append(f"![{file.stem.replace('_', '-')}, test split, real text]({kept.name})")
    return "\n".join(shown) + "\n"


if __name__ == "__main__":
    main()

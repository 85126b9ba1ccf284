#!/usr/bin/env python3
"""What the parts of the corpus are worth: ``results/training_data.md``.

    HEDGE_TEXTS=FOLDER python benchmarks/training_data.py --base ENCODER_FOLDER

Trains the linear model and a plain fine-tune of an encoder on the documents that came first, on real text, on written
text and on all of it, and prints macro-F1 on the real and the written part of the one test split. The learning curve,
on ever larger parts of the training documents, is measured on real validation text. Every run's probabilities are kept
under ``--runs`` by the hash of the corpus, so that a benchmark that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich import box
from rich.table import Table
from scipy.special import softmax

from environment import made_by
from fine_tune import Settings, fine_tune
from hedge.annotations import AnnotatedDocument, Corpus
from hedge.evaluation.metrics import all_metrics
from hedge.evaluation.predictions import Predictions
from hedge.labels import Label
from hedge.output.markdown_table import markdown_table
from hedge.training.linear import fit_linear
from kept import kept_arrays
from options import benchmark_parser, whole_corpus

ALL = "all"
FRACTIONS = (8, 4, 2)
"""The learning curve's points: a training set of one document in so many; the last point is all of them."""
ENCODER, LINEAR = "MiniLM-L6, fine-tuned", "linear"
Probabilities = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Run:
    """A model trained on some documents with some seed, and what it says of a split."""

    system: str
    training: str
    seed: int
    documents: Corpus = field(compare=False)

    def __str__(self) -> str:
        return f"{self.system}, {self.training}, {self.seed}"


def main() -> None:
    """Run the benchmark."""
    parser = benchmark_parser(__doc__, "training_data.md")
    parser.add_argument("--base", type=Path, required=True, help="folder of the encoder, as transformers writes it")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--runs", type=Path, default=Path("build/training_data"))
    options = parser.parse_args()
    corpus = whole_corpus(options)
    splits = {name: corpus.split(name) for name in ("validation", "test")}
    results: dict[Run, dict[str, Predictions]] = {}
    for run in sorted(runs(corpus.split("train"), options.seeds), key=lambda run: run.seed):
        arrays = kept_arrays(
            options.runs, corpus, str(run), partial(predict, run, options.base, splits), options.base.name
        )
        results[run] = {name: Predictions.from_probabilities(arrays[name], split) for name, split in splits.items()}
    text = "\n".join(
        [
            "# What the parts of the corpus are worth\n",
            made_by(
                "benchmarks/training_data.py", corpus, "scikit-learn", "torch", "transformers", "accelerate", "datasets"
            ),
            *sections(results),
            READING,
        ]
    )
    options.output.write_text(text, encoding="utf-8")
    print(text)


READING = f"""\
Macro-F1 is the mean over the four labels, on all sentences, those that state nothing included: mean over seeds, ± their
standard deviation. The linear model's fit is the same for any seed. *First documents* are those with which the corpus
began (the earliest `added`), *real* and *written* leave the founding articles out, *all* is the whole training split.
{ENCODER} is `benchmarks/fine_tune.py`: sentences alone, {Settings().epochs} epochs or {Settings().least_steps}
batches of {Settings().batch_size}, whichever is more, learning rate {Settings().learning_rate:g}, as chosen on
validation text. Its base is sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0). Drawn documents are *enriched* if they
were picked for the hedges or quotations in them: they are no sample of anything. The smaller training sets of the
learning curve are drawn anew for each seed, each within the next larger one, origins in proportion.
"""


def runs(training: Corpus, seeds: int) -> Iterator[Run]:
    """Yield every run that the tables need."""
    began = min(document.added or "" for document in training.documents)
    parts: dict[str, Callable[[AnnotatedDocument], bool]] = {
        "first documents": lambda document: document.added == began,
        "real": lambda document: document.origin == "real",
        "written": lambda document: document.origin == "written",
        ALL: lambda document: True,
    }
    for name, keep in parts.items():
        yield Run(LINEAR, name, 0, training.filter(keep))
        for seed in range(seeds):
            yield Run(ENCODER, name, seed, training.filter(keep))
    for seed in range(seeds):
        for fraction in FRACTIONS:
            chosen = some_documents(training, fraction, seed)
            yield Run(ENCODER, f"1/{fraction}", seed, training.filter(lambda d, chosen=chosen: d.id in chosen))  # type: ignore[misc]


def some_documents(corpus: Corpus, fraction: int, seed: int) -> set[str]:
    """Choose one document in so many of each origin; fewer are always among more of the same seed."""
    generator = random.Random(seed)  # noqa: S311
    chosen: set[str] = set()
    for origin in sorted({document.origin for document in corpus.documents}):
        ids = [document.id for document in corpus.documents if document.origin == origin]
        generator.shuffle(ids)
        chosen.update(ids[: max(1, round(len(ids) / fraction))])
    return chosen


def predict(run: Run, base: Path, splits: dict[str, Corpus]) -> dict[str, Probabilities]:
    """Train a run's model and return what it says of each split."""
    if run.system == ENCODER:
        model = fine_tune(base, run.documents, run.seed)
        return {name: model.probabilities(split) for name, split in splits.items()}
    linear = fit_linear(run.documents)
    return {
        name: softmax(
            np.concatenate(list(linear.logits(d.segmented for d in split.documents))).astype(np.float64), axis=1
        )
        for name, split in splits.items()
    }


def sections(results: dict[Run, dict[str, Predictions]]) -> Iterator[str]:
    """Yield the tables."""
    for origin in ("real", "written"):
        yield f"## Test split, {origin} text\n\n{markdown_table(by_training(results, origin))}\n"
    yield f"## Test split, real text, by how it was chosen\n\n{markdown_table(by_drawing(results))}\n"
    yield f"## Learning curve, {ENCODER}, real validation text\n\n{markdown_table(curve(results))}\n"


def by_training(results: dict[Run, dict[str, Predictions]], origin: str) -> Table:
    """Lay out a row for every system and training set, measured on one part of the test split."""
    columns = ("macro-F1", *(f"F1 {label}" for label in Label))
    table = Table("system", "trained on", "sentences", *columns, box=box.MARKDOWN)
    for system in (LINEAR, ENCODER):
        names = {run.training: run for run in results if run.system == system and "/" not in run.training}
        for name, some in names.items():
            found = [
                metrics(predictions["test"], lambda document: document.origin == origin)
                for run, predictions in results.items()
                if (run.system, run.training) == (system, name)
            ]
            values = (mean_and_deviation(one[key] for one in found) for key in KEYS)
            table.add_row(system, name, f"{sentences(some):,}", *values)
    return table


def by_drawing(results: dict[Run, dict[str, Predictions]]) -> Table:
    """Lay out how well the models trained on everything do on first, random and enriched documents."""
    table = Table("system", "first documents", "drawn at random", "enriched", box=box.MARKDOWN)
    kinds: tuple[Callable[[AnnotatedDocument], bool], ...] = (
        lambda document: document.drawn is None,
        lambda document: document.drawn == "random",
        lambda document: (document.drawn or "").startswith("enriched"),
    )
    for system in (LINEAR, ENCODER):
        chosen = [p["test"] for run, p in results.items() if (run.system, run.training) == (system, ALL)]
        cells = []
        for kind in kinds:
            found = [metrics(p, lambda d, kind=kind: d.origin == "real" and kind(d)) for p in chosen]  # type: ignore[misc]
            cells.append(mean_and_deviation(one[KEYS[0]] for one in found))
        table.add_row(system, *cells)
    return table


def curve(results: dict[Run, dict[str, Predictions]]) -> Table:
    """Lay out the learning curve."""
    table = Table("part", "documents", "sentences", "macro-F1", *(f"F1 {label}" for label in Label), box=box.MARKDOWN)
    for name in (*(f"1/{fraction}" for fraction in FRACTIONS), ALL):
        chosen = {run: p for run, p in results.items() if (run.system, run.training) == (ENCODER, name)}
        found = [metrics(p["validation"], lambda document: document.origin == "real") for p in chosen.values()]
        values = (mean_and_deviation(one[key] for one in found) for key in KEYS)
        size = np.mean([sentences(run) for run in chosen])
        count = np.mean([len(run.documents.documents) for run in chosen])
        table.add_row(name, f"{count:.0f}", f"{size:,.0f}", *values)
    return table


KEYS = ("macro_f1", *(f"f1_{label.value}" for label in Label))


def metrics(predictions: Predictions, keep: Callable[[AnnotatedDocument], bool]) -> dict[str, float]:
    """Measure on the documents for which ``keep`` holds."""
    part = predictions.where(keep)
    return all_metrics(part.truth, part.probabilities)


def sentences(run: Run) -> int:
    """Count the sentences that a run was trained on."""
    return sum(len(document.sentences) for document in run.documents.documents)


def mean_and_deviation(values: Iterable[float]) -> str:
    """Write the mean of some runs, with their standard deviation if there are several."""
    found = list(values)
    spread = f" ± {np.std(found, ddof=1):.3f}" if len(found) > 1 else ""
    return f"{np.mean(found):.3f}{spread}"


if __name__ == "__main__":
    main()

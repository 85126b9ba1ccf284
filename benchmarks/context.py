#!/usr/bin/env python3
"""Whether an encoder that reads a sentence's context does better than one that does not: ``results/context.md``.

    HEDGE_TEXTS=FOLDER python benchmarks/context.py --base ENCODER_FOLDER

Trains the two-headed network in every way and with every seed on the training split, and measures on the validation
split. What a run says is kept under ``--runs``; a benchmark that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rich import box
from rich.table import Table

from environment import made_by
from hedge.annotations import AnnotatedSentence, Corpus
from hedge.classifier import Classifier
from hedge.evaluation.behaviour import load_cases, run_cases
from hedge.evaluation.metrics import all_metrics, one_hot
from hedge.evaluation.predictions import logits_of
from hedge.labels import CueKind, Label
from hedge.models import Manifest
from hedge.output.markdown_table import markdown_table
from hedge.training.encoder.fit import fit_encoder
from hedge.training.encoder.settings import EncoderSettings
from hedge.training.encoder.torch_model import in_torch, tokenizer_and_windows
from kept import kept_arrays
from options import benchmark_parser, whole_corpus

QUOTATION = "quotation"
"""The family of behaviour cases that asks whether a quotation is noticed that goes on over sentences."""
LATER = ", marks at run time only"
Arrays = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Way:
    """A way to show the network a sentence."""

    name: str
    settings: EncoderSettings


PLAIN = EncoderSettings(quotation_marks=False)
WAYS = (
    Way("sentence alone", replace(PLAIN, sentences=1)),
    Way("previous sentence and sentence", replace(PLAIN, sentences=2)),
    Way("windows of 96 tokens, without overlap", PLAIN),
    Way("windows of 128 tokens", replace(PLAIN, window=128, overlap=2, training_windows=(0, 64, 128))),
    Way("windows of 256 tokens", replace(PLAIN, window=256, overlap=2, training_windows=(0, 64, 128, 256))),
    Way("windows of 96 tokens, marks where a quotation goes on", EncoderSettings()),
)


def main() -> None:
    """Run the benchmark."""
    parser = benchmark_parser(__doc__, "context.md")
    parser.add_argument("--base", type=Path, required=True, help="folder of the encoder, as transformers writes it")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--runs", type=Path, default=Path("build/context"))
    options = parser.parse_args()
    corpus = whole_corpus(options)
    runs: dict[str, list[Arrays]] = {}
    for seed in range(options.seeds):
        for way in WAYS:
            make = partial(predict, way, corpus, options.base, seed)
            name = f"{way.name}, {seed}"
            arrays = kept_arrays(options.runs, corpus, name, make, options.base.name, way.settings)
            runs.setdefault(way.name, []).append(arrays)
            if way.settings == PLAIN:
                later = {name: arrays[f"{name}{LATER}"] for name in ("logits", "quotation")}
                runs.setdefault(f"{way.name}{LATER}", []).append(later)
    validation = corpus.split("validation")
    text = "\n".join(
        [
            "# What context is worth\n",
            made_by("benchmarks/context.py", corpus, "torch", "transformers", "accelerate"),
            f"## Validation split, real text\n\n{markdown_table(table(runs, validation, 'real'))}\n",
            f"## Validation split, written text\n\n{markdown_table(table(runs, validation, 'written'))}\n",
            READING,
        ]
    )
    options.output.write_text(text, encoding="utf-8")
    print(text)


READING = """\
Mean over seeds, ± half of what lies between the lowest and the highest. All ways train the same two-headed network on
MiniLM-L6 (sentence-transformers/all-MiniLM-L6-v2, Apache-2.0) for the same number of epochs and stop at the best
macro-F1 on real validation text, on which the table is made: it is to choose by, not to quote. *Bare reports* are
sentences that are a report only through their context: no attribution and no source is marked in them; the column
gives the part of them that is found. *Quotation cases* are the behaviour cases of that family; the column, the same in
both tables, gives the part that passes. It was chosen by, too, since in the validation split too few sentences begin
inside a quotation: sentences that were given. In running text a quotation is only split between paragraphs.

The shipped model and its teachers read marks where a quotation goes on; it reads windows of 96 tokens without overlap.
"""


def predict(way: Way, corpus: Corpus, base: Path, seed: int) -> Arrays:
    """Train in one way; return logits of the validation split, and which behaviour cases of quotations pass.

    Both also as they are with marks where quotations go on, though it was trained without.
    """
    with tempfile.TemporaryDirectory() as folder:
        model = in_torch(*fit_encoder(corpus, base, way.settings, Path(folder), seed=seed))
    _, marking = tokenizer_and_windows(base, replace(way.settings, quotation_marks=True))
    marked = replace(model, settings=marking)
    cases = [case for case in load_cases() if case.family == QUOTATION]
    found: Arrays = {}
    for name, reader in (("", model), (LATER, marked)):
        outcomes = run_cases(Classifier(reader, Manifest(reader.kind, "", 1.0, {}, {}, {}), way.name), cases)
        found[f"logits{name}"] = logits_of(reader, corpus.split("validation"))
        found[f"quotation{name}"] = np.array([outcome.passed for outcome in outcomes])
    return found


def table(runs: dict[str, list[Arrays]], validation: Corpus, origin: str) -> Table:
    """Lay out a row for each way."""
    of_origin = np.array([d.origin == origin for d in validation.documents for _ in d.sentences])
    truth = np.array([sentence.class_index for sentence in validation.sentences])
    bare = np.array([is_bare_report(sentence) for sentence in validation.sentences]) & of_origin
    columns = ("macro-F1", *(f"F1 {label}" for label in Label), f"bare reports ({bare.sum()})", "quotation cases")
    rows = Table("the network reads", *columns, box=box.MARKDOWN)
    for name, of_way in runs.items():
        guesses = [run["logits"].argmax(axis=1) for run in of_way]
        found = [all_metrics(truth[of_origin], one_hot(guess[of_origin])) for guess in guesses]
        values = [mean_and_range(one[key] for one in found) for key in KEYS]
        recall = mean_and_range((guess[bare] == truth[bare]).mean() for guess in guesses)
        rows.add_row(name, *values, recall, mean_and_range(run["quotation"].mean() for run in of_way))
    return rows


KEYS = ("macro_f1", *(f"f1_{label.value}" for label in Label))


def is_bare_report(sentence: AnnotatedSentence) -> bool:
    """Tell whether nothing in a report says that it is one."""
    attributed = any(cue.kind is CueKind.ATTRIBUTION for cue in sentence.cues)
    return sentence.label is Label.REPORT and not attributed and sentence.source is None


def mean_and_range(values: Iterable[float]) -> str:
    """Write the mean of some runs, and half of their range."""
    found = list(values)
    return f"{np.mean(found):.3f} ± {np.ptp(found) / 2:.3f}"


if __name__ == "__main__":
    main()

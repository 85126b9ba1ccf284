#!/usr/bin/env python3
"""Whether the additions to the training split helped, round by round: ``results/rounds.md``.

    HEDGE_TEXTS=FOLDER python benchmarks/rounds.py --base ENCODER_FOLDER

Trains the two-headed network, sentences alone and without teachers, on the training split as it was before and after
each round of additions, and measures on the validation split. What the runs say is kept under ``--runs``.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from rich import box
from rich.table import Table

from context import WAYS, mean_and_range, predict
from environment import made_by
from hedge.annotations import Corpus
from hedge.calibration import probabilities
from hedge.evaluation.comparison import paired_difference
from hedge.evaluation.metrics import all_metrics
from hedge.evaluation.predictions import Predictions
from hedge.labels import Label
from hedge.output.markdown_table import markdown_table
from kept import kept_arrays
from options import benchmark_parser, whole_corpus

ALONE = WAYS[0]
ROUNDS = {
    0: "before",
    1: "1: excerpts of blogs, columns, speeches, interviews and news",
    2: "2: written articles with the writer's and other people's judgements side by side",
    3: "3: written articles with forecasts and questions that nothing marks",
    4: "4: written articles with denials of evidence beside reported ones",
    5: "5: excerpts of real text, drawn at random or by a model's doubt",
    6: "6: written articles with facts full of modal words, acts of speech and flat forecasts",
}


def main() -> None:
    """Run the benchmark."""
    parser = benchmark_parser(__doc__, "rounds.md")
    parser.add_argument("--base", type=Path, required=True, help="folder of the encoder, as transformers writes it")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--runs", type=Path, default=Path("build/rounds"))
    options = parser.parse_args()
    corpus = whole_corpus(options)
    validation = corpus.split("validation")
    said: dict[int, list[Predictions]] = {}
    for number in ROUNDS:
        part = corpus.filter(lambda document, number=number: (document.round or 0) <= number)  # type: ignore[misc]
        for seed in range(options.seeds):
            make = partial(predict, ALONE, part, options.base, seed)
            logits = kept_arrays(options.runs, part, str(seed), make, options.base.name, ALONE.settings)["logits"]
            said.setdefault(number, []).append(Predictions.from_probabilities(probabilities(logits), validation))
    sections = [
        f"## Validation split, {origin} text\n\n{markdown_table(table(corpus, said, origin))}\n"
        for origin in ("real", "written")
    ]
    text = "\n".join(
        [
            "# What each round of additions was worth\n",
            made_by("benchmarks/rounds.py", corpus, "torch", "transformers", "accelerate"),
            *sections,
            f"Seeds: {options.seeds}. {READING}",
        ]
    )
    options.output.write_text(text, encoding="utf-8")
    print(text)


READING = """\
Mean over seeds, ± half of what lies between the lowest and the highest. The gain is of the macro-F1 of the seeds' mean
probabilities over the round before, with the 95 % interval of a paired bootstrap over documents. Training stops at the
best macro-F1 on real validation text.
"""


def table(corpus: Corpus, said: dict[int, list[Predictions]], origin: str) -> Table:
    """Lay out a row for each round."""
    labels = (Label.SPECULATION, Label.OPINION)
    rows = Table(
        *("round", "training sentences", "macro-F1", *(f"F1 {label}" for label in labels), "gain"), box=box.MARKDOWN
    )
    before = None
    for number, runs in said.items():
        parts = [run.where(lambda document: document.origin == origin) for run in runs]
        found = [all_metrics(part.truth, part.probabilities) for part in parts]
        scores = [mean_and_range(one[key] for one in found) for key in ("macro_f1", *(f"f1_{x.value}" for x in labels))]
        mean = Predictions(
            *(parts[0].truth, np.mean([part.probabilities for part in parts], axis=0)),
            *(parts[0].documents, parts[0].records),
        )
        gain = ""
        if before:
            difference = paired_difference(before, mean)
            gain = f"{difference.value:+.3f} ({difference.low:+.3f} to {difference.high:+.3f})"
        count = sum(len(d.sentences) for d in corpus.documents if d.split == "train" and (d.round or 0) <= number)
        rows.add_row(ROUNDS[number], f"{count:,}", *scores, gain)
        before = mean
    return rows


if __name__ == "__main__":
    main()

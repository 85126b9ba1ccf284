#!/usr/bin/env python3
"""What teachers know and what their students kept of it, label by label: ``results/distillation.md``.

    HEDGE_TEXTS=FOLDER python benchmarks/distillation.py --base MPNET_FOLDER --teachers FOLDER … --students FOLDER …

Teachers are the folders that ``scripts/make_model.py`` leaves in its work folder; students are models. Each is measured
on the test split. What teachers say is kept under ``--runs``.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich import box
from rich.table import Table

import hedge
from environment import made_by
from hedge.annotations import Corpus
from hedge.calibration import probabilities
from hedge.evaluation.comparison import paired_difference
from hedge.evaluation.metrics import all_metrics
from hedge.evaluation.predictions import Predictions
from hedge.labels import Label
from hedge.output.markdown_table import markdown_table
from hedge.training.encoder.distil import TEACHER, load_teacher
from kept import kept_arrays
from options import benchmark_parser, whole_corpus


def main() -> None:
    """Run the benchmark."""
    parser = benchmark_parser(__doc__, "distillation.md")
    parser.add_argument("--base", type=Path, required=True, help="folder of the encoder that the teachers began from")
    parser.add_argument("--teachers", type=Path, nargs="+", required=True)
    parser.add_argument("--students", type=Path, nargs="+", default=[Path("models/default")])
    parser.add_argument("--runs", type=Path, default=Path("build/distillation"))
    options = parser.parse_args()
    corpus = whole_corpus(options)
    test = corpus.split("test")
    taught = [
        kept_arrays(options.runs, corpus, folder.name, partial(ask, folder, options.base, test), folder.resolve())[
            "probabilities"
        ]
        for folder in options.teachers
    ]
    systems = {
        f"{folder.name}, {options.base.name}": rows for folder, rows in zip(options.teachers, taught, strict=True)
    }
    if len(taught) > 1:
        systems["teachers, mean"] = np.mean(taught, axis=0)
    said = {name: Predictions.from_probabilities(rows, test) for name, rows in systems.items()}
    best = next(reversed(said.values()))
    students = {folder.name: Predictions.of(hedge.load(folder), test) for folder in options.students}
    sections = [
        f"## Test split, {origin} text\n\n{markdown_table(table(said | students, best, origin))}\n"
        for origin in ("real", "written")
    ]
    text = "\n".join(
        [
            "# Teachers and students\n",
            made_by("benchmarks/distillation.py", corpus, "torch", "transformers", "onnxruntime"),
            *sections,
            READING,
        ]
    )
    options.output.write_text(text, encoding="utf-8")
    print(text)


READING = """\
Teachers run in bf16, students as they are shipped (int8). The last column is the macro-F1 less that of the teachers'
mean, with the 95 % interval of a paired bootstrap over documents. Nothing was chosen on this split.
"""


def ask(folder: Path, base: Path, corpus: Corpus) -> dict[str, npt.NDArray[np.float64]]:
    """Return what a teacher says of all sentences."""
    answers = load_teacher(folder, base, TEACHER).answers(document.segmented for document in corpus.documents)
    return {"probabilities": np.concatenate([probabilities(answer.logits) for answer in answers])}


def table(said: dict[str, Predictions], best: Predictions, origin: str) -> Table:
    """Lay out a row for each system."""
    keys = {"macro-F1": "macro_f1", "accuracy": "accuracy", **{f"F1 {label}": f"f1_{label.value}" for label in Label}}
    rows = Table("system", *keys, "less than the teachers", box=box.MARKDOWN)

    def part(predictions: Predictions) -> Predictions:
        return predictions.where(lambda document: document.origin == origin)

    for name, predictions in said.items():
        found = all_metrics(part(predictions).truth, part(predictions).probabilities)
        less = ""
        if predictions is not best:
            difference = paired_difference(part(best), part(predictions))
            less = f"{difference.value:+.3f} ({difference.low:+.3f} to {difference.high:+.3f})"
        rows.add_row(name, *(f"{found[key]:.3f}" for key in keys.values()), less)
    return rows


if __name__ == "__main__":
    main()

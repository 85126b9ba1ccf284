#!/usr/bin/env python3
"""hedge beside what else there is, in one run on one machine: ``results/peers.md``.

    HEDGE_TEXTS=FOLDER python benchmarks/peers.py --bases FOLDER --pool TEXTS.jsonl[.gz] …

Every system is trained on the training split, and works in a process of its own; rounds are run in turns over the
systems, and medians reported. What was trained is kept under ``--work``, by the hash of the corpus. Needs, beside the
``train`` extra: model2vec, setfit, textblob.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from rich import box
from rich.table import Table

from environment import made_by
from hedge.annotations import Corpus
from hedge.evaluation.metrics import all_metrics, calibration_noise_floor
from hedge.evaluation.predictions import Predictions
from hedge.output.markdown_table import markdown_table
from hedge.whole import written_whole
from options import benchmark_parser, whole_corpus
from systems import ROUNDS, SYSTEMS, Pipeline, SetFit, System
from unlabelled import first_documents

SENTENCES = 2000
"""How many of the pool are labelled in a round."""
FOUNDING = "founding"
PROGRAM = Path(__file__).with_name("systems.py")


def main() -> None:
    """Run the benchmark."""
    parser = benchmark_parser(__doc__, "peers.md")
    parser.add_argument("--bases", type=Path, required=True, help="folder of all-MiniLM-L6-v2 and potion-base-8M")
    parser.add_argument("--pool", type=Path, nargs="+", required=True, help="texts for the throughput")
    parser.add_argument("--work", type=Path, default=Path("build/peers"))
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    options = parser.parse_args()
    corpus = whole_corpus(options)
    work = options.work / corpus.sha256[:12]
    systems = [SYSTEMS[name] for name in options.systems]
    for system in systems:
        trained(system, corpus, options.bases, work)
    test, founding = corpus.split("test"), corpus.filter(lambda document: document.origin == FOUNDING)
    rows = [(system, answers(system, test, work), answers(system, founding, work, "--founding")) for system in systems]
    accuracy = markdown_table(accuracy_table(rows))
    texts = [document.sentences for document in first_documents(options.pool, SENTENCES)]
    speed = markdown_table(speed_table(in_turns(systems, texts, work)))
    text = "\n".join(
        [
            "# hedge and its peers\n",
            made_by("benchmarks/peers.py", corpus, "torch", "transformers", "onnxruntime", "setfit", "model2vec"),
            f"## Test split\n\n{accuracy}\n",
            f"## At work, medians of {ROUNDS} rounds in turns\n\n{speed}\n",
            READING.replace("{founding}", str(sum(len(document.sentences) for document in founding.documents))),
        ]
    )
    options.output.write_text(text, encoding="utf-8")
    print(text)


READING = f"""\
All but the last were trained on the same documents: the training split without the two founding articles and their
retellings. The default model, which is shipped, learnt from these as well, and from what teachers say of them and of
unlabelled text; *without teachers* is a network of its kind, not narrowed, without all that. SetFit learns from
{SetFit.steps * SetFit.batch:,} pairs, and its head from all sentences. All run as their users run them, with all
cores. The calibration error (ECE, 15 bins of equal mass, real text) stands beside its noise floor; systems that give no
probabilities have none.
Sentences per second are of {SENTENCES:,} sentences of unlabelled news after a first answer; ratios are to the
transformers pipeline. Start-up is from the start of the process to the first answer; memory is the peak of the process.
TextBlob and the majority class never say some of the labels. No system that answers for the two founding articles has
learnt from them: there the model without teachers stands in for the default. With so few sentences ({{founding}}) it is
an anecdote.
"""


def trained(system: type[System], corpus: Corpus, bases: Path, work: Path) -> None:
    """Train a system without the founding articles, unless it was."""
    folder = system.folder(work)
    if folder.exists():
        return
    began = time.monotonic()
    unseen = corpus.filter(lambda document: FOUNDING not in (document.origin, document.retells))
    with written_whole(folder) as aside:
        aside.mkdir()
        system.train(unseen, bases, aside)
    print(f"{system.name}: trained in {time.monotonic() - began:.0f} s", flush=True)


def call(system: type[System], documents: list[list[str]], work: Path, *options: str) -> str:
    """Run a system in a process of its own; what it prints is returned."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "documents.json"
        file.write_text(json.dumps(documents), encoding="utf-8")
        command = [sys.executable, str(PROGRAM), system.name, str(system.folder(work)), str(file)]
        began = ["--began", str(time.time())]
        done = subprocess.run([*command, *began, *options], check=True, capture_output=True, text=True)
    return done.stdout


def answers(system: type[System], corpus: Corpus, work: Path, *options: str) -> Predictions:
    """Return what a system says of annotated documents."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "answers.npz"
        documents = [list(document.segmented.sentences) for document in corpus.documents]
        call(system, documents, work, "--output", str(output), *options)
        with np.load(output) as arrays:
            return Predictions.from_probabilities(arrays["probabilities"], corpus)


def in_turns(
    systems: list[type[System]], documents: list[list[str]], work: Path
) -> dict[type[System], list[dict[str, float]]]:
    """Measure every system, round after round."""
    found: dict[type[System], list[dict[str, float]]] = {system: [] for system in systems}
    for _ in range(ROUNDS):
        for system, measured in found.items():
            measured.append(json.loads(call(system, documents, work).splitlines()[-1]))
    return found


def accuracy_table(rows: Iterable[tuple[type[System], Predictions, Predictions]]) -> Table:
    """Lay out macro-F1 and calibration."""
    columns = ("macro-F1, real", "macro-F1, written", "macro-F1, founding", "ECE", "ECE floor")
    table = Table("system", *columns, box=box.MARKDOWN)
    for system, predictions, founding in rows:
        parts = {name: predictions.where(lambda d, name=name: d.origin == name) for name in ("real", "written")}  # type: ignore[misc]
        found = {name: all_metrics(part.truth, part.probabilities) for name, part in parts.items()}
        calibration = ["–", "–"]
        if system.probabilistic:
            floor = calibration_noise_floor(parts["real"].probabilities)
            calibration = [f"{found['real']['expected_calibration_error']:.3f}", f"{floor:.3f}"]
        found[FOUNDING] = all_metrics(founding.truth, founding.probabilities)
        scores = [f"{one['macro_f1']:.3f}" for one in found.values()]
        table.add_row(system.name, *scores, *calibration)
    return table


def speed_table(measured: dict[type[System], list[dict[str, float]]]) -> Table:
    """Lay out medians."""
    table = Table("system", "sentences/s", "ratio", "start-up (s)", "peak memory (MB)", box=box.MARKDOWN)
    medians = {
        system.name: {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}
        for system, rounds in measured.items()
    }
    base = medians.get(Pipeline.name, {}).get("rate", float("nan"))
    for name, median in medians.items():
        row = (
            f"{median['rate']:,.0f}",
            f"{median['rate'] / base:.1f}",
            f"{median['start']:.2f}",
            f"{median['peak']:.0f}",
        )
        table.add_row(name, *row)
    return table


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Start-up, whole-process time, memory and throughput, beside a transformers pipeline: ``results/speed.md``.

    HEDGE_TEXTS=FOLDER python benchmarks/speed.py --bases FOLDER --pool TEXTS.jsonl[.gz] …

Processes are timed from outside, in turns, and reported as medians and as ratios, since such machines are noisy. The
article of 1,000 words is put together from the written documents of the corpus. The pipeline runs the plain fine-tune
of ``peers.py`` in fp32; what is trained for it is kept under ``--work``.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich import box
from rich.table import Table

from environment import made_by
from hedge.annotations import Corpus
from hedge.output.markdown_table import markdown_table
from options import benchmark_parser, whole_corpus
from peers import SENTENCES, in_turns, speed_table, trained
from systems import ROUNDS, Default, Pipeline
from unlabelled import first_documents

WORDS = 1000
COMMAND = "from hedge.cli import main; main()"
LAUNCHER = """
import json, os, subprocess, sys, time
began = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(json.dumps([time.perf_counter() - began, usage.ru_maxrss]))
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Runs a command and tells its seconds and peak memory: a process of its own, since a child's peak begins with what its
parent had, and this one has little."""
SCRIPT = Path(__file__).with_name("pipeline_script.py")
HEDGE, OTHER = f"`hedge classify`, {WORDS:,} words", f"script with the pipeline, {WORDS:,} words"


@dataclass(frozen=True)
class Run:
    """A process, from its start to its end."""

    seconds: float
    megabytes: float
    """Peak of its memory."""


def main() -> None:
    """Run the benchmark."""
    parser = benchmark_parser(__doc__, "speed.md")
    parser.add_argument("--bases", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--pool", type=Path, nargs="+", required=True, help="texts for the throughput")
    parser.add_argument("--work", type=Path, default=Path("build/peers"))
    options = parser.parse_args()
    corpus = whole_corpus(options)
    work = options.work / corpus.sha256[:12]
    trained(Pipeline, corpus, options.bases, work)
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "article.txt"
        article.write_text(thousand_words(corpus), encoding="utf-8")
        processes = {
            "`python -c pass`": ["-c", "pass"],
            "`import hedge`": ["-c", "import hedge"],
            "`hedge --help`": ["-c", COMMAND, "--help"],
            HEDGE: ["-c", COMMAND, "classify", str(article)],
            OTHER: [str(SCRIPT), str(Pipeline.folder(work) / "model"), str(article)],
        }
        runs = time_in_turns(processes)
    texts = [document.sentences for document in first_documents(options.pool, SENTENCES)]
    measured = in_turns([Pipeline, Default], texts, work)
    text = "\n".join(
        [
            "# Speed\n",
            made_by("benchmarks/speed.py", corpus, "onnxruntime", "tokenizers", "numpy", "torch", "transformers"),
            f"## Whole processes, medians of {ROUNDS} rounds in turns\n\n{markdown_table(process_table(runs))}\n",
            f"## Throughput, medians of {ROUNDS} rounds in turns\n\n{markdown_table(speed_table(measured))}\n",
            READING,
        ]
    )
    options.output.write_text(text, encoding="utf-8")
    print(text)


READING = """\
The pipeline is `pipeline("text-classification", batch_size=32)` with MiniLM-L6 in fp32 on all cores, as its users run
it; ratios are to it. In the second table both are given the same sentences of unlabelled news; start-up is from the
start of the process to the first answer.
"""


def thousand_words(corpus: Corpus) -> str:
    """Return written documents, one after the other, cut after a thousand words."""
    paragraphs: list[str] = []
    words = 0
    for document in corpus.documents:
        for paragraph in document.running_text.split("\n\n") if document.origin == "written" else ():
            if words >= WORDS:
                return "\n\n".join(paragraphs)
            kept = paragraph.split()[: WORDS - words]
            words += len(kept)
            paragraphs.append(" ".join(kept))
    raise SystemExit(f"the corpus has fewer than {WORDS} words")


def time_in_turns(processes: dict[str, list[str]]) -> dict[str, list[Run]]:
    """Run every process once a round, after a round that does not count."""
    runs: dict[str, list[Run]] = {name: [] for name in processes}
    for turn in range(ROUNDS + 1):
        for name, arguments in processes.items():
            run = timed(arguments)
            if turn:
                runs[name].append(run)
    return runs


def timed(arguments: list[str]) -> Run:
    """Run Python with arguments to its end."""
    command = [sys.executable, "-S", "-c", LAUNCHER, sys.executable, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{arguments} failed; run it by itself to see why")
    seconds, kilobytes = json.loads(done.stdout)
    return Run(seconds, kilobytes / 1024)


def process_table(runs: dict[str, list[Run]]) -> Table:
    """Lay out medians."""
    table = Table("process", "seconds", "peak memory (MB)", "times quicker than the script", box=box.MARKDOWN)
    seconds = {name: statistics.median(run.seconds for run in found) for name, found in runs.items()}
    for name, found in runs.items():
        ratio = f"{seconds[OTHER] / seconds[name]:.1f}" if name in {HEDGE, OTHER} else ""
        table.add_row(name, f"{seconds[name]:.3f}", f"{statistics.median(run.megabytes for run in found):.0f}", ratio)
    return table


if __name__ == "__main__":
    main()

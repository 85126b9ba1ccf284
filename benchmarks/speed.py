#!/usr/bin/env python3
"""Start-up, whole-process time and throughput of the command: ``results/speed.md``.

    python benchmarks/speed.py --pool TEXTS.jsonl[.gz]

Processes are timed from outside, in turns, and reported as medians and as ratios to ``python -c pass``, since such
machines are noisy. The article of 1,000 words is put together from the written documents of the corpus.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from rich import box
from rich.table import Table

import hedge
from environment import made_by
from hedge.annotations import Corpus
from hedge.annotations.corpus import DEFAULT_FOLDER
from hedge.output.markdown_table import markdown_table

ROUNDS = 7
WORDS = 1000
COMMAND = "from hedge.cli import main; main()"


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--pool", type=Path, help="JSON Lines with `text`, gzipped or not, for the throughput")
    parser.add_argument("--output", type=Path, default=Path("results/speed.md"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "article.txt"
        article.write_text(thousand_words(options.data), encoding="utf-8")
        processes = {
            "`python -c pass`": ["-c", "pass"],
            "`import click`": ["-c", "import click"],
            "`import typer`": ["-c", "import typer"],
            "`import hedge`": ["-c", "import hedge"],
            "`hedge --help`": ["-c", COMMAND, "--help"],
            f"`hedge classify`, {WORDS:,} words": ["-c", COMMAND, "classify", str(article)],
        }
        if importlib.util.find_spec("typer") is None:
            del processes["`import typer`"]
        seconds = time_in_turns(processes)
    base = statistics.median(seconds["`python -c pass`"])
    rows = Table("process", "seconds (median)", "× python -c pass", box=box.MARKDOWN)
    for name, values in seconds.items():
        median = statistics.median(values)
        rows.add_row(name, f"{median:.3f}", f"{median / base:.1f}")
    sections = [
        "# Speed\n",
        made_by("benchmarks/speed.py", None, "numpy", "click", "rich", "sentencex"),
        f"## Whole processes, {ROUNDS} rounds in turns\n\n{markdown_table(rows)}\n",
    ]
    if options.pool:
        sections.append(f"## Throughput, one process, one thread\n\n{throughput(options.pool)}\n")
    options.output.write_text("\n".join(sections), encoding="utf-8")
    print("\n".join(sections))


def thousand_words(data: Path) -> str:
    """Return written documents, one after the other, cut after a thousand words."""
    paragraphs: list[str] = []
    words = 0
    for document in Corpus.load(data).documents:
        for paragraph in document.running_text.split("\n\n"):
            if words >= WORDS:
                return "\n\n".join(paragraphs)
            kept = paragraph.split()[: WORDS - words]
            words += len(kept)
            paragraphs.append(" ".join(kept))
    raise SystemExit(f"the corpus has fewer than {WORDS} words")


def time_in_turns(processes: dict[str, list[str]]) -> dict[str, list[float]]:
    """Time every process once a round, after a round that does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in processes}
    for turn in range(ROUNDS + 1):
        for name, arguments in processes.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
            if turn:
                seconds[name].append(time.perf_counter() - start)
    return seconds


def throughput(pool: Path) -> str:
    """Label all texts of a pool and return sentences and characters per second, the median of three runs."""
    texts = list(read_pool(pool))
    classifier = hedge.load()
    runs, sentences = [], 0
    for _ in range(3):
        start = time.perf_counter()
        sentences = sum(len(document.sentences) for document in classifier.classify_many(texts))
        runs.append(time.perf_counter() - start)
    seconds, characters = statistics.median(runs), sum(map(len, texts))
    return (
        f"{len(texts):,} texts, {sentences:,} sentences, {characters:,} characters: "
        f"**{sentences / seconds:,.0f} sentences per second**, {characters / seconds:,.0f} characters per second."
    )


def read_pool(pool: Path) -> Iterator[str]:
    """Yield the texts of a JSON Lines file."""
    with gzip.open(pool, "rt", encoding="utf-8") if pool.suffix == ".gz" else pool.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


if __name__ == "__main__":
    main()

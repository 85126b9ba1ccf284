"""What the benchmarks on the corpus have in common: their options, and that the corpus must be whole."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hedge.annotations import Corpus
from hedge.annotations.corpus import DEFAULT_FOLDER

__all__ = ["benchmark_parser", "whole_corpus"]


def benchmark_parser(description: str | None, results: str) -> argparse.ArgumentParser:
    """Return a parser with ``--data``, ``--texts`` and ``--output``.

    :param results: Name of the file in ``results/`` that is written unless told.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="folder of the corpus")
    parser.add_argument("--texts", type=Path, help="texts of its documents that stand off; HEDGE_TEXTS if not given")
    parser.add_argument("--output", type=Path, default=Path("results") / results)
    return parser


def whole_corpus(options: argparse.Namespace) -> Corpus:
    """Load the corpus, or end the benchmark if the text of a document is not to be had."""
    corpus = Corpus.load(options.data, options.texts)
    if corpus.unresolved:
        sys.exit(f"{len(corpus.unresolved)} documents have no text; pass --texts")
    return corpus

"""What the scripts that work on the corpus have in common: its options, and that it must be whole."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hedge.annotations import Corpus
from hedge.annotations.corpus import DEFAULT_FOLDER

__all__ = ["corpus_parser", "load_whole"]


def corpus_parser(description: str | None) -> argparse.ArgumentParser:
    """Return a parser with ``--data`` and ``--texts``."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="folder of the corpus")
    parser.add_argument("--texts", type=Path, help="texts of its documents that stand off; HEDGE_TEXTS if not given")
    return parser


def load_whole(data: Path, texts: Path | None) -> Corpus:
    """Load a corpus, or end the script if the text of a document is not to be had."""
    corpus = Corpus.load(data, texts)
    if corpus.unresolved:
        sys.exit(f"texts of {len(corpus.unresolved)} documents are missing; give all of them")
    return corpus

"""Labelled documents for eyes and for programs: each format a function from documents to pieces of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from importlib import import_module

from hedge.document import Document, Sentence

__all__ = ["OutputFormat", "OutputOptions", "render"]


class OutputFormat(str, Enum):
    """How labelled documents are written."""

    FULL = "full"
    CONCISE = "concise"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"


@dataclass(frozen=True)
class OutputOptions:
    """What all formats take into account."""

    labels: frozenset[str] = frozenset()
    """Only sentences shown with one of these (the labels, ``skip``, ``unsure``); empty: all."""
    color: bool = False
    """Terminal colours, in ``full``."""
    width: int = 100
    """Columns, in ``full``."""

    def shows(self, sentence: Sentence) -> bool:
        """Tell whether a sentence is among those asked for."""
        return not self.labels or sentence.shown_label in self.labels


def render(
    documents: Iterable[Document], output_format: OutputFormat | str, options: OutputOptions | None = None
) -> Iterator[str]:
    """Yield the text of an output, piece by piece, as documents arrive.

    :param output_format: ``full``, ``concise``, ``jsonl``, ``csv`` or ``html``.
    :raises ValueError: if there is no such format.
    """
    module = import_module(f"hedge.output.{OutputFormat(output_format).value}")
    pieces: Callable[[Iterable[Document], OutputOptions], Iterator[str]] = module.render
    return pieces(documents, options or OutputOptions())

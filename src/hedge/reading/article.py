"""An article as it was read: the text that every offset refers to, and what the reader knows about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Article", "Block"]


@dataclass(frozen=True)
class Block:
    """A stretch of text that is segmented by itself: a paragraph, a list item, a heading."""

    start: int
    end: int
    heading: bool = False


@dataclass(frozen=True)
class Article:
    """A text, with what its file format told about it beyond the characters."""

    text: str
    id: str | None = None
    name: str = "<text>"
    """Where it came from, as messages and outputs show it."""
    line: int = 1
    """The line of the file on which the record stands (JSON Lines), else 1."""
    blocks: tuple[Block, ...] | None = None
    """Where the format marks paragraphs and headings; ``None``: to be found in the text."""
    sentences: tuple[tuple[int, int], ...] | None = None
    """Spans of sentences that came already split; ``None``: to be segmented."""
    notes: tuple[str, ...] = ()
    """Warnings for the person who reads the result: a guessed encoding, another language."""

    @classmethod
    def from_sentences(cls, sentences: Sequence[str], **fields: Any) -> Article:  # noqa: ANN401 - passed on
        """Return the article whose sentences are these: its text is the sentences joined by newlines.

        :param fields: The other fields of an :class:`Article` (``id``, ``name`` …).
        """
        spans, position = [], 0
        for sentence in sentences:
            spans.append((position, position + len(sentence)))
            position += len(sentence) + 1
        return cls("\n".join(sentences), sentences=tuple(spans), **fields)

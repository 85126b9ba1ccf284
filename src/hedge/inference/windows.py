"""Consecutive sentences, packed into windows that an encoder reads at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

__all__ = ["Tokens", "Window", "WindowSettings", "windows"]


@dataclass(frozen=True)
class Tokens:
    """The tokens of a sentence."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    """Where each token stands in the sentence."""
    text: str
    """The sentence."""
    truncated: bool = False
    """Whether the sentence has more than are here."""

    def cut(self, most: int) -> Tokens:
        """Return the first of the tokens."""
        return (
            self
            if len(self.ids) <= most
            else replace(self, ids=self.ids[:most], offsets=self.offsets[:most], truncated=True)
        )


@dataclass(frozen=True)
class WindowSettings:
    """How sentences are packed."""

    tokens: int = 256
    """Most tokens of a window, those that begin it and end its sentences included."""
    overlap: int = 2
    """Sentences at the end of a window that the next one begins with: they are read with what follows, too."""
    first_id: int = 101
    """The token that begins a window (``[CLS]``)."""
    end_id: int = 102
    """The token that ends a sentence (``[SEP]``)."""
    sentences: int = 0
    """Most sentences of a window; 0: as many as fit."""

    def __post_init__(self) -> None:
        if self.tokens < 3 or self.overlap < 0:
            raise ValueError("a window holds at least three tokens, and an overlap is not negative")
        if 0 < self.sentences <= self.overlap:
            raise ValueError("a window holds more sentences than it shares with the one before")


@dataclass(frozen=True)
class Window:
    """Some consecutive sentences of a document."""

    sentences: tuple[Tokens, ...]
    skipped: int
    """So many at the beginning are context only: their answer comes from the window before."""
    answered: int
    """So many after these are answered; what follows is context only."""

    def ids(self, settings: WindowSettings) -> list[int]:
        """Return the token ids as the encoder reads them: ``[CLS] s1 [SEP] s2 [SEP] …``."""
        ids = [settings.first_id]
        for sentence in self.sentences:
            ids += [*sentence.ids, settings.end_id]
        return ids

    def bounds(self) -> list[tuple[int, int]]:
        """Return where each sentence's tokens stand among :meth:`ids`, the end token excluded."""
        bounds, start = [], 1
        for sentence in self.sentences:
            bounds.append((start, start + len(sentence.ids)))
            start += len(sentence.ids) + 1
        return bounds


def windows(sentences: Iterable[Tokens], settings: WindowSettings) -> Iterator[Window]:
    """Pack the sentences of one document, in order; every one of them is answered in exactly one window.

    Of the sentences that two windows share, the first window answers the earlier half and the second the later, so that
    each is read with neighbours on both sides. A sentence that is too long for a window is cut.
    """
    most = settings.tokens - 2
    held: list[Tokens] = []
    size, skipped = 1, 0
    for sentence in sentences:
        tokens = sentence.cut(most)
        cost = len(tokens.ids) + 1
        if held and (size + cost > settings.tokens or len(held) == settings.sentences):
            kept = _context(held, settings, size_of_next=cost)
            later_half = len(kept) // 2
            answered = len(held) - later_half - skipped
            yield Window(tuple(held), skipped, answered)
            skipped = len(kept) - later_half
            held = kept
            size = 1 + sum(len(one.ids) + 1 for one in held)
        held.append(tokens)
        size += cost
    if held:
        yield Window(tuple(held), skipped, len(held) - skipped)


def _context(held: list[Tokens], settings: WindowSettings, *, size_of_next: int) -> list[Tokens]:
    """Return the last sentences of a window that fit before the next sentence, at the most the overlap."""
    kept: list[Tokens] = []
    room = settings.tokens - 1 - size_of_next
    for sentence in reversed(held[1:][-settings.overlap :] if settings.overlap else []):
        room -= len(sentence.ids) + 1
        if room < 0:
            break
        kept.insert(0, sentence)
    return kept

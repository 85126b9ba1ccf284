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
    lead: tuple[int, ...] = ()
    """Tokens that a window has before it, but which are not in its text."""
    truncated: bool = False
    """Whether the sentence has more than are here."""

    @property
    def size(self) -> int:
        """How many tokens of a window it takes, the end token included."""
        return len(self.lead) + len(self.ids) + 1

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
    """Most tokens of a window, those that begin it and lead and end its sentences included."""
    overlap: int = 2
    """Sentences at the end of a window that the next one begins with: they are read with what follows, too."""
    first_id: int = 101
    """The token that begins a window (``[CLS]``)."""
    end_id: int = 102
    """The token that ends a sentence (``[SEP]``)."""
    sentences: int = 0
    """Most sentences of a window; 0: as many as fit."""
    quotation_mark_id: int | None = None
    """The token before a sentence that begins inside a quotation (an opening mark); none unless given."""

    def __post_init__(self) -> None:
        if self.tokens < 3 + (self.quotation_mark_id is not None) or self.overlap < 0:
            raise ValueError("a window holds a token beside those around a sentence, and an overlap is not negative")
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
        """Return the token ids as the encoder reads them: ``[CLS] s1 [SEP] s2 [SEP] …``, leads included."""
        ids = [settings.first_id]
        for sentence in self.sentences:
            ids += [*sentence.lead, *sentence.ids, settings.end_id]
        return ids

    def bounds(self) -> list[tuple[int, int]]:
        """Return where each sentence's tokens stand among :meth:`ids`, lead and end token excluded."""
        bounds, start = [], 1
        for sentence in self.sentences:
            first = start + len(sentence.lead)
            bounds.append((first, first + len(sentence.ids)))
            start += sentence.size
        return bounds


def windows(sentences: Iterable[Tokens], settings: WindowSettings) -> Iterator[Window]:
    """Pack the sentences of one document, in order; every one of them is answered in exactly one window.

    Of the sentences that two windows share, the first window answers the earlier half and the second the later, so that
    each is read with neighbours on both sides. A sentence that is too long for a window is cut.
    """
    held: list[Tokens] = []
    size, skipped = 1, 0
    for sentence in sentences:
        tokens = sentence.cut(settings.tokens - 2 - len(sentence.lead))
        if held and (size + tokens.size > settings.tokens or len(held) == settings.sentences):
            kept = _context(held, settings, size_of_next=tokens.size)
            later_half = len(kept) // 2
            answered = len(held) - later_half - skipped
            yield Window(tuple(held), skipped, answered)
            skipped = len(kept) - later_half
            held = kept
            size = 1 + sum(one.size for one in held)
        held.append(tokens)
        size += tokens.size
    if held:
        yield Window(tuple(held), skipped, len(held) - skipped)


def _context(held: list[Tokens], settings: WindowSettings, *, size_of_next: int) -> list[Tokens]:
    """Return the last sentences of a window that fit before the next sentence, at the most the overlap."""
    kept: list[Tokens] = []
    room = settings.tokens - 1 - size_of_next
    for sentence in reversed(held[1:][-settings.overlap :] if settings.overlap else []):
        room -= sentence.size
        if room < 0:
            break
        kept.insert(0, sentence)
    return kept

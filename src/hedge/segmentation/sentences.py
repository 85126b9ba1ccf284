"""Paragraphs to sentences, by sentencex (chosen by measurement: ``results/segmentation.md``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sentencex

from hedge.reading.article import Article, Block
from hedge.segmentation.paragraphs import find_blocks, looks_like_heading

__all__ = ["SegmentedText", "Span", "segment", "segment_article"]


@dataclass(frozen=True)
class Span:
    """Where a sentence stands in its text."""

    start: int
    end: int
    paragraph: int = 0
    heading: bool = False


class SegmentedText(NamedTuple):
    """A text and its sentences: what a model labels."""

    text: str
    spans: tuple[Span, ...]
    given: bool = False
    """Whether its sentences were given, and not found in it: then it may be a part of a longer text, each sentence
    counts as a paragraph, and what is a heading is a guess."""

    @property
    def sentences(self) -> list[str]:
        """The sentences' texts, in order."""
        return [self.text[span.start : span.end] for span in self.spans]


def segment(text: str, blocks: Sequence[Block] | None = None) -> list[Span]:
    """Split a text into sentences.

    The spans are in order, do not overlap, neither begin nor end with white space, and together cover
    every character of the blocks that is not white space.

    :param text: Any text at all; lone surrogates and control characters do no harm.
    :param blocks: Its paragraphs and headings; found in the text unless given.
    """
    spans = []
    for index, block in enumerate(find_blocks(text) if blocks is None else blocks):
        passage = text[block.start : block.end]
        ends = [len(passage)] if block.heading else _boundaries(passage)
        for start, end in _trimmed(passage, ends):
            spans.append(Span(block.start + start, block.start + end, index, block.heading))
    return spans


def segment_article(article: Article) -> SegmentedText:
    """Segment an article as far as its format has not done so."""
    if article.sentences is None:
        return SegmentedText(article.text, tuple(segment(article.text, article.blocks)))
    spans = tuple(
        Span(start, end, index, looks_like_heading(article.text[start:end]))
        for index, (start, end) in enumerate(article.sentences)
    )
    return SegmentedText(article.text, spans, given=True)


# sentencex ends some sentences after a title before a surname.
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gov|Sen|Rep|Gen|Rev|St)\.\s*\Z")
# It leaves a mark that opens a quotation, which the paragraph does not close, to the sentence before.
_OPENING_MARK = re.compile(r"(?<=\s)[\"“«„‘](?=\S)")
# It panics on some non-breaking spaces and on lone surrogates, and takes a newline for a full stop.
_UNSAFE = re.compile(r"\s|[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def _boundaries(passage: str) -> list[int]:
    """Return where the sentences of a passage end, the last one at its end."""
    plain = _UNSAFE.sub(" ", passage)
    try:
        found = [boundary["end_index"] for boundary in sentencex.get_sentence_boundaries("en", plain)]
    except Exception:
        found = []
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of pyo3: not importable, and not an Exception
            raise
        found = []
    if not found or found != sorted(found) or found[-1] > len(plain):
        found = [match.end() for match in re.finditer(r"[.!?]+\s+", plain)]
    ends = [end for end in found if end < len(passage) and not _TITLE.search(plain, max(0, end - 12), end)]
    return [*(end - 1 if _OPENING_MARK.match(plain, end - 1) else end for end in ends), len(passage)]


def _trimmed(passage: str, ends: list[int]) -> Iterator[tuple[int, int]]:
    """Turn boundaries into spans without outer white space; a piece without letters joins the next one."""
    start = 0
    for end in ends:
        piece = passage[start:end]
        if end < len(passage) and not any(map(str.isalpha, piece)):  # such as the number of a list item
            continue
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start = end

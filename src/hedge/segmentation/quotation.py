"""Which parts of a text stand inside quotation marks, over sentence boundaries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hedge.segmentation.sentences import SegmentedText

__all__ = ["QuotationState", "quotation_states"]

LONGEST_QUOTATION = 12
"""A quotation that is still open after so many sentences lost its closing mark."""

# A typographic single quote opens only before a letter and closes only after the last: else it is an apostrophe.
_MARK = re.compile(r"[“”«»„\"]|(?<!\w)‘(?=\w)|(?<=[.,!?])’(?!\w)")


@dataclass(frozen=True)
class QuotationState:
    """How a sentence stands to quotation marks."""

    opens_inside: bool
    """A quotation begun in an earlier sentence is still open where this one begins."""
    ends_inside: bool
    """A quotation is open where this one ends."""
    outside: str
    """The sentence's words outside quotation marks, each quotation reduced to its marks."""
    quoted: float
    """The part of its characters inside quotation marks, 0 to 1."""


def quotation_states(segmented: SegmentedText) -> list[QuotationState]:
    """Follow the quotation marks through a document, one state for each sentence.

    Straight marks open after white space or an opening bracket and close elsewhere. A heading never continues a
    quotation.
    """
    states: list[QuotationState] = []
    inside, age = False, 0
    for span, sentence in zip(segmented.spans, segmented.sentences, strict=True):
        if span.heading or age >= LONGEST_QUOTATION:
            inside = False
        opens_inside = inside
        outside, position, quoted = [], 0, 0
        for match in _MARK.finditer(sentence):
            between = sentence[position : match.start()]
            if inside:
                quoted += len(between)
            else:
                outside.append(between)
            inside = _opens(sentence, match)
            outside.append(" “ " if inside else " ” ")
            position = match.end()
        rest = sentence[position:]
        if inside:
            quoted += len(rest)
        else:
            outside.append(rest)
        age = age + 1 if inside else 0
        states.append(QuotationState(opens_inside, inside, "".join(outside), quoted / max(len(sentence), 1)))
    return states


def _opens(sentence: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark != '"':
        return mark in "“«„‘"
    before = sentence[match.start() - 1] if match.start() else " "
    return before.isspace() or before in "([—–-"

"""Which parts of a text stand inside quotation marks, over sentence boundaries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hedge.segmentation.sentences import SegmentedText

__all__ = ["QuotationState", "quotation_states"]

LONGEST_QUOTATION = 8
"""A quotation that is still open after so many sentences lost its closing mark."""

_MARK = re.compile(r"[“”«»„\"]|(?<!\w)‘(?=[^\W\d])|’(?!\w)")
"""A typographic single quote that may open or close: between or before letters and digits it is an apostrophe."""


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
    opener, age = "", 0
    for span, sentence in zip(segmented.spans, segmented.sentences, strict=True):
        if span.heading or age >= LONGEST_QUOTATION:
            opener = ""
        opens_inside = bool(opener)
        outside, position, quoted = [], 0, 0
        for match in _MARK.finditer(sentence):
            turned = _turn(opener, sentence, match)
            if turned == opener:
                continue
            between = sentence[position : match.start()]
            if opener:
                quoted += len(between)
            else:
                outside.append(between)
            outside.append(" ” " if opener else " “ ")
            opener, position = turned, match.end()
        rest = sentence[position:]
        if opener:
            quoted += len(rest)
        else:
            outside.append(rest)
        age = age + 1 if opener else 0
        states.append(QuotationState(opens_inside, bool(opener), "".join(outside), quoted / max(len(sentence), 1)))
    return states


def _turn(opener: str, sentence: str, match: re.Match[str]) -> str:
    """Return the mark of the quotation that is open after this mark, or nothing."""
    mark = match.group()
    if mark == '"':
        before = sentence[match.start() - 1] if match.start() else " "
        opens = before.isspace() or before in "([—–-"
    else:
        opens = mark in "“«„‘"
    if not opener:
        return mark if opens else ""
    # Within double marks single ones are not followed, and within single marks only they close; a double mark that
    # opens within double marks takes up a quotation in a new paragraph.
    closes = not opens and (mark == "’") == (opener == "‘")
    return "" if closes else opener

"""Which parts of a text stand inside quotation marks, over sentence boundaries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hedge.segmentation.sentences import SegmentedText

__all__ = ["QuotationState", "quotation_states"]

LONGEST_QUOTATION = 20
"""A quotation that is still open after so many sentences lost its closing mark."""

_MARK = re.compile(
    r"""[“”«»„"]
    | (?<!\w)‘(?=[^\W\d])(?!(?:em|tis|twas|til|cause|n)\b)
    | ’(?!\w)
    | (?<=[.,!?…])'(?!\w) | (?<=\w)'(?=[.,;:!?)]|\s*\Z)""",
    re.VERBOSE | re.IGNORECASE,
)
"""What may open or close a quotation: of single marks those that are no apostrophe by what stands around them; straight
ones only close."""
_SINGLE = "‘’'"
_CLOSING = re.compile(r"(?<=[\w.,;:!?…%)\]—–-])[“\"](?!\w)")
"""A mark that closes, though it looks like one that opens: so it is in German, so some editors type it, and so it is
after a dash."""


@dataclass(frozen=True)
class QuotationState:
    """How a sentence stands to quotation marks."""

    opens_inside: bool
    """A quotation begun in an earlier sentence is still open where this one begins."""
    ends_inside: bool
    """A quotation is open where this one ends; it may have lost its closing mark, and then does not go on."""
    outside: str
    """The sentence's words outside quotation marks, each quotation reduced to its marks."""
    quoted: float
    """The part of its characters inside quotation marks, 0 to 1."""


def quotation_states(segmented: SegmentedText) -> Iterator[QuotationState]:
    """Follow the quotation marks through a document; yield one state for each sentence.

    Straight marks open after white space, a dash or an opening bracket, and close elsewhere. An opening mark that
    begins a sentence may take up a quotation that is open, as it does in a new paragraph. A quotation lost its closing
    mark, and is held to end with the sentence that its last opening mark stands in, if none comes within 20 sentences,
    or if before it comes another opening mark of its shape within a sentence, a heading, or the end of the text.
    Sentences that were given may be a part of a longer text, and what is a heading among them is a guess: there neither
    counts.
    """
    held: list[QuotationState] = []  # from the last opening mark on, while its quotation is open
    opener, number = "", 0
    while number < len(segmented.spans) or held:
        if held and (len(held) > LONGEST_QUOTATION or _lost(opener, segmented, number)):
            yield held[0]
            opener, number, held = "", number - len(held) + 1, []
        elif number == len(segmented.spans):
            yield from held
            return
        else:
            span = segmented.spans[number]
            state, opener, opened = _read(segmented.text[span.start : span.end], opener)
            if opened or not opener:
                yield from held
                held = []
            if opener:
                held.append(state)
            else:
                yield state
            number += 1


def _read(sentence: str, opener: str) -> tuple[QuotationState, str, bool]:
    """Read a sentence before which a quotation is open, or not.

    :return: Its state, the mark of the quotation that is open after it, and whether a mark that opens one stands in it.
    """
    opens_inside, opened = bool(opener), False
    outside, position, quoted = [], 0, 0
    for match in _MARK.finditer(sentence):
        if opener and (match.group() in _SINGLE) != (opener in _SINGLE):
            continue  # within a quotation, only marks of its kind are followed
        opens = _opens(sentence, match)
        opened |= opens
        if opens == bool(opener):
            continue  # it takes a quotation up, in a new paragraph, or there is none to close
        between = sentence[position : match.start()]
        if opener:
            quoted += len(between)
        else:
            outside.append(between)
        outside.append(" ” " if opener else " “ ")
        opener, position = "" if opener else match.group(), match.end()
    rest = sentence[position:]
    if opener:
        quoted += len(rest)
    else:
        outside.append(rest)
    return QuotationState(opens_inside, bool(opener), "".join(outside), quoted / max(len(sentence), 1)), opener, opened


def _lost(opener: str, segmented: SegmentedText, number: int) -> bool:
    """Tell whether the next sentence, or that there is none, shows that an open quotation lost its closing mark."""
    if number == len(segmented.spans):
        return not segmented.given
    span = segmented.spans[number]
    if span.heading and not segmented.given:
        return True
    sentence = segmented.text[span.start : span.end]
    for match in _MARK.finditer(sentence):
        if (match.group() in _SINGLE) == (opener in _SINGLE):
            opens = match.group() == opener and _opens(sentence, match)
            return opens and any(map(str.isalnum, sentence[: match.start()]))
    return False


def _opens(sentence: str, match: re.Match[str]) -> bool:
    """Tell whether a mark is one that opens a quotation."""
    if match.group() == '"':
        before = sentence[match.start() - 1] if match.start() else " "
        opens = before.isspace() or before in "([—–-"
    else:
        opens = match.group() in "“«„‘"
    return opens and not _CLOSING.match(sentence, match.start())

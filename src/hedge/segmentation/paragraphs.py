"""Where plain text begins a new paragraph, and which lines are headings."""

from __future__ import annotations

import re
from itertools import pairwise

from hedge.reading.article import Block

__all__ = ["find_blocks", "looks_like_heading"]

WIDEST_WRAP = 120
"""A line longer than this was not wrapped by a mail program or a terminal."""
FILLED = 0.8
"""A wrapped line fills at least this part of the width before its break."""
CONTINUATIONS = 0.3
"""Lines are wrapped if at least this part of the breaks within blocks are followed by a small letter."""
HEADING_WORDS = 16

BULLET = re.compile(r"\s*(?:[-*•‣▪–—·]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
SENTENCE_END = re.compile(r"[.!?…:;,][\"'”“’)\]»]*\s*\Z")


def find_blocks(text: str) -> list[Block]:
    """Find the paragraphs of a plain text.

    A blank line ends a paragraph. A single newline ends one too, unless the text is hard-wrapped: that is
    told by the small letters that then begin many of the lines, and a line is joined to the next only if
    it is about as full as the widest.
    """
    lines: list[tuple[int, str]] = []
    position = 0
    for line in text.splitlines(keepends=True):
        lines.append((position, line))
        position += len(line)
    width = _wrap_width([line for _, line in lines])
    blocks: list[Block] = []
    group: list[tuple[int, str]] = []
    for start, line in lines:
        if group and not (line.strip() and _runs_on(group[-1][1], line, width)):
            blocks.append(_block(group))
            group = []
        if line.strip():
            group.append((start, line))
    if group:
        blocks.append(_block(group))
    return blocks


def looks_like_heading(line: str) -> bool:
    """Tell whether a line by itself has the form of a headline: short, with letters and no full stop."""
    return (
        len(line.split()) <= HEADING_WORDS
        and any(map(str.isalpha, line))
        and not SENTENCE_END.search(line)
        and not BULLET.match(line)
    )


def _wrap_width(lines: list[str]) -> int | None:
    """Return the width at which the text is hard-wrapped, or ``None`` if it is not."""
    pairs = [
        (line.rstrip(), following.lstrip())
        for line, following in pairwise(lines)
        if line.strip() and following.strip() and len(line) <= WIDEST_WRAP
    ]
    if not pairs or sum(following[0].islower() for _, following in pairs) < CONTINUATIONS * len(pairs):
        return None
    return max(len(line) for line, _ in pairs)


def _runs_on(line: str, following: str, width: int | None) -> bool:
    """Tell whether the break between two lines is only there because the line was full."""
    if width is None or len(line) > WIDEST_WRAP or BULLET.match(following):
        return False
    return len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > FILLED * width


def _block(group: list[tuple[int, str]]) -> Block:
    first_start, first = group[0]
    last_start, last = group[-1]
    start = first_start + len(first) - len(first.lstrip())
    end = last_start + len(last.rstrip())
    return Block(start, end, heading=len(group) == 1 and looks_like_heading(first))

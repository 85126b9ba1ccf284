"""Markdown: markup is blanked out in place, so that offsets are those of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING

from hedge.reading.article import Block

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["read_markdown"]

FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n.*?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)

SILENT = {"html_inline", "image"}
"""What is passed over where it stands, lest the words after it are found in it."""
LINK_TAIL = re.compile(
    r"""\](?:\(\s*(?:<[^<>\n]*>|(?:\\.|\([^\s()]*\)|[^\s()\\])*)"""
    r"""(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?\s*\)|\[[^\]]*\])?""",
    re.DOTALL,
)
"""From the bracket that closes a link's text to the link's end: its target and title, or its reference."""


def read_markdown(source: str) -> tuple[str, tuple[Block, ...]]:
    """Return the source with all but its prose blanked, and its paragraphs, list items, cells and headings.

    The text has the length of the source and every word stands where it stood. Front matter, code blocks,
    raw HTML, link targets and images are blank; inline code stays.
    """
    from markdown_it import MarkdownIt

    front = FRONT_MATTER.match(source)
    # The parser counts lines by \n, \r\n and \r alone; a blanked front matter keeps them.
    body = re.sub(r"[^\r\n]", " ", source[: front.end()]) + source[front.end() :] if front else source
    starts = [0, *accumulate(len(line) for line in re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", body))]
    parser = MarkdownIt("commonmark").enable("table").disable("text_join")
    prose = [character if character in "\r\n" else " " for character in source]
    blocks: list[Block] = []
    cursor, opener = 0, ""
    for token in parser.parse(body):
        if token.type != "inline":
            opener = token.type
            continue
        first, last = token.map or [0, len(starts) - 1]
        cursor = max(cursor, starts[first])
        limit = starts[min(last, len(starts) - 1)]
        pieces = list(_locate(token.children or [], body, cursor, limit))
        for start, end in pieces:
            prose[start:end] = source[start:end]
        if pieces:
            cursor = pieces[-1][1]
            blocks.append(Block(pieces[0][0], cursor, heading=opener == "heading_open"))
    return "".join(prose), tuple(blocks)


def _locate(children: list[Token], body: str, cursor: int, limit: int) -> Iterator[tuple[int, int]]:
    """Find the pieces of prose of one block in the source, in order."""
    for child in children:
        if child.type in SILENT:
            found = body.find(child.content, cursor, limit)
            cursor = found + len(child.content) if found >= 0 else cursor
        if child.type in {"image", "link_close"} and child.markup != "autolink":
            tail = LINK_TAIL.search(body, cursor, limit)
            cursor = tail.end() if tail else cursor
        # An entity or an escape keeps its source form, which the parser gives as its markup.
        written = child.markup if child.type == "text_special" else child.content
        if child.type not in {"text", "text_special", "code_inline"} or not written.strip():
            continue
        # Code over a line break and bars escaped in a table are not written as the parser gives them: word by word.
        for piece in [written] if body.find(written, cursor, limit) >= 0 else written.split():
            start = body.find(piece, cursor, limit)
            if start >= 0:
                cursor = start + len(piece)
                yield start, cursor

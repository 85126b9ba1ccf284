"""HTML articles: the main text, found by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hedge.errors import MissingExtraError, ReadingError
from hedge.reading.article import Block

__all__ = ["read_html"]

INLINE = {"del", "graphic", "hi", "lb", "ref"}
"""What trafilatura leaves inside a paragraph; where any other element begins or ends, so does a paragraph."""
CODE_BLOCKS = ".//pre[code and not(text()[normalize-space()])]"
"""What HTML marks as a block of code; ``pre`` alone may hold an old report or a poem."""
IN_A_SENTENCE = ("code", "q")
"""Code and quotations inside a sentence, which trafilatura does not tell from blocks of their own."""
ILLEGAL = re.compile(
    r"[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&#0*(?:[1-8]|1[124-9]|2[0-9]|3[01]|6553[45])(?![0-9]);?"
    r"|&#x0*(?:[1-8bcef]|1[0-9a-f]|fff[ef])(?![0-9a-f]);?",
    re.IGNORECASE,
)
"""What XML has no place for, as a character or as a reference; one such reference would end the extraction."""


def read_html(page: str, where: str) -> tuple[str, tuple[Block, ...]]:
    """Return the main text of a page, and its headline, headings and paragraphs.

    Menus, comments, adverts, footers and blocks of code (``<pre><code>``) are left out. Offsets refer to the text that
    is returned.

    :raises ReadingError: if there is no article in the page.
    :raises MissingExtraError: if the extra ``html`` is not installed.
    """
    try:
        from lxml import etree
        from trafilatura import extract, load_html
    except ImportError as error:
        raise MissingExtraError("Reading HTML", "html") from error

    tree = load_html(ILLEGAL.sub(" ", page))
    if tree is not None:
        _drop_code_blocks_and_inline_tags(tree)
    found = tree is not None and extract(tree, output_format="xml", include_comments=False, with_metadata=True)
    if not found:
        raise ReadingError(where, "no article text found in this page", "save the article itself, or pass its text")
    document = etree.fromstring(found.encode())
    paragraphs = list(_paragraphs(document.find("main")))
    title = document.get("title")
    if title and _letters(title) not in {_letters(text) for text, heading in paragraphs if heading}:
        paragraphs.insert(0, (title, True))
    blocks, position = [], 0
    for text, heading in paragraphs:
        blocks.append(Block(position, position + len(text), heading))
        position += len(text) + 2
    return "\n\n".join(text for text, _ in paragraphs), tuple(blocks)


def _drop_code_blocks_and_inline_tags(tree: Any) -> None:  # noqa: ANN401 - an element of lxml, which is untyped
    """Put a rule, which ends a paragraph, in the place of each block of code; take the tags in sentences off."""
    from lxml.etree import strip_tags

    for block in tree.xpath(CODE_BLOCKS):
        block.clear(keep_tail=True)
        block.tag = "hr"
    strip_tags(tree, *IN_A_SENTENCE)


def _paragraphs(main: Any) -> Iterator[tuple[str, bool]]:  # noqa: ANN401 - an element of lxml, which is untyped
    """Yield each paragraph on one line, and whether it is a heading; also of words that no element holds."""
    from lxml.etree import iterwalk

    pieces: list[str] = []
    for event, element in iterwalk(main, events=("start", "end")):
        bare = element.getparent() is main
        if element.tag not in INLINE or (bare and element.tag == "lb"):
            text = " ".join("".join(pieces).split())
            if text:
                yield text, event == "end" and element.tag == "head"
            pieces = []
        elif event == "start" and (bare or element.tag == "lb"):
            pieces.append(" ")  # trafilatura trims what no element holds
        pieces.append((element.text if event == "start" else element.tail) or "")


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()

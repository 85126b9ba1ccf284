"""HTML articles: the main text, found by trafilatura."""

from __future__ import annotations

import re

from hedge.errors import MissingExtraError, ReadingError
from hedge.reading.article import Block

__all__ = ["read_html"]

TEXT_ELEMENTS = {"head", "p", "quote", "item", "cell"}


def read_html(page: str, where: str) -> tuple[str, tuple[Block, ...]]:
    """Return the main text of a page, and its headline, headings and paragraphs.

    Menus, comments, adverts and footers are left out. Offsets refer to the text that is returned.

    :raises ReadingError: if there is no article in the page.
    :raises MissingExtraError: if the extra ``html`` is not installed.
    """
    try:
        from lxml import etree
        from trafilatura import extract
    except ImportError as error:
        raise MissingExtraError("Reading HTML", "html") from error

    found = extract(page, output_format="xml", include_comments=False, with_metadata=True)
    if not found:
        raise ReadingError(where, "no article text found in this page", "save the article itself, or pass its text")
    document = etree.fromstring(found.encode())
    main = document.find("main")
    for line_break in main.iter("lb"):
        line_break.tail = "\n" + (line_break.tail or "")
    paragraphs = [
        (" ".join("".join(element.itertext()).split()), element.tag == "head")
        for element in main.iter(*TEXT_ELEMENTS)
        if not any(parent.tag in TEXT_ELEMENTS for parent in element.iterancestors())
    ]
    title = document.get("title")
    if title and _letters(title) not in {_letters(text) for text, heading in paragraphs if heading}:
        paragraphs.insert(0, (title, True))
    blocks, position = [], 0
    for text, heading in paragraphs:
        if text:
            blocks.append(Block(position, position + len(text), heading))
            position += len(text) + 2
    return "\n\n".join(text for text, _ in paragraphs if text), tuple(blocks)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()

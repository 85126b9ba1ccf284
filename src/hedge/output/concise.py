"""One sentence a line, ``file:line:column: label probability: sentence``, as compilers and linters write."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator

from hedge.document import Document
from hedge.output import OutputOptions
from hedge.output.paragraphs import single_spaced

__all__ = ["render"]


def render(documents: Iterable[Document], options: OutputOptions) -> Iterator[str]:
    """Yield the lines of each document. Line and column count from 1, columns in characters."""
    for document in documents:
        line_starts = [0, *(newline.end() for newline in re.finditer(r"\r\n|\r|\n", document.text))]
        lines = []
        for sentence in document.sentences:
            if options.shows(sentence):
                line = bisect.bisect_right(line_starts, sentence.start)
                column = sentence.start - line_starts[line - 1] + 1
                place = f"{document.id or '<text>'}:{line}:{column}"
                text = single_spaced(sentence)
                lines.append(f"{place}: {sentence.shown_label} {sentence.probability:.2f}: {text}\n")
        yield "".join(lines)

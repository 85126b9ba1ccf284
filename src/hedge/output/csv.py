"""One sentence a row, as CSV with a header: the wire format of ``docs/formats.md``."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from hedge.document import WIRE_VERSION, Document, Sentence
from hedge.labels import CLASSES
from hedge.output import OutputOptions

__all__ = ["COLUMNS", "render"]

COLUMNS = (
    *("hedge", "document", "sentence", "paragraph", "start", "end", "heading", "label", "unsure", "probability"),
    *(f"p_{name}" for name in CLASSES),
    *("hedged", "evaluative", "truncated", "source", "cues", "text"),
)


def render(documents: Iterable[Document], options: OutputOptions) -> Iterator[str]:
    """Yield the header, then the rows of each document."""
    yield _lines([COLUMNS])
    for document in documents:
        rows = [
            (
                *(WIRE_VERSION, document.id, index, s.paragraph, s.start, s.end, int(s.heading)),
                *(s.label or "", int(s.unsure), s.probability),
                *(s.probabilities[name] for name in CLASSES),
                *(int(s.hedged), int(s.evaluative), int(s.truncated)),
                *(s.source.text if s.source else "", _cues(s), s.text),
            )
            for index, s in enumerate(document.sentences)
            if options.shows(s)
        ]
        yield _lines(rows)


def _cues(sentence: Sentence) -> str:
    """Write the cues as ``kind: words``, one a line."""
    return "\n".join(f"{cue.kind}: {cue.text}" for cue in sentence.cues)


def _lines(rows: Iterable[tuple[Any, ...]]) -> str:
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")  # so that both characters are quoted inside a field
    lines = []
    for row in rows:
        writer.writerow(row)
        lines.append(buffer.getvalue().removesuffix("\r\n") + "\n")
        buffer.seek(0)
        buffer.truncate()
    return "".join(lines)

"""One document a line, as JSON: the wire format of ``docs/formats.md``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from hedge.document import Document
from hedge.output import OutputOptions

__all__ = ["render"]


def render(documents: Iterable[Document], options: OutputOptions) -> Iterator[str]:
    """Yield a line for each document; with chosen labels it has only their sentences, but all counts."""
    for document in documents:
        record = document.to_dict()
        shown = zip(document.sentences, record["sentences"], strict=True)
        record["sentences"] = [row for sentence, row in shown if options.shows(sentence)]
        yield json.dumps(record, ensure_ascii=False) + "\n"

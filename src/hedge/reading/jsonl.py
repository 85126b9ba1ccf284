"""JSON Lines: one document a line, as text or as sentences already split."""

from __future__ import annotations

import json
from typing import Any

from hedge.errors import ReadingError
from hedge.reading.article import Article

__all__ = ["read_record"]


def read_record(line: str, name: str, number: int) -> Article:
    """Read one line: an object with ``text``, or with ``sentences`` (strings, or objects with ``text``).

    :param name: Of the file, for messages.
    :param number: Of the line in it, from 1.
    :raises ReadingError: if the line is not such an object.
    """
    where = f"{name}, line {number}"
    try:
        record: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReadingError(where, f"not valid JSON ({error})", "put one JSON object on each line") from error
    if not isinstance(record, dict):
        raise ReadingError(where, "not a JSON object", 'write {"id": …, "text": …} on each line')
    identity = record.get("id")
    identity = None if identity is None else str(identity).encode("utf-8", "replace").decode()
    sentences = record.get("sentences")
    if isinstance(sentences, list):
        texts: list[Any] = [item.get("text") if isinstance(item, dict) else item for item in sentences]
        if texts and all(isinstance(text, str) and text.strip() for text in texts):
            return Article.from_sentences(texts, id=identity, name=name, line=number)
        raise ReadingError(
            where, "an empty or wordless sentence in 'sentences'", "give strings, or objects with a 'text'"
        )
    if isinstance(record.get("text"), str):
        return Article(record["text"], id=identity, name=name, line=number)
    if record.get("text") is not None:
        raise ReadingError(where, "'text' is not a string", "put the text of the document there, in quotation marks")
    if sentences is not None:
        raise ReadingError(where, "'sentences' is not a list", "put the sentences into brackets, or give a 'text'")
    raise ReadingError(where, "neither 'text' nor 'sentences'", "give each document one of them")

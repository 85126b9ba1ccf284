"""doccano's JSON Lines for text classification: no place for spans, metadata flat beside the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

from hedge.annotations.formats.item import Item, LeftOut, answer, item_from_fields, parsed, read_jsonl, write_jsonl
from hedge.errors import AnnotationError

__all__ = ["read", "write"]


def write(items: Iterable[Item], stream: TextIO) -> None:
    """Write one line for each sentence; a suggestion stands beside it as metadata."""
    write_jsonl(
        stream,
        (
            {"id": number, "text": item.text, "label": [item.label] if item.label else [], "Comments": []}
            | item.fields
            | ({"suggestion": item.suggestion, "score": item.score} if item.suggestion else {})
            for number, item in enumerate(items, 1)
        ),
    )


def read(file: Path) -> Iterator[Item | LeftOut]:
    """Read the lines of one annotator, or of a project whose annotators share their answers."""
    return parsed(read_jsonl(file), _answers, "doccano")


def _answers(record: dict[str, Any], where: str) -> Iterator[Item | LeftOut]:
    item = item_from_fields(record.get("text"), record, where)
    labels = record.get("label", [])
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        raise AnnotationError(f"{where}: 'label' is not a list of names; export it as text classification")
    if len(labels) == 1:
        yield replace(item, label=answer(labels[0], where))
    else:
        yield LeftOut(where, "with several labels" if labels else "without an answer")

"""A table with a row for each sentence, as spreadsheets read and write it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

from hedge.annotations.formats.item import (
    DETAILS,
    Item,
    LeftOut,
    answer,
    item_from_fields,
    lists_of,
    parsed,
    readings_of,
    with_marks,
)
from hedge.errors import AnnotationError

__all__ = ["read", "write"]

COLUMNS = (
    *("document", "sentence", "label", "text", "before", "after", "marks", "annotator", "readings"),
    *("suggestion", "score", "model"),
    *DETAILS,
)
"""``marks`` and ``readings`` are JSON."""


def write(items: Iterable[Item], stream: TextIO) -> None:
    """Write the table, with a header, to a stream that leaves the ends of lines alone."""
    table = csv.DictWriter(stream, COLUMNS)
    table.writeheader()
    table.writerows(_row(item) for item in items)


def read(file: Path) -> Iterator[Item | LeftOut]:
    """Read a table with at least the columns ``text`` and ``label``; an empty label is no answer."""
    return parsed(_rows(file), _answers, "hedge")


def _rows(file: Path) -> Iterator[tuple[str, dict[str, str]]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        table = csv.DictReader(stream)
        try:
            missing = {"text", "label"} - set(table.fieldnames or ())
            if missing:
                names = " and no column ".join(sorted(missing))
                raise AnnotationError(
                    f"{file}: no column {names}; the first row names the columns, separated by commas"
                )
            for row in table:
                yield f"{file}, line {table.line_num}", row
        except (UnicodeDecodeError, csv.Error) as error:
            raise AnnotationError(f"{file}: not a table in UTF-8 ({error}); save it as CSV UTF-8") from error


def _answers(row: dict[str, str], where: str) -> Iterator[Item | LeftOut]:
    item = item_from_fields(row["text"], row, where)
    if not (row["label"] or "").strip():
        yield LeftOut(where, "without an answer")
        return
    if row.get("marks"):
        item = with_marks(item, [(label, start, end) for label, start, end in lists_of(row, "marks", where)])
    yield replace(
        item,
        label=answer(row["label"], where),
        annotator=row.get("annotator") or None,
        readings=readings_of(row, where),
    )


def _row(item: Item) -> dict[str, Any]:
    return {
        **item.fields,
        "label": item.label,
        "text": item.text,
        "marks": json.dumps(item.marks, ensure_ascii=False) if item.marks else "",
        "annotator": item.annotator,
        "readings": json.dumps(item.readings, ensure_ascii=False) if item.readings else "",
        "suggestion": item.suggestion,
        "score": item.score,
        "model": item.model,
    }

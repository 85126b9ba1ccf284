"""Argilla 2's records as JSON: a ``label`` question, sentence and neighbours as fields, the rest as metadata."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

from hedge.annotations.formats.item import (
    Item,
    LeftOut,
    answer,
    item_from_fields,
    parsed,
    read_json_list,
    readings_of,
)
from hedge.errors import AnnotationError

__all__ = ["read", "write"]

QUESTION = "label"
FIELDS = ("before", "after")
OURS = "hedge"
"""Whose response the label of the corpus is, where it is exported."""
UNFINISHED = {"draft": "drafts", "discarded": "discarded"}


def write(items: Iterable[Item], stream: TextIO) -> None:
    """Write the records; labels become responses. Readings are metadata, so that they do not outvote the label."""
    records = [_record(number, item) for number, item in enumerate(items)]
    stream.write(json.dumps(records, ensure_ascii=False, indent=2) + "\n")


def read(file: Path) -> Iterator[Item | LeftOut]:
    """Read every submitted response; suggestions are not answers."""
    return parsed(read_json_list(file), _answers, "Argilla")


def _answers(record: dict[str, Any], where: str) -> Iterator[Item | LeftOut]:
    if not isinstance(record.get("fields"), dict):
        raise AnnotationError(f"{where}: no 'fields'; is it another format?")
    metadata = record.get("metadata") or {}
    item = item_from_fields(record["fields"].get("text"), metadata, where)
    item = replace(item, readings=readings_of(metadata, where))
    responses = (record.get("responses") or {}).get(QUESTION) or []
    for response in responses:
        if response.get("status") in UNFINISHED:
            yield LeftOut(where, UNFINISHED[response["status"]])
        elif response.get("value") is None:
            yield LeftOut(where, "without an answer")
        else:
            user = response.get("user_id")
            annotator = None if user in (None, OURS) else str(user)
            yield replace(item, label=answer(response["value"], where), annotator=annotator, exported=user == OURS)
    if not responses:
        yield LeftOut(where, "without an answer")


def _record(number: int, item: Item) -> dict[str, Any]:
    metadata: dict[str, Any] = {key: value for key, value in item.fields.items() if key not in FIELDS}
    if item.readings:
        metadata["readings"] = json.dumps(item.readings, ensure_ascii=False)
    suggestion = {"value": item.suggestion, "score": item.score, "agent": item.model}
    return {
        "id": f"{item.document}:{item.number}" if item.document else str(number),
        "fields": {"text": item.text, **{field: getattr(item, field) for field in FIELDS}},
        "metadata": metadata,
        "suggestions": {QUESTION: suggestion} if item.suggestion else {},
        "responses": {QUESTION: [{"value": item.label, "user_id": OURS}]} if item.label else {},
    }

"""Prodigy's JSON Lines, of its ``choice`` interface and of binary ``classification``."""

from __future__ import annotations

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
    read_jsonl,
    with_marks,
    write_jsonl,
)
from hedge.errors import AnnotationError
from hedge.labels import CLASSES

__all__ = ["read", "write_binary", "write_choice"]

ACCEPT = "accept"
NO_ANSWER = {"reject": "rejected", "ignore": "ignored"}


def write_choice(items: Iterable[Item], stream: TextIO) -> None:
    """Write tasks with the classes as options: those annotated already as accepted, else a suggestion in ``meta``."""
    options = [{"id": name, "text": name} for name in CLASSES]
    write_jsonl(
        stream,
        (
            {**_task(item), "options": options}
            | ({"accept": [item.label], "answer": ACCEPT} if item.label else {"accept": []})
            for item in items
        ),
    )


def write_binary(items: Iterable[Item], stream: TextIO) -> None:
    """Write tasks that ask whether one class is right: the label, else the suggestion.

    :raises AnnotationError: if a sentence has neither.
    """

    def tasks() -> Iterator[dict[str, Any]]:
        for item in items:
            if not (item.label or item.suggestion):
                raise AnnotationError("a binary question needs a label to ask about; pass --model for suggestions")
            task = {**_task(item), "label": item.label or item.suggestion}
            yield {**task, "answer": ACCEPT} if item.label else task

    write_jsonl(stream, tasks())


def read(file: Path) -> Iterator[Item | LeftOut]:
    """Read either kind. Only what was accepted is an answer: a rejected class does not say which one is right."""
    return parsed(read_jsonl(file), _answers, "Prodigy")


def _answers(task: dict[str, Any], where: str) -> Iterator[Item | LeftOut]:
    item = item_from_fields(task.get("text"), task.get("meta") or {}, where)
    given = task.get("answer")
    if given in NO_ANSWER:
        yield LeftOut(where, NO_ANSWER[given])
        return
    if given not in (ACCEPT, None):
        raise AnnotationError(f"{where}: 'answer' is {given!r}; Prodigy writes accept, reject or ignore")
    choice = "options" in task or "accept" in task  # an answer may come without the options that there were
    chosen = task.get("accept", []) if choice else [task["label"]] if given else []
    if len(chosen) != 1:
        yield LeftOut(where, "with several labels" if chosen else "without an answer")
        return
    if "spans" in task:
        item = with_marks(item, [(span["label"], span["start"], span["end"]) for span in task["spans"]])
    yield replace(
        item,
        label=answer(chosen[0], where),
        annotator=task.get("_annotator_id") or task.get("_session_id"),
    )


def _task(item: Item) -> dict[str, Any]:
    meta: dict[str, Any] = dict(item.fields)
    if item.suggestion:
        meta |= {"suggestion": item.suggestion, "score": item.score or 0, "model": item.model or ""}
    task: dict[str, Any] = {"text": item.text, "meta": meta}
    if item.marks:
        task["spans"] = [{"start": start, "end": end, "label": label} for label, start, end in item.marks]
    return task

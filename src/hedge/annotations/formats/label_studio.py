"""Label Studio's tasks as JSON, and the labelling configuration that they are for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO
from xml.etree import ElementTree as ET

from hedge.annotations.formats.item import (
    Item,
    LeftOut,
    answer,
    item_from_fields,
    parsed,
    read_json_list,
    with_marks,
)
from hedge.annotations.spans import find_words
from hedge.errors import AnnotationError
from hedge.labels import CLASSES, SPAN_LABELS

__all__ = ["configuration", "read", "write"]

LABEL, SPANS, TEXT = "label", "cues", "text"
"""Names of the controls for classes and for spans, and of the object that they are about."""


def configuration() -> str:
    """Return the labelling interface: the sentence between its neighbours, a class to choose, spans to mark."""
    view = ET.Element("View")
    ET.SubElement(view, "Text", name="before", value="$before")
    labels = ET.SubElement(view, "Labels", name=SPANS, toName=TEXT)
    for name in SPAN_LABELS:
        ET.SubElement(labels, "Label", value=name)
    ET.SubElement(view, "Text", name=TEXT, value="$text")
    choices = ET.SubElement(view, "Choices", name=LABEL, toName=TEXT, choice="single", required="true")
    for name in CLASSES:
        ET.SubElement(choices, "Choice", value=name)
    ET.SubElement(view, "Text", name="after", value="$after")
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def write(items: Iterable[Item], stream: TextIO) -> None:
    """Write the tasks, for a project that is set up with the :func:`configuration`."""
    tasks = [_task(number, item) for number, item in enumerate(items, 1)]
    stream.write(json.dumps(tasks, ensure_ascii=False, indent=2) + "\n")


def read(file: Path) -> Iterator[Item | LeftOut]:
    """Read every annotation that was not cancelled; predictions are not answers."""
    return parsed(read_json_list(file), _answers, "Label Studio")


def _answers(task: dict[str, Any], where: str) -> Iterator[Item | LeftOut]:
    data, annotations = task.get("data"), task.get("annotations")
    if not isinstance(data, dict) or not isinstance(annotations, list):
        raise AnnotationError(f"{where}: no 'data' or no 'annotations'; export it as JSON, not JSON-MIN")
    item = item_from_fields(data.get("text"), data, where)
    for annotation in annotations:
        yield LeftOut(where, "cancelled") if annotation.get("was_cancelled") else _answered(item, annotation)
    if not annotations:
        yield LeftOut(where, "without an answer")


def _answered(item: Item, annotation: dict[str, Any]) -> Item | LeftOut:
    results = annotation.get("result") or []
    chosen = [name for result in results for name in result.get("value", {}).get("choices", ())]
    if len(chosen) != 1:
        return LeftOut(item.where, "with several labels" if chosen else "without an answer")
    who = annotation.get("completed_by")
    if isinstance(who, dict):
        who = who.get("email") or who.get("id")
    item = replace(item, label=answer(chosen[0], item.where), annotator=None if who is None else str(who))
    spans = [result["value"] for result in results if result.get("type") == "labels"]
    return with_marks(item, [mark for span in spans for mark in _marks(item, span)]) if spans else item


def _marks(item: Item, span: dict[str, Any]) -> Iterator[tuple[Any, Any, Any]]:
    """Yield a span once for each of its labels, at the place where its words stand.

    Some versions of Label Studio count offsets in UTF-16 code units, so that the words decide.
    """
    start, end, words = span.get("start"), span.get("end"), span.get("text")
    if isinstance(words, str) and words.strip() and item.text[start:end] != words:
        try:
            start, end = find_words(item.text, words)
        except AnnotationError as error:
            raise AnnotationError(f"{item.where}: {error}") from error
    for label in span.get("labels", ()):
        yield label, start, end


def _task(number: int, item: Item) -> dict[str, Any]:
    neighbours = {"before": item.before, "after": item.after}  # the configuration names them, so they are never missing
    task: dict[str, Any] = {"id": number, "data": {"text": item.text, **neighbours, **item.fields}, "annotations": []}
    if item.label:
        marks = [
            _result(SPANS, "labels", labels=[label], start=start, end=end, text=item.text[start:end])
            for label, start, end in item.marks
        ]
        task["annotations"] = [{"result": [_choice(item.label), *marks], "was_cancelled": False}]
    task["predictions"] = []
    if item.suggestion:
        prediction = {"model_version": item.model, "score": item.score, "result": [_choice(item.suggestion)]}
        task["predictions"] = [prediction]
    return task


def _choice(name: str) -> dict[str, Any]:
    return _result(LABEL, "choices", choices=[name])


def _result(control: str, kind: str, **value: Any) -> dict[str, Any]:  # noqa: ANN401 - of JSON's types
    return {"from_name": control, "to_name": TEXT, "type": kind, "value": value}

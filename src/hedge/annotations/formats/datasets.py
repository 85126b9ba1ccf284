"""A Hugging Face ``datasets`` folder, as ``save_to_disk`` writes it: a row for each sentence, a part for each split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from hedge.annotations.formats.item import DETAILS, Item, LeftOut, answer, item_from_fields, parsed, with_marks
from hedge.annotations.quiet import quiet_unless_watched
from hedge.errors import AnnotationError, MissingExtraError
from hedge.labels import CLASSES

__all__ = ["read", "write"]

TEXT_COLUMNS = ("text", "document", "before", "after", "annotator", *DETAILS)
NO_SPLIT = "train"


def write(items: Iterable[Item], folder: Path) -> None:
    """Write a ``DatasetDict``. What is not annotated has no label; what has no split is in ``train``.

    :raises MissingExtraError: if datasets is not installed.
    """
    datasets = _library()
    strings = datasets.Value("string")
    features = datasets.Features(
        {
            **dict.fromkeys(TEXT_COLUMNS, strings),
            "sentence": datasets.Value("int32"),
            "label": datasets.ClassLabel(names=list(CLASSES)),
            "marks": datasets.List(
                {"label": strings, "start": datasets.Value("int32"), "end": datasets.Value("int32")}
            ),
            "readings": datasets.List({"annotator": strings, "label": strings}),
            "suggestion": strings,
            "score": datasets.Value("float32"),
        }
    )
    splits: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        splits.setdefault(item.details.get("split") or NO_SPLIT, []).append(_row(item))
    parts = {name: datasets.Dataset.from_list(rows, features=features) for name, rows in splits.items()}
    with quiet_unless_watched():
        datasets.DatasetDict(parts).save_to_disk(folder)


def read(folder: Path) -> Iterator[Item | LeftOut]:
    """Read a ``Dataset`` or ``DatasetDict`` with the columns ``text`` and ``label``, a class or its name.

    :raises AnnotationError: if the folder is none.
    :raises MissingExtraError: if datasets is not installed.
    """
    datasets = _library()
    try:
        found = datasets.load_from_disk(folder)
    except FileNotFoundError as error:
        raise AnnotationError(f"{folder}: not a folder that datasets' save_to_disk wrote") from error
    parts = found if isinstance(found, datasets.DatasetDict) else {"": found}
    for name, part in parts.items():
        missing = {"text", "label"} - set(part.column_names)
        if missing:
            raise AnnotationError(f"{folder}: no column {' and no column '.join(sorted(missing))}")
        names = getattr(part.features["label"], "names", None)
        place = f"{folder}, {name} row" if name else f"{folder}, row"
        rows = ((f"{place} {number}", {"split": name, **row}) for number, row in enumerate(part))
        yield from parsed(rows, partial(_answers, names), "datasets")


def _answers(names: list[str] | None, row: dict[str, Any], where: str) -> Iterator[Item | LeftOut]:
    label = row["label"]
    if label in (None, "", -1):
        yield LeftOut(where, "without an answer")
        return
    item = item_from_fields(row["text"], row, where)
    if row.get("marks"):
        item = with_marks(item, [(mark["label"], mark["start"], mark["end"]) for mark in row["marks"]])
    yield replace(
        item,
        label=answer(names[label] if names and isinstance(label, int) else label, where),
        annotator=row.get("annotator"),
        readings=tuple((one["annotator"], answer(one["label"], where)) for one in row.get("readings") or ()),
    )


def _row(item: Item) -> dict[str, Any]:
    return {
        **dict.fromkeys((*TEXT_COLUMNS, "sentence")),
        **item.fields,
        "text": item.text,
        "annotator": item.annotator,
        "label": item.label,
        "marks": [{"label": label, "start": start, "end": end} for label, start, end in item.marks],
        "readings": [{"annotator": annotator, "label": label} for annotator, label in item.readings],
        "suggestion": item.suggestion,
        "score": item.score,
    }


def _library() -> Any:  # noqa: ANN401 - an untyped module
    try:
        import datasets
    except ImportError as error:
        raise MissingExtraError("A datasets folder", "train") from error
    return datasets

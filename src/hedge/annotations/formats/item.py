"""A sentence on its way to an annotation tool or back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TextIO

from hedge.annotations.records import ORIGINS, SPLITS, CueSpan
from hedge.annotations.rows import check_text
from hedge.errors import AnnotationError
from hedge.labels import CLASSES, SOURCE, SPAN_LABELS, CueKind
from hedge.wording import in_words

__all__ = [
    "DETAILS",
    "Item",
    "LeftOut",
    "answer",
    "item_from_fields",
    "lists_of",
    "parsed",
    "read_json_list",
    "read_jsonl",
    "readings_of",
    "with_marks",
    "write_jsonl",
]

DETAILS = (
    *("split", "origin", "genre", "topic", "publisher", "licence", "title", "url"),
    *("retells", "drawn", "round"),
)
"""What is known about a document that goes with each of its sentences, so that it comes back with them."""
ALLOWED = {"split": SPLITS, "origin": ORIGINS}
"""Those of them that have only so many values."""


@dataclass(frozen=True)
class Item:
    """A sentence, with its neighbours, so that it is judged in its article."""

    text: str
    document: str | None = None
    """Id of its document; ``None`` if the file does not say: then the sentence is a document of its own."""
    number: int | None = None
    """Its index in the document, from 0."""
    before: str = ""
    after: str = ""
    label: str | None = None
    """One of :data:`hedge.labels.CLASSES`; ``None`` if it is yet to be annotated."""
    annotator: str | None = None
    exported: bool = False
    """Whether the label is the corpus's own, as it was exported: it stands only where nobody has answered."""
    readings: tuple[tuple[str, str], ...] = ()
    """What each of several annotators chose."""
    reason: str | None = None
    """Why they were settled as they were. No format carries it, since an annotator may choose another label."""
    cues: tuple[CueSpan, ...] | None = None
    """``None``: not told, other than that there are none."""
    source: tuple[int, int] | None = None
    suggestion: str | None = None
    """What a model says."""
    score: float | None = None
    """The probability of the suggestion."""
    model: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    """Those of :data:`DETAILS` that are known."""
    where: str = ""
    """The file and record it was read from, for messages."""

    @property
    def marks(self) -> list[tuple[str, int, int]]:
        """Cues and source as labelled spans, for tools that have such."""
        cues = [(cue.kind.value, cue.start, cue.end) for cue in self.cues or ()]
        return [*cues, (SOURCE, *self.source)] if self.source else cues

    @property
    def fields(self) -> dict[str, str | int]:
        """What goes with the text in every format, flat: the place of the sentence, its neighbours, the details."""
        place = {"document": self.document, "sentence": self.number, "before": self.before, "after": self.after}
        return {key: value for key, value in {**place, **self.details}.items() if value not in (None, "")}


@dataclass(frozen=True)
class LeftOut:
    """A record that holds no answer."""

    where: str
    why: str
    """Such as ``ignored`` or ``without an answer``: a word or two, by which such records are counted."""


Parser = Callable[[Any, str], Iterator[Item | LeftOut]]
"""What finds the answers in a record, given with where it stands."""


def item_from_fields(text: object, fields: Mapping[str, Any], where: str) -> Item:
    """Build an item from its text and from what :attr:`Item.fields` wrote beside it, as far as it is there.

    :raises AnnotationError: if the text is none, the place is not one, or a detail has a value that it cannot have.
    """
    if not isinstance(text, str) or not text.strip():
        raise AnnotationError(f"{where}: there is no text; each record needs the sentence that was annotated")
    document, number = fields.get("document"), _whole_number(fields, "sentence", where)
    if document in (None, "") and number is not None:
        raise AnnotationError(f"{where}: 'sentence' is {number}, but no 'document' is named")
    details = {key: str(fields[key]) for key in DETAILS if fields.get(key) not in (None, "")}
    _whole_number(fields, "round", where)
    for key, allowed in ALLOWED.items():
        if key in details and details[key] not in allowed:
            raise AnnotationError(
                f"{where}: the {key} {details[key]!r} is none of {', '.join(allowed)}; rename it in the file"
            )
    return Item(
        text=text,
        document=None if document in (None, "") else str(document),
        number=number,
        details=details,
        where=where,
    )


def _whole_number(fields: Mapping[str, Any], name: str, where: str) -> int | None:
    """Return a field that counts from 0; ``None`` if it is not there."""
    value = fields.get(name)
    try:
        number = None if value in (None, "") else int(value)
    except (OverflowError, TypeError, ValueError):
        number = -1
    if number is not None and number < 0:
        raise AnnotationError(f"{where}: {name!r} is {value!r}; it must be a whole number, from 0")
    return number


def with_marks(item: Item, marks: Iterable[tuple[str, int, int]]) -> Item:
    """Return the item with cues and source from labelled spans.

    :raises AnnotationError: if a span has another label, or is not inside the sentence.
    """
    cues, source = [], None
    for label, start, end in marks:
        if label not in SPAN_LABELS:
            raise AnnotationError(f"{item.where}: the span label {label!r} is none of {', '.join(SPAN_LABELS)}")
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(item.text):
            raise AnnotationError(f"{item.where}: the span {start}–{end} is not inside its sentence")
        if label == SOURCE:
            source = (start, end)
        else:
            cues.append(CueSpan(CueKind(label), start, end))
    return replace(item, cues=tuple(sorted(cues, key=lambda cue: (cue.start, cue.end))), source=source)


def answer(value: object, where: str) -> str:
    """Return the class that a tool's label names, in whatever case.

    :raises AnnotationError: if it is none of ours.
    """
    name = str(value).strip().lower()
    if name not in CLASSES:
        raise AnnotationError(f"{where}: the label {value!r} is none of {', '.join(CLASSES)}; rename it in the file")
    return name


def lists_of(fields: Mapping[str, Any], name: str, where: str) -> list[list[Any]]:
    """Return the lists that a field holds as JSON: none if it is empty or not there.

    :raises AnnotationError: if it holds something else.
    """
    try:
        value = json.loads(fields.get(name) or "[]")
    except ValueError as error:
        raise AnnotationError(f"{where}: {name!r} is not valid JSON ({error}); mend or empty it") from error
    if not isinstance(value, list) or not all(isinstance(part, list) for part in value):
        raise AnnotationError(f"{where}: {name!r} is not a list of lists; mend or empty it")
    return value


def readings_of(fields: Mapping[str, Any], where: str) -> tuple[tuple[str, str], ...]:
    """Return who chose what, from the field ``readings``.

    :raises AnnotationError: if it holds something else, or a label that is none of ours.
    """
    return tuple((name, answer(label, where)) for name, label in lists_of(fields, "readings", where))


def parsed(records: Iterable[tuple[str, Any]], parse: Parser, tool: str) -> Iterator[Item | LeftOut]:
    """Yield what a parser finds in each record, given with where it stands.

    :raises AnnotationError: if a record has not the layout that the parser takes for granted, or a lone surrogate.
    """
    for where, record in records:
        try:
            for found in parse(record, where):
                if isinstance(found, Item):
                    words = (found.text, found.document, found.annotator, found.readings, dict(found.details))
                    check_text(words, where)
                yield found
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:  # noqa: PERF203 - once a record
            raise AnnotationError(
                f"{where}: not as {tool} writes it ({in_words(error)}); is it another format?"
            ) from error


def read_jsonl(file: Path) -> Iterator[tuple[str, Any]]:
    """Yield the record on each line that is not blank, with file and line."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            where = f"{file}, line {number}"
            if line.strip():
                try:
                    yield where, json.loads(line)
                except ValueError as error:
                    raise AnnotationError(f"{where}: not valid JSON ({error}); is it another format?") from error


def read_json_list(file: Path) -> Iterator[tuple[str, Any]]:
    """Yield each record of a JSON file that holds a list of them, with file and number from 1."""
    try:
        records = json.loads(file.read_bytes())
    except ValueError as error:
        raise AnnotationError(f"{file}: not valid JSON ({error}); is it another format?") from error
    if not isinstance(records, list):
        raise AnnotationError(f"{file}: not a list of records; is it another format?")
    for number, record in enumerate(records, 1):
        yield f"{file}, record {number}", record


def write_jsonl(stream: TextIO, records: Iterator[dict[str, Any]]) -> None:
    """Write objects one a line."""
    stream.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)

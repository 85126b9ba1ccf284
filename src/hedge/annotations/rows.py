"""The lines of a corpus's files, turned into records; what is wrong with one is named by file and line."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from hedge.annotations.records import ORIGINS, SPLITS, AnnotatedDocument, AnnotatedSentence, CueSpan
from hedge.errors import AnnotationError
from hedge.labels import CLASSES, SKIP, CueKind, Label
from hedge.reading import Article
from hedge.segmentation import SegmentedText
from hedge.segmentation.sentences import segment_article

__all__ = ["PlacedRow", "Row", "check_text", "document_of", "field", "rows_of", "sentence_of"]


Row: TypeAlias = dict[str, Any]
PlacedRow: TypeAlias = tuple[str, Row]
"""A row, after the file and line where it stands."""


def rows_of(file: Path) -> Iterator[PlacedRow]:
    """Yield the JSON objects of a file, each with file and line.

    :raises AnnotationError: if a line is none, is not UTF-8, or has a lone surrogate.
    """
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            where = f"{file}, line {number}"
            try:
                row = json.loads(line.decode("utf-8"))
            except UnicodeDecodeError as error:
                raise AnnotationError(f"{where}: not UTF-8 text ({error}); save it as UTF-8") from error
            except ValueError as error:
                raise AnnotationError(f"{where}: not valid JSON ({error}); put one object on each line") from error
            if not isinstance(row, dict):
                raise AnnotationError(f"{where}: not a JSON object; put one on each line")
            if b"\\u" in line:
                check_text(row, where)
            yield where, row


def check_text(value: object, where: str) -> None:
    """Make sure that the strings in a value, of JSON's types, can be written.

    :raises AnnotationError: if there is a lone surrogate in one.
    """
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise AnnotationError(
            f"{where}: a lone surrogate (\\u{ord(error.object[error.start]):04x}), which is no text; mend the escape"
        ) from error


def document_of(where: str, row: Row, own_rows: list[PlacedRow], text: str | None) -> AnnotatedDocument:
    """Build a document from its row and those of its sentences.

    :param text: What sentences that stand off stand in; they are empty without it.
    :raises AnnotationError: if something in a row is missing, or of another kind than it should be.
    """
    sentences = tuple(sentence_of(place, sentence, text) for place, sentence in own_rows)
    number = row.get("round")
    if number is not None and type(number) is not int:
        raise AnnotationError(f"{where}: 'round' is not a whole number; write one, or remove it")
    return AnnotatedDocument(
        id=field(row, "id", where),
        genre=field(row, "genre", where),
        origin=_choice(row, "origin", ORIGINS, where),
        source=field(row, "source", where),
        licence=field(row, "licence", where),
        split=_choice(row, "split", SPLITS, where),
        sentences=sentences,
        title=_optional_field(row, "title", where),
        url=_optional_field(row, "url", where),
        retells=_optional_field(row, "retells", where),
        topic=_optional_field(row, "topic", where),
        drawn=_optional_field(row, "drawn", where),
        added=_optional_field(row, "added", where),
        round=number,
        stands_off=any("text" not in sentence for _, sentence in own_rows),
        excerpt=_excerpt(text, own_rows) if row.get("excerpt") and text else None,
    )


def sentence_of(where: str, row: Row, text: str | None) -> AnnotatedSentence:
    """Build a sentence from its row, as :func:`document_of` does."""
    words, length = _words(where, row, text)
    cues, readings = row.get("cues", []), row.get("readings", {})
    if not isinstance(cues, list) or not all(isinstance(cue, dict) for cue in cues):
        raise AnnotationError(f"{where}: 'cues' is not a list of objects; write one, or remove it")
    if not isinstance(readings, dict):
        raise AnnotationError(f"{where}: 'readings' is not an object; write what each annotator chose, by name")
    label = _choice(row, "label", CLASSES, where)
    return AnnotatedSentence(
        text=words,
        label=None if label == SKIP else Label(label),
        cues=tuple(_cue(cue, where, length) for cue in cues),
        source=_span(row["source"], "'source'", where, length) if "source" in row else None,
        readings=tuple((name, _choice(readings, name, CLASSES, f"{where}: 'readings'")) for name in readings),
        reason=_optional_field(row, "reason", where),
    )


def _words(where: str, row: Row, text: str | None) -> tuple[str, int]:
    """Return the words of a sentence and its length in characters; no words if they stand in a text that is missing."""
    if "text" in row:
        words = field(row, "text", where)
    else:
        start, end = _offsets(row, "a sentence without 'text'", where)
        if not 0 <= start < end:
            raise AnnotationError(f"{where}: no sentence stands at {start}–{end} of its text; mend the offsets")
        if text is None:
            return "", end - start
        words = text[start:end]
    if not words.strip():
        raise AnnotationError(f"{where}: the sentence has no words; mend it, or remove the line")
    return words, len(words)


def _cue(cue: Row, where: str, length: int) -> CueSpan:
    kind = _choice(cue, "kind", [kind.value for kind in CueKind], f"{where}: 'cues'")
    return CueSpan(CueKind(kind), *_span(cue, "each of 'cues'", where, length))


def _span(part: object, what: str, where: str, length: int) -> tuple[int, int]:
    """Return where a cue or source stands in its sentence, in characters."""
    start, end = _offsets(part, what, where)
    if not 0 <= start < end <= length:
        raise AnnotationError(
            f"{where}: the span {start}–{end} is not inside its sentence of {length} characters; mend the offsets"
        )
    return start, end


def _offsets(part: object, what: str, where: str) -> tuple[int, int]:
    start, end = (part.get("start"), part.get("end")) if isinstance(part, dict) else (None, None)
    if type(start) is not int or type(end) is not int:
        raise AnnotationError(f"{where}: {what} must have 'start' and 'end', whole numbers; write them")
    return start, end


def _excerpt(text: str, rows: list[PlacedRow]) -> SegmentedText:
    """Return the text and where the sentences stand in it: in order, apart, and not within white space."""
    spans: list[tuple[int, int]] = []
    position = 0
    for where, row in rows:
        start, end = _offsets(row, "a sentence of an excerpt", where)
        if not position <= start < end <= len(text) or text[start].isspace() or text[end - 1].isspace():
            raise AnnotationError(f"{where}: no sentence stands at {start}–{end} of its text; mend the offsets")
        spans.append((start, end))
        position = end
    return segment_article(Article(text, sentences=tuple(spans)))


def field(row: Row, key: str, where: str) -> str:
    """Return a field that must be there, a string with characters.

    :raises AnnotationError: if it is not.
    """
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise AnnotationError(f"{where}: {key!r} is missing or not a string; write one that is not empty")
    return value


def _optional_field(row: Row, key: str, where: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise AnnotationError(f"{where}: {key!r} is not a string; write one, or remove it")
    return value


def _choice(row: Row, key: str, allowed: Collection[str], where: str) -> str:
    """Return a field that has one of a few values."""
    value = field(row, key, where)
    if value not in allowed:
        raise AnnotationError(f"{where}: {key!r} is {value!r}, which is none of {', '.join(allowed)}; mend it")
    return value

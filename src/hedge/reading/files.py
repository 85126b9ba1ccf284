"""Files, folders and standard input: what there is to read, and one article after the other out of it."""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from hedge.errors import HedgeError, ReadingError
from hedge.reading.article import Article
from hedge.reading.decoding import decode, is_wide
from hedge.reading.html import read_html
from hedge.reading.jsonl import read_record
from hedge.reading.language import not_english
from hedge.reading.markdown import read_markdown

__all__ = ["DEFAULT_MAX_BYTES", "InputFormat", "find_files", "read"]

DEFAULT_MAX_BYTES = 20_000_000
STANDARD_INPUT = "-"


class InputFormat(str, Enum):
    """How a file is read; by its ending unless given."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSONL = "jsonl"


GZIP = ".gz"
ENDINGS = {
    ".txt": InputFormat.TEXT,
    ".text": InputFormat.TEXT,
    ".md": InputFormat.MARKDOWN,
    ".markdown": InputFormat.MARKDOWN,
    ".html": InputFormat.HTML,
    ".htm": InputFormat.HTML,
    ".jsonl": InputFormat.JSONL,
    ".ndjson": InputFormat.JSONL,
}


def find_files(paths: Iterable[str | Path | ReadingError], pattern: str | None = None) -> Iterator[Path | ReadingError]:
    """Yield the files that the paths name: themselves, and those inside folders, sorted, at any depth.

    :param pattern: A glob such as ``*.txt`` for folders; without one, every file with a known ending.
        Files and folders whose name begins with a dot are passed over.
    :return: Files (``-`` for standard input), and an error in place of a path that leads to none.
    """
    for named in paths:
        if named == "":  # as a path, that would be the folder where we are
            yield ReadingError("''", "is no file name", "check the path")
            continue
        path = named if isinstance(named, ReadingError) else Path(named)
        if isinstance(path, ReadingError) or not os.path.isdir(path):  # noqa: PTH112 - is_dir() may raise
            yield path
            continue
        try:
            found = sorted(
                file
                for file in path.rglob(pattern or "*")
                if file.is_file()
                and (pattern or _format_of(file))
                and not any(part.startswith(".") for part in file.relative_to(path).parts)
            )
        except (ValueError, NotImplementedError) as error:
            yield ReadingError(str(path), f"{pattern!r} is no pattern ({error})", "pass one such as *.txt")
            continue
        if not found:
            wanted = pattern or ", ".join(f"*{ending}" for ending in ENDINGS)
            yield ReadingError(
                str(path), f"a folder without texts (looked for {wanted})", "pass --pattern or another folder"
            )
        yield from found


def read(
    paths: str | Path | Iterable[str | Path | ReadingError],
    *,
    input_format: InputFormat | str | None = None,
    pattern: str | None = None,
    encoding: str | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
    on_error: Callable[[HedgeError], None] | None = None,
) -> Iterator[Article]:
    """Read articles, one after the other.

    :param paths: Files, folders, or ``-`` for standard input; also what :func:`find_files` yields. Files whose name
        ends in ``.gz`` are decompressed.
    :param input_format: ``text``, ``markdown``, ``html`` or ``jsonl``; by the file's ending unless given.
    :param pattern: A glob for the files of folders (see :func:`find_files`).
    :param encoding: Of the files; UTF-8 or detected unless given.
    :param max_bytes: Larger documents are refused, measured decompressed; in JSON Lines that is a line.
    :param on_error: Called with each error, after which reading goes on; without it the first error is raised.
    :raises HedgeError: for what cannot be read, unless ``on_error`` takes it.
    :raises ValueError: if there is no such ``input_format``.
    """

    def fail(error: HedgeError) -> None:
        if on_error is None:
            raise error
        on_error(error)

    for found in find_files([paths] if isinstance(paths, (str, Path)) else paths, pattern):
        if isinstance(found, ReadingError):
            fail(found)
            continue
        chosen = InputFormat(input_format) if input_format else _format_of(found) or InputFormat.TEXT
        name = "<stdin>" if str(found) == STANDARD_INPUT else os.fsencode(found).decode("utf-8", "replace")
        try:
            if str(found) == STANDARD_INPUT:
                yield from _read_stream(sys.stdin.buffer, name, chosen, encoding, max_bytes, fail)
            else:
                with gzip.open(found) if _is_compressed(found) else found.open("rb") as stream:
                    yield from _read_stream(stream, name, chosen, encoding, max_bytes, fail)
        except FileNotFoundError:
            fail(ReadingError(name, "no such file", "check the path"))
        except (OSError, EOFError, zlib.error) as error:
            why = getattr(error, "strerror", None) or error
            fail(ReadingError(name, f"cannot be read ({why})", "check the file and its permissions"))
        except HedgeError as error:
            fail(error)


def _format_of(file: Path) -> InputFormat | None:
    """Tell the format by the ending, that of a compressed file by the ending before."""
    return ENDINGS.get(Path(file.stem if _is_compressed(file) else file.name).suffix.lower())


def _is_compressed(file: Path) -> bool:
    return file.suffix.lower() == GZIP


def _read_stream(
    stream: BinaryIO | gzip.GzipFile,
    name: str,
    input_format: InputFormat,
    encoding: str | None,
    max_bytes: int,
    fail: Callable[[HedgeError], None],
) -> Iterator[Article]:
    if input_format is InputFormat.JSONL:
        yield from _read_lines(stream, name, encoding, max_bytes, fail)
        return
    data = _limited(stream.read(max_bytes + 1), name, max_bytes)
    text, note = decode(data, name, encoding)
    blocks = None
    if input_format is InputFormat.MARKDOWN:
        text, blocks = read_markdown(text)
    elif input_format is InputFormat.HTML:
        text, blocks = read_html(text, name)
    yield _checked(Article(text, id=name, name=name, blocks=blocks, notes=(note,) if note else ()), name)


def _read_lines(
    stream: BinaryIO | gzip.GzipFile,
    name: str,
    encoding: str | None,
    max_bytes: int,
    fail: Callable[[HedgeError], None],
) -> Iterator[Article]:
    """Read JSON Lines as a stream; a line that fails does not stop the others.

    :raises ReadingError: if no line can be read, as the file has none or is in UTF-16 or UTF-32.
    """
    number, documents = 0, 0
    while data := stream.readline(max_bytes + 1):
        number += 1
        where = f"{name}, line {number}"
        if not documents and is_wide(data):  # a line would end in the middle of a character
            raise ReadingError(name, "JSON Lines in UTF-16 or UTF-32", "save it as UTF-8, which JSON Lines are in")
        try:
            if len(data) > max_bytes:
                documents += 1
                while data and not data.endswith(b"\n"):
                    data = stream.readline(max_bytes)
                raise _too_large(where, max_bytes)
            if not data.strip():
                continue
            documents += 1
            line, note = decode(data, where, encoding)
            article = read_record(line, name, number)
            article = replace(article, id=article.id or f"{name}:{number}", notes=(note,) if note else ())
            yield _checked(article, where)
        except HedgeError as error:
            fail(error)
    if not documents:
        raise ReadingError(name, "there is no line with words in it", "put one JSON object on each line")


def _limited(data: bytes, where: str, max_bytes: int) -> bytes:
    if len(data) > max_bytes:
        raise _too_large(where, max_bytes)
    return data


def _too_large(where: str, max_bytes: int) -> ReadingError:
    return ReadingError(where, f"larger than {max_bytes:,} bytes", "raise --max-bytes, or split the text")


def _checked(article: Article, where: str) -> Article:
    """Refuse what has no words or cannot be written out again; note another language."""
    if not article.text.strip():
        raise ReadingError(where, "there is no text in it", "check that the right file was passed")
    try:
        article.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadingError(
            where,
            f"a lone surrogate (\\u{ord(article.text[error.start]):04x}) at character {error.start}, which is no text",
            "mend the escape at its origin, or replace it by \\ufffd",
        ) from error
    note = not_english(article.text)
    return replace(article, notes=(*article.notes, note)) if note else article

"""The annotated corpus: a folder with a table of documents and files of sentences.

``documents.jsonl`` has a line for each document. Every other ``*.jsonl`` in the folder has a line for each sentence,
in reading order, the sentences of one document together. A sentence has its ``text`` where that is ours to give; else
it is *stand-off*: ``start`` and ``end`` in a text that whoever has it passes as ``texts``.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from hedge.annotations.records import ORIGINS, AnnotatedDocument, AnnotatedSentence, text_hash
from hedge.annotations.rows import PlacedRow, document_of, field, rows_of, sentence_of
from hedge.errors import AnnotationError, HedgeError, ReadingError
from hedge.reading import read
from hedge.segmentation.sentences import segment_article
from hedge.whole import written_whole
from hedge.wording import counted

__all__ = ["DEFAULT_FOLDER", "DOCUMENTS_FILE", "TEXTS_VARIABLE", "Corpus", "placed_sentences"]

DEFAULT_FOLDER = Path("data/annotated")
DOCUMENTS_FILE = "documents.jsonl"
TEXTS_VARIABLE = "HEDGE_TEXTS"


@dataclass(frozen=True)
class Corpus:
    """Annotated documents, in the order of the table."""

    documents: tuple[AnnotatedDocument, ...]
    unresolved: tuple[str, ...] = ()
    """Ids of stand-off documents whose text was not to be had, so that they are not among ``documents``."""

    @classmethod
    def load(cls, folder: str | Path = DEFAULT_FOLDER, texts: str | Path | None = None) -> Corpus:
        """Load a corpus.

        :param folder: The folder of the corpus.
        :param texts: A folder (or file) with the texts of its stand-off documents, known by their SHA-256: anything
            that :func:`hedge.read` reads. The environment variable ``HEDGE_TEXTS`` unless given.
        :raises AnnotationError: if a record is broken; the message names file and line.
        :raises HedgeError: if texts are needed, but none can be read where they should be.
        """
        folder = Path(folder)
        table_file = folder / DOCUMENTS_FILE
        if not table_file.is_file():
            raise AnnotationError(f"{folder}: no annotated corpus here (no {DOCUMENTS_FILE}); pass --data FOLDER")
        known, unread = _texts_by_hash(texts or os.environ.get(TEXTS_VARIABLE))
        rows = _sentence_rows(folder)
        documents, unresolved, seen, wordless = [], [], set(), []
        for where, row in rows_of(table_file):
            identity = field(row, "id", where)
            if identity in seen:
                raise AnnotationError(f"{where}: the document {identity!r} stands here a second time; remove one line")
            seen.add(identity)
            own_rows, text = rows.pop(identity, []), known.get(field(row, "sha256", where))
            if not own_rows:
                wordless.append(f"{where}: no file of the corpus has a sentence of {identity!r}; remove the line")
                continue
            document = document_of(where, row, own_rows, text)
            if document.stands_off and text is None:
                unresolved.append(identity)
                continue
            if document.sha256 != row["sha256"]:
                raise AnnotationError(
                    f"{where}: the sentences of {identity!r} are not those that were hashed; if the change is meant, "
                    f"write {document.sha256} as its sha256"
                )
            documents.append(document)
        if rows:
            place = next(iter(rows.values()))[0][0]
            raise AnnotationError(f"{place}: sentences of documents that are not in the table: {', '.join(rows)}")
        if wordless:
            raise AnnotationError(wordless[0])
        if unresolved and unread and not known:
            raise unread[0]
        return cls(tuple(documents), tuple(unresolved))

    def filter(self, keep: Callable[[AnnotatedDocument], bool]) -> Corpus:
        """Return the corpus of the documents for which ``keep`` holds."""
        return Corpus(tuple(document for document in self.documents if keep(document)), self.unresolved)

    def split(self, name: str) -> Corpus:
        """Return one split: ``train``, ``validation`` or ``test``."""
        return self.filter(lambda document: document.split == name)

    def nonempty_split(self, name: str) -> Corpus:
        """Return one split that must have documents.

        :raises AnnotationError: if it has none.
        """
        split = self.split(name)
        if not split.documents:
            with_text, cure = "", "import more, or some"
            if self.unresolved:
                with_text, cure = " with text", "pass --texts, or import some"
            raise AnnotationError(
                f"the split {name!r} has no documents{with_text}; {cure} into it "
                f"(hedge annotations import --split {name})"
            )
        return split

    @property
    def sentences(self) -> Iterator[AnnotatedSentence]:
        """All sentences, in order."""
        return (sentence for document in self.documents for sentence in document.sentences)

    @property
    def sha256(self) -> str:
        """A hash of texts, labels and splits: what a model or a table was made from."""
        digest = hashlib.sha256()
        for document in self.documents:
            digest.update(json.dumps([document.to_row(), *document.to_sentence_rows(with_text=False)]).encode())
        return digest.hexdigest()

    def save(self, folder: str | Path) -> None:
        """Write the corpus in its folder form, a file for every origin; what stands off is written without its text.

        All files are written aside before the first is put in place, so that an error or Ctrl-C while they are written
        changes nothing. Files of its sentences under other names are removed then; what else is in the folder stays.

        :raises AnnotationError: if there are unresolved documents, whose labels would be lost; if an origin is none of
            :data:`ORIGINS`; if the folder has another corpus, or sentences of one; if it cannot be written to.
        """
        if self.unresolved:
            raise AnnotationError(
                f"{counted(len(self.unresolved), 'document')} without text would be lost; pass --texts"
            )
        folder = Path(folder)
        files = {folder / DOCUMENTS_FILE: [document.to_row() for document in self.documents]}
        for origin in sorted({document.origin for document in self.documents}):
            if origin not in ORIGINS:
                raise AnnotationError(f"{folder}: the origin {origin!r} is none of {', '.join(ORIGINS)}; choose one")
            of_origin = (document for document in self.documents if document.origin == origin)
            rows = [row for d in of_origin for row in d.to_sentence_rows(with_text=not d.stands_off)]
            files[folder / f"{origin}.jsonl"] = rows
        try:
            before = self._own_sentence_files(folder)
            with ExitStack() as stack:
                for file, rows in files.items():
                    _write(stack.enter_context(written_whole(file)), rows)
            for file in before:
                if not any(file.samefile(new) for new in files):  # names may differ in case, and the file be the same
                    file.unlink()
        except OSError as error:
            raise AnnotationError(
                f"{folder}: the corpus cannot be written ({error.strerror}); check the folder and its permissions"
            ) from error

    def _own_sentence_files(self, folder: Path) -> list[Path]:
        """Return the files of sentences in a folder, all of them of this corpus or of what it was before."""
        table = folder / DOCUMENTS_FILE
        known = {document.id for document in self.documents}
        old = {field(row, "id", where) for where, row in (rows_of(table) if table.is_file() else ())}
        if old and not old & known:
            raise AnnotationError(f"{table}: the table of another corpus; save to another folder, or remove that one")
        files = _sentence_files(folder)
        for file in files:
            for where, row in rows_of(file):
                if str(row.get("document")) not in known | old:
                    raise AnnotationError(f"{where}: not a sentence of this corpus; move the file to another folder")
        return files


def placed_sentences(folder: str | Path) -> dict[str, list[tuple[str, AnnotatedSentence]]]:
    """Return, for each document of a corpus, its sentences, each with file and line.

    They are as they stand in the files: the text of those that stand off is empty.
    """
    return {
        identity: [(where, sentence_of(where, row, None)) for where, row in rows]
        for identity, rows in _sentence_rows(Path(folder)).items()
    }


def _texts_by_hash(texts: str | Path | None) -> tuple[dict[str, str], list[HedgeError]]:
    """Return the texts that are to be had, and what could not be read.

    A folder of texts may hold other things, too: that is an error only where there is no text at all.
    """
    if not texts:
        return {}, []
    unread: list[HedgeError] = []
    articles = read(texts, on_error=unread.append)
    segmented = (segment_article(article).text if article.sentences else article.text for article in articles)
    known = {text_hash(text): text for text in segmented}
    cure = f"pass the folder of texts as --texts (or in {TEXTS_VARIABLE})"
    return known, [
        ReadingError(error.where, error.what, cure)
        if isinstance(error, ReadingError) and error.where == str(Path(texts))  # not of a file in the folder
        else error
        for error in unread
    ]


def _sentence_files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*.jsonl") if file.name != DOCUMENTS_FILE)


def _sentence_rows(folder: Path) -> dict[str, list[PlacedRow]]:
    """Return the sentence rows of each document, each with where it stands."""
    rows: dict[str, list[PlacedRow]] = {}
    for file in _sentence_files(folder):
        for identity, group in groupby(rows_of(file), key=lambda pair: str(field(pair[1], "document", pair[0]))):
            found = list(group)
            if identity in rows:
                raise AnnotationError(
                    f"{found[0][0]}: sentences of {identity!r} stand in two places; put them together"
                )
            rows[identity] = found
    return rows


def _write(file: Path, rows: list[dict[str, Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

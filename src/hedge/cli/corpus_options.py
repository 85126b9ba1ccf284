"""The options of every command that reads an annotated corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hedge.errors import AnnotationError
from hedge.wording import counted

if TYPE_CHECKING:
    from hedge.annotations import AnnotatedDocument, Corpus

__all__ = ["SPLIT_NAMES", "corpus_options", "load_corpus", "naming", "say_unresolved", "write_texts"]

SPLIT_NAMES = ["train", "validation", "test"]
MOST_NAMED = 5


def corpus_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--data`` and ``--texts`` to a command."""
    folder = click.Path(path_type=Path)
    command = click.option(
        "--texts",
        type=folder,
        envvar="HEDGE_TEXTS",
        show_envvar=True,
        metavar="FOLDER",
        help="Texts of the documents whose labels stand off; those not found are left out.",
    )(command)
    return click.option(
        "--data",
        type=folder,
        default=Path("data/annotated"),
        show_default=True,
        metavar="FOLDER",
        help="The annotated corpus.",
    )(command)


def load_corpus(data: Path, texts: Path | None) -> Corpus:
    """Load the corpus that the options name, and say which documents have no text."""
    from hedge.annotations import Corpus

    corpus = Corpus.load(data, texts)
    if corpus.unresolved:
        say_unresolved("left out", corpus.unresolved)
    return corpus


@contextmanager
def naming(data: Path) -> Iterator[None]:
    """Put the folder of a loaded corpus before what is said to be wrong with it."""
    try:
        yield
    except AnnotationError as error:
        raise AnnotationError(f"{data}: {error}") from error


def say_unresolved(how: str, documents: Sequence[str]) -> None:
    """Warn that documents, given by their ids, have no text, and say how they fare."""
    named = ", ".join(documents[:MOST_NAMED]) + (" …" if len(documents) > MOST_NAMED else "")
    are, their = ("is", "its") if len(documents) == 1 else ("are", "their")
    click.echo(
        f"hedge: warning: {counted(len(documents), 'document')} {are} {how}, as {their} text is not here "
        f"(pass --texts): {named}",
        err=True,
    )


def write_texts(documents: Iterable[AnnotatedDocument], folder: Path) -> None:
    """Write the texts of documents to a folder, each in a file named by its hash."""
    folder.mkdir(parents=True, exist_ok=True)
    for document in documents:
        (folder / f"{document.sha256}.txt").write_bytes(document.segmented.text.encode("utf-8"))

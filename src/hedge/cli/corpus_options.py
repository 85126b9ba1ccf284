"""The options of every command that reads an annotated corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from hedge.annotations import AnnotatedDocument, Corpus

__all__ = ["corpus_options", "load_corpus", "write_texts"]

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
    missing = corpus.unresolved
    if missing:
        named = ", ".join(missing[:MOST_NAMED]) + (" …" if len(missing) > MOST_NAMED else "")
        click.echo(
            f"hedge: warning: {len(missing)} documents are left out, as their text is not here (pass --texts): {named}",
            err=True,
        )
    return corpus


def write_texts(documents: Iterable[AnnotatedDocument], folder: Path) -> None:
    """Write the texts of documents to a folder, each in a file named by its hash."""
    folder.mkdir(parents=True, exist_ok=True)
    for document in documents:
        (folder / f"{document.sha256}.txt").write_bytes(document.segmented.text.encode("utf-8"))

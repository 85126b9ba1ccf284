"""``hedge annotations``."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from hedge.cli.corpus_options import corpus_options, load_corpus, naming, say_unresolved, write_texts
from hedge.cli.import_export import export, import_
from hedge.errors import AnnotationError
from hedge.wording import counted

__all__ = ["annotations_"]

WIDE = 200
"""Columns where there is no terminal to fit into."""


@click.group("annotations")
def annotations_() -> None:
    """Check, count and complete an annotated corpus; exchange it with annotation tools."""


@annotations_.command()
@corpus_options
@click.pass_context
def validate(context: click.Context, data: Path, texts: Path | None) -> None:
    """Check a corpus: labels, spans, cues and sources, readings, hashes, and near-duplicates across splits.

    Each problem is a line with file and line, which never quotes the text; the exit status is 2 if there are any. Of
    documents whose text is not there, the records alone are checked, and that is said. Needs the extra 'train'.
    """
    from hedge.annotations.validation import problems

    found = 0
    for problem in problems(data, texts, on_unresolved=partial(say_unresolved, "only checked by the records")):
        found += 1
        click.echo(problem)
    click.echo(counted(found, "problem") if found else "No problems", err=True)
    if found:
        context.exit(2)


@annotations_.command()
@click.option("--markdown", is_flag=True, help="Write the tables in Markdown.")
@click.option(
    "--plot",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also draw the labels into this picture, such as a PNG.",
)
@click.option("--agreement", is_flag=True, help="Also measure how far the first and the second reading agree.")
@corpus_options
def stats(markdown: bool, plot: Path | None, agreement: bool, data: Path, texts: Path | None) -> None:
    """Count a corpus: labels by origin, split, drawing and genre, lengths, and cues."""
    from rich.console import Console

    from hedge.annotations.statistics import agreement_tables, plot_labels, tables
    from hedge.output.markdown_table import markdown_table

    corpus = load_corpus(data, texts)
    console = Console(width=None if sys.stdout.isatty() else WIDE)
    with naming(data):
        agreements = agreement_tables(corpus) if agreement else {}
    for title, table in (tables(corpus) | agreements).items():
        if markdown:
            click.echo(f"### {title}\n\n{markdown_table(table)}\n")
        else:
            console.print(title, table, highlight=False)
    if plot:
        plot_labels(corpus, plot)
        click.echo(f"Drawn: {plot}", err=True)


@annotations_.command()
@click.argument("output", type=click.Path(path_type=Path, file_okay=False))
@corpus_options
def texts(output: Path, data: Path, texts: Path | None) -> None:
    """Write the texts that stand-off labels point into to a folder of text files.

    They are taken from wherever --texts has them, and can stand for it from then on.
    """
    corpus = load_corpus(data, texts)
    documents = [document for document in corpus.documents if document.stands_off]
    if not documents:
        raise AnnotationError("no text of a stand-off document was found; pass --texts")
    write_texts(documents, output)
    click.echo(f"The texts of {counted(len(documents), 'document')} written to {output}", err=True)


for _command in (import_, export):
    annotations_.add_command(_command)

"""``hedge classify``."""

from __future__ import annotations

import math
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from hedge.cli.destination import open_destination
from hedge.cli.inputs import articles
from hedge.errors import HedgeError
from hedge.labels import SKIP, Label

if TYPE_CHECKING:
    from hedge.document import Document

__all__ = ["classify"]

FORMATS = ["full", "concise", "jsonl", "csv", "html"]
INPUT_FORMATS = ["text", "markdown", "html", "jsonl"]
SHOWN_LABELS = [*(label.value for label in Label), SKIP, "unsure"]
DEFAULT_WIDTH = 100


def _not_nan(context: click.Context, parameter: click.Parameter, value: float) -> float:
    """Refuse NaN, which no range keeps out."""
    if math.isnan(value):
        raise click.BadParameter("nan is not a number", context, parameter)
    return value


@click.command()
@click.argument("files", nargs=-1, metavar="[FILES]...")
@click.option("--model", "-m", default="default", show_default=True, help="Name of a model, or path of its folder.")
@click.option(
    "--output-format",
    "-f",
    type=click.Choice(FORMATS),
    default="full",
    show_default=True,
    help="full: coloured text; concise: a line per sentence; jsonl, csv: for programs; html: a page.",
)
@click.option("--output", "-o", metavar="FILE", help="Write to this file instead of standard output.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    callback=_not_nan,
    default=0.0,
    metavar="P",
    help="Show sentences whose label has a smaller probability as unsure.",
)
@click.option(
    "--label",
    "labels",
    type=click.Choice(SHOWN_LABELS),
    multiple=True,
    help="Show only sentences with this label; may be given several times.",
)
@click.option(
    "--input-format", type=click.Choice(INPUT_FORMATS), help="How to read the files; by their ending if not given."
)
@click.option(
    "--pattern", metavar="GLOB", help="Which files of folders to read, such as '*.txt'; all known endings if not given."
)
@click.option("--encoding", metavar="NAME", help="Encoding of the files; UTF-8, or else detected, if not given.")
@click.option(
    "--max-bytes", type=click.IntRange(min=1), default=20_000_000, show_default=True, help="Refuse larger documents."
)
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours in full output; auto: on a terminal, unless NO_COLOR is set.",
)
@click.option(
    "--threads", type=click.IntRange(min=1), metavar="N", help="Use so many threads; one for each core if not given."
)
@click.option("--quiet", "-q", is_flag=True, help="No warnings and no progress bar; errors are still shown.")
@click.pass_context
def classify(
    context: click.Context,
    files: tuple[str, ...],
    model: str,
    output_format: str,
    output: str | None,
    min_confidence: float,
    labels: tuple[str, ...],
    input_format: str | None,
    pattern: str | None,
    encoding: str | None,
    max_bytes: int,
    color: str,
    threads: int | None,
    quiet: bool,
) -> None:
    """Label every sentence of texts.

    FILES are plain text, Markdown, HTML, JSON Lines, folders of these, or - for standard input (the default).

    \b
    Examples:
      hedge classify article.txt
      hedge classify coverage/ --output-format html --output coverage.html
      curl -s https://example.org/story | hedge classify --input-format html -
    """
    if not files and sys.stdin.isatty():
        raise click.UsageError("name a file or a folder, or pipe a text in", context)
    from hedge.classifier import load
    from hedge.output import OutputOptions, render
    from hedge.reading import find_files

    classifier = load(model, threads=threads)
    errors: list[HedgeError] = []
    inputs = list(find_files(files or ["-"], pattern))
    texts = articles(inputs, errors, quiet=quiet, input_format=input_format, encoding=encoding, max_bytes=max_bytes)
    on_disk = all(os.path.isfile(file) for file in inputs if isinstance(file, Path))  # noqa: PTH113 - is_file() may raise
    documents = classifier.classify_many(texts, ahead=on_disk)
    if min_confidence:
        documents = (document.with_min_confidence(min_confidence) for document in documents)
    with open_destination(output) as stream:
        width = shutil.get_terminal_size((DEFAULT_WIDTH, 0)).columns
        options = OutputOptions(frozenset(labels), _wants_color(color, stream), width)
        with _progress(documents, inputs, shown=not quiet and not stream.isatty()) as labelled:
            for piece in render(labelled, output_format, options):
                stream.write(piece)
                stream.flush()  # whoever reads the pipe has each document as soon as it is done
    if errors:
        context.exit(2)


def _progress(
    documents: Iterator[Document], inputs: Sequence[Path | HedgeError], *, shown: bool
) -> AbstractContextManager[Iterable[Document]]:
    """Wrap the documents in a bar on standard error, if that is a terminal and there are many files."""
    if not (shown and len(inputs) > 1 and sys.stderr.isatty()):
        return nullcontext(documents)
    # Files of JSON Lines hold any number of documents, so that there is no end to draw the bar towards.
    countable = not any(isinstance(file, Path) and file.suffix in {".jsonl", ".ndjson"} for file in inputs)
    return click.progressbar(documents, length=len(inputs) if countable else None, label="Labelling", file=sys.stderr)


def _wants_color(choice: str, stream: TextIO) -> bool:
    if choice == "auto":
        return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return choice == "always"

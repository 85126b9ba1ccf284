"""``hedge annotations import`` and ``export``: to and from the tools in which people annotate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hedge.cli.corpus_options import MOST_NAMED, SPLIT_NAMES, corpus_options, load_corpus, write_texts
from hedge.cli.destination import open_destination
from hedge.cli.inputs import articles
from hedge.errors import AnnotationError, HedgeError
from hedge.whole import written_whole
from hedge.wording import counted

if TYPE_CHECKING:
    from hedge.annotations.exchange import Imported
    from hedge.annotations.formats import Item, LeftOut

__all__ = ["export", "import_"]

FORMAT_NAMES = ["prodigy", "prodigy-binary", "label-studio", "doccano", "argilla", "csv", "datasets"]
STANDARD_OUTPUT = Path("-")


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--as`` to a command."""
    return click.option(
        "--as", "form", type=click.Choice(FORMAT_NAMES), required=True, help="The tool, or the kind of file."
    )(command)


@click.command()
@click.argument("files", nargs=-1, metavar="[FILES]...")
@format_option
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path),
    help="The file to write, or - for standard output (datasets: a folder that is not there yet).",
)
@click.option(
    "--model", "-m", help="Add what this model says as suggestions (Prodigy and CSV: beside the text, to be seen only)."
)
@corpus_options
@click.pass_context
def export(
    context: click.Context,
    files: tuple[str, ...],
    form: str,
    output: Path,
    model: str | None,
    data: Path,
    texts: Path | None,
) -> None:
    """Write sentences for an annotation tool, each with its neighbours and its place.

    FILES are texts yet to be annotated, as `hedge classify` reads them; without any, the annotated corpus is written,
    with its labels.

    \b
    Example:
      hedge annotations export coverage/ --as label-studio --model default --output tasks.json
    """
    from hedge.annotations.exchange import items_of_articles, items_of_corpus
    from hedge.annotations.formats import FORMATS
    from hedge.classifier import load

    check_output(output, form)
    errors: list[HedgeError] = []
    classifier = load(model) if model else None
    if files:
        items = list(items_of_articles(articles(files, errors), classifier))
    else:
        items = list(items_of_corpus(load_corpus(data, texts), classifier))
    if not items:
        raise AnnotationError("there is no sentence to write")
    write_items(items, output, form)
    documents = {item.document for item in items}
    place = "standard output" if output == STANDARD_OUTPUT else output
    written = f"{counted(len(items), 'sentence')} of {counted(len(documents), 'document')}"
    click.echo(f"{written} written to {place}", err=True)
    held = {
        "cues": sum(bool(item.cues) for item in items),
        "sources": sum(bool(item.source) for item in items),
        "readings": sum(bool(item.readings) for item in items),
        "reasons": sum(bool(item.reason) for item in items),
    }
    for part in (*FORMATS[form].lost, "reasons"):
        if held[part]:
            of = counted(held[part], "sentence")
            click.echo(f"hedge: warning: {form} has no place for {part}: those of {of} stay behind", err=True)
    if errors:
        context.exit(2)


def check_output(output: Path, form: str) -> None:
    """Make sure that what a format is written to is not there, or may be written over.

    :raises AnnotationError: if not.
    """
    from hedge.annotations.formats import FORMATS

    if output == STANDARD_OUTPUT:
        if form == "datasets":
            raise AnnotationError("a datasets folder cannot be written to standard output; pass a folder to --output")
        return
    if output.exists() and (output.is_dir() or form == "datasets"):
        raise AnnotationError(f"{output}: is there already; pass another --output, or remove it")
    configuration, beside = FORMATS[form].configuration, output.with_suffix(".xml")
    if configuration and output.suffix.lower() == beside.suffix:
        raise AnnotationError(f"{output}: the labelling configuration takes this name; end --output in .json")
    if configuration and beside.exists() and beside.read_bytes() != configuration().encode():
        raise AnnotationError(
            f"{beside}: is there already, and the labelling configuration takes this name; pass another --output"
        )


def write_items(items: list[Item], output: Path, form: str) -> None:
    """Write items in a format, and beside a file the labelling configuration of the tool, if it has one.

    :raises HedgeError: if the output cannot be written.
    """
    from hedge.annotations.formats import FORMATS

    write, configuration = FORMATS[form].write, FORMATS[form].configuration
    if form == "datasets":
        try:
            with written_whole(output) as aside:
                write(items, aside)
        except OSError as error:
            raise AnnotationError(
                f"{output}: cannot be written ({error.strerror}); check the folder of --output"
            ) from error
        return
    with open_destination(str(output)) as stream:
        write(items, stream)
    if configuration and output != STANDARD_OUTPUT:
        with open_destination(str(output.with_suffix(".xml"))) as stream:
            stream.write(configuration())


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@format_option
@click.option(
    "--annotator", metavar="NAME", help="Whose answers they are, where the files do not say; kept among the readings."
)
@click.option(
    "--split",
    type=click.Choice(SPLIT_NAMES),
    help="Of new documents that do not say; dealt out in proportion if not given, the first to train.",
)
@click.option("--genre", default="news", show_default=True, help="Of new documents that do not say.")
@click.option("--publisher", default="unknown", show_default=True, help="Of new documents that do not say.")
@click.option("--licence", default="unknown", show_default=True, help="Of new documents that do not say.")
@click.option(
    "--stand-off",
    is_flag=True,
    help="Keep no text of new documents in the corpus, only labels; the texts are written to the folder of --texts.",
)
@corpus_options
def import_(
    files: tuple[Path, ...],
    form: str,
    annotator: str | None,
    split: str | None,
    genre: str,
    publisher: str,
    licence: str,
    stand_off: bool,
    data: Path,
    texts: Path | None,
) -> None:
    """Bring the answers of annotators into the corpus of --data, which is made if it is not there.

    A sentence that the corpus has gets the new label; others become new documents. What was cancelled, ignored,
    rejected or not answered is left out and counted.

    \b
    Example:
      hedge annotations import answers.json --as label-studio --data my-corpus
      hedge train --data my-corpus --output models/mine
    """
    from hedge.annotations import AnnotatedDocument, Corpus
    from hedge.annotations.corpus import DOCUMENTS_FILE
    from hedge.annotations.exchange import merged

    corpus = load_corpus(data, texts) if (data / DOCUMENTS_FILE).exists() else Corpus(())
    template = AnnotatedDocument(
        "", genre, "real", publisher, licence, split or "", (), stands_off=stand_off, added=date.today().isoformat()
    )
    if stand_off and texts is None:
        raise AnnotationError("--stand-off needs a folder for the texts; pass --texts")
    result = merged(corpus, answers_in(files, form), template=template, annotator=annotator)
    if stand_off and texts is not None:
        known = {document.id for document in corpus.documents}
        write_texts([document for document in result.corpus.documents if document.id not in known], texts)
    result.corpus.save(data)
    for line in summary(result):
        click.echo(line, err=True)


def answers_in(files: Sequence[Path], form: str) -> list[Item | LeftOut]:
    """Read the files of annotators, in which there is an answer at least.

    :raises AnnotationError: if there is none in any of them, or one is of another format.
    """
    from hedge.annotations.formats import FORMATS, Item

    records: list[Item | LeftOut] = []
    without = []
    for file in files:
        if file.is_dir() and form != "datasets":
            raise AnnotationError(f"{file}: is a folder; pass the files in it")
        found = list(FORMATS[form].read(file))
        records += found
        if not any(isinstance(record, Item) for record in found):
            reasons = Counter(record.why for record in found if not isinstance(record, Item))
            without.append(f"{file} ({_reasons(reasons)})" if reasons else str(file))
    if len(without) == len(files):
        raise AnnotationError(f"no answer in {', '.join(without)}; is it another format?")
    for name in without:
        click.echo(f"hedge: warning: no answer in {name}", err=True)
    return records


def summary(result: Imported) -> list[str]:
    """Return what is said of an import, a line each."""
    new = f"{counted(result.new_documents, 'new document')} with {counted(result.new_sentences, 'sentence')}"
    have = "has" if result.changed == 1 else "have"
    lines = [f"{new}; {counted(result.changed, 'sentence')} of the corpus {have} another label now"]
    if result.unmarked:
        lines.append(f"{result.unmarked} of them lost cues or source, which their new label does not allow")
    if result.left_out:
        lines.append(f"left out: {_reasons(result.left_out)}")
    if result.undecided:
        lines.append(f"annotators differ evenly, the first one's choice stands: {_named(result.undecided)}")
    if result.gaps:
        lines.append(f"sentences are missing from the midst of: {_named(result.gaps)}")
    documents = Counter(document.split for document in result.corpus.documents)
    splits = ", ".join(f"{documents[split]} in {split}" for split in SPLIT_NAMES)
    lines.append(f"the corpus has {counted(documents.total(), 'document')} now: {splits}")
    return lines


def _reasons(left_out: Counter[str]) -> str:
    return ", ".join(f"{count} {why}" for why, count in left_out.most_common())


def _named(names: tuple[str, ...]) -> str:
    return f"{len(names)} ({', '.join(names[:MOST_NAMED])}{' …' if len(names) > MOST_NAMED else ''})"

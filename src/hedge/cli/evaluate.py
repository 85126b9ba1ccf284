"""``hedge evaluate``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from hedge.cli.corpus_options import SPLIT_NAMES, corpus_options, load_corpus, naming
from hedge.cli.destination import open_destination

__all__ = ["evaluate"]

GIVEN, END_TO_END = "given sentences", "end to end"
WIDE = 250
"""Columns where there is no terminal to fit into."""


@click.command()
@click.option("--model", "-m", default="default", show_default=True, help="Name of a model, or path of its folder.")
@click.option(
    "--split",
    type=click.Choice(SPLIT_NAMES),
    default="test",
    show_default=True,
    help="Which documents.",
)
@click.option(
    "--output-format",
    "-f",
    type=click.Choice(["table", "markdown", "json"]),
    default="table",
    show_default=True,
    help="How the numbers are written.",
)
@click.option("--output", "-o", metavar="FILE", help="Write to this file instead of standard output.")
@click.option(
    "--plots",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Also draw the confusion matrix, the reliability diagram and the risk-coverage curve there.",
)
@click.option(
    "--replicates",
    type=click.IntRange(min=0),
    default=500,
    show_default=True,
    help="Bootstrap samples for the 95 % intervals; 0 for none.",
)
@corpus_options
def evaluate(
    model: str,
    split: str,
    output_format: str,
    output: str | None,
    plots: Path | None,
    replicates: int,
    data: Path,
    texts: Path | None,
) -> None:
    """Measure a model on an annotated corpus.

    Twice: from the annotated sentences as they are given, and end to end, where the running text is segmented anew.
    """
    from rich.console import Console

    from hedge.classifier import load
    from hedge.evaluation.metrics import sklearn_metrics
    from hedge.evaluation.plots import plot
    from hedge.evaluation.predictions import Predictions
    from hedge.evaluation.report import evaluate as measure
    from hedge.evaluation.tables import tables
    from hedge.output.markdown_table import markdown_table
    from hedge.plotting import pyplot

    sklearn_metrics()  # what is not installed is to be missed before the whole split is labelled
    if plots:
        pyplot()
    classifier = load(model)
    corpus = load_corpus(data, texts)
    with naming(data):
        corpus = corpus.nonempty_split(split)
    given = Predictions.of(classifier, corpus)
    reports = {
        GIVEN: measure(given, replicates=replicates),
        END_TO_END: measure(Predictions.of(classifier, corpus, end_to_end=True), replicates=replicates),
    }
    for file in plot(given, plots) if plots else []:
        click.echo(f"Drawn: {file}", err=True)
    with open_destination(output) as stream:
        if output_format == "json":
            record = {"model": classifier.name, "split": split, "data": corpus.sha256}
            json.dump({**record, **{way: report.to_dict() for way, report in reports.items()}}, stream, indent=2)
            stream.write("\n")
            return
        for way, report in reports.items():
            heading = f"{classifier.name} on {split}, {way}"
            if output_format == "markdown":
                parts = (f"### {title}\n\n{markdown_table(table)}\n\n" for title, table in tables(report).items())
                stream.write(f"## {heading}\n\n{''.join(parts)}")
            else:
                console = Console(file=stream, width=None if stream.isatty() else WIDE)
                for title, table in tables(report).items():
                    console.print(f"{heading}: {title}", table, highlight=False)

"""``hedge train``."""

from __future__ import annotations

from pathlib import Path

import click

from hedge.cli.corpus_options import corpus_options, load_corpus

__all__ = ["train"]


@click.command()
@click.option(
    "--model",
    "-m",
    "family",
    type=click.Choice(["linear"]),
    default="linear",
    show_default=True,
    help="Family of the model.",
)
@click.option(
    "--output",
    "-o",
    required=True,
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Folder of the new model, such as models/mine.",
)
@click.option("--replace", is_flag=True, help="Let a model that is there already give way.")
@corpus_options
def train(family: str, output: Path, replace: bool, data: Path, texts: Path | None) -> None:
    r"""Train a model on an annotated corpus.

    It is fitted on the split 'train' and calibrated on 'validation'; 'test' is never looked at.

    \b
    Example:
      hedge train --output models/mine && hedge classify --model mine article.txt
    """
    from hedge.models import check_free, save_model
    from hedge.training.run import train_linear

    check_free(output, replace=replace)
    corpus = load_corpus(data, texts)
    click.echo(f"Training a {family} model on {len(corpus.split('train').documents)} documents …", err=True)
    classifier = train_linear(corpus, name=output.name)
    save_model(output, classifier.model, classifier.manifest, replace=replace)
    for part, metrics in classifier.manifest.metrics.items():
        values = ", ".join(f"{name} {metrics[key]:.3f}" for name, key in SHOWN_METRICS.items())
        click.echo(f"{part}: {values}", err=True)
    click.echo(f"Written to {output}. Use it with --model {output}", err=True)


SHOWN_METRICS = {"macro-F1": "macro_f1", "accuracy": "accuracy", "calibration error": "expected_calibration_error"}

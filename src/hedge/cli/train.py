"""``hedge train``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from hedge.cli.corpus_options import corpus_options, load_corpus, naming
from hedge.wording import counted

if TYPE_CHECKING:
    from hedge.annotations import Corpus
    from hedge.classifier import Classifier

__all__ = ["train"]

BASE = "sentence-transformers/all-MiniLM-L6-v2"
ENCODER_OPTIONS = ("base", "checkpoints", "resume", "seed")
NOTHING_SKIPPED = (
    "no training sentence is labelled skip, so that the model will label what states nothing as well (a byline, "
    "“Read more”); annotate some"
)


@click.command()
@click.option(
    "--model",
    "-m",
    "family",
    type=click.Choice(["linear", "encoder"]),
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
@click.option("--base", metavar="FOLDER|ID", help="encoder: what it is fine-tuned from; a folder, or a model hub's id.")
@click.option(
    "--checkpoints",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="encoder: where training keeps what it can go on from; unless told, checkpoints/ and the name of the model.",
)
@click.option("--resume", is_flag=True, help="encoder: go on from the last checkpoint.")
@click.option("--seed", type=int, default=0, show_default=True, help="encoder: of everything that is random.")
@corpus_options
@click.pass_context
def train(
    context: click.Context,
    family: str,
    output: Path,
    replace: bool,
    base: str | None,
    checkpoints: Path | None,
    resume: bool,
    seed: int,
    data: Path,
    texts: Path | None,
) -> None:
    """Train a model on an annotated corpus.

    It is fitted on the split 'train' and calibrated on 'validation'; 'test' is only measured on, for
    the model card.

    \b
    Examples:
      hedge train --output models/mine && hedge classify --model mine article.txt
      hedge train --model encoder --base sentence-transformers/all-MiniLM-L6-v2 --output models/mine
    """
    from hedge.evaluation.behaviour import load_cases, run_cases
    from hedge.evaluation.card import model_card
    from hedge.models import check_free, save_model

    check_options(context, family, base)
    check_free(output, replace=replace)
    corpus = load_corpus(data, texts)
    training = corpus.split("train")
    documents = counted(len(training.documents), "document")
    click.echo(f"Training {'an' if family == 'encoder' else 'a'} {family} model on {documents} …", err=True)
    if training.documents and all(sentence.label for sentence in training.sentences):
        click.echo(f"hedge: warning: {data}: {NOTHING_SKIPPED}", err=True)
    with naming(data):
        if base is None:
            classifier = _linear(corpus, output.name)
        else:
            folder = checkpoints or Path("checkpoints") / output.name
            classifier = _encoder(corpus, base, folder, output.name, seed=seed, resume=resume)
    card = model_card(classifier, corpus, run_cases(classifier, load_cases()))
    save_model(output, classifier.model, classifier.manifest, card=card, replace=replace)
    for part, metrics in classifier.manifest.metrics.items():
        values = ", ".join(f"{name} {metrics[key]:.3f}" for name, key in SHOWN_METRICS.items())
        click.echo(f"{part}: {values}", err=True)
    click.echo(f"Written to {output}. Use it with --model {output}", err=True)


def check_options(context: click.Context, family: str, base: str | None) -> None:
    """Make sure that an encoder has a base, and that no option is given that the family has no use for.

    :raises click.UsageError: if not.
    """
    if family == "encoder":
        if base is None:
            raise click.UsageError(f"--model encoder needs --base: a folder, or an id such as {BASE}", context)
        return
    given = [
        f"--{name}" for name in ENCODER_OPTIONS if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    if given:
        raise click.UsageError(f"only an encoder takes {', '.join(given)}; add --model encoder, or go without", context)


def _linear(corpus: Corpus, name: str) -> Classifier:
    from hedge.training.run import train_linear

    return train_linear(corpus, name=name)


def _encoder(corpus: Corpus, base: str, folder: Path, name: str, *, seed: int, resume: bool) -> Classifier:
    from hedge.training.run import train_encoder

    return train_encoder(corpus, base, folder, name=name, seed=seed, resume=resume)


SHOWN_METRICS = {"macro-F1": "macro_f1", "accuracy": "accuracy", "calibration error": "expected_calibration_error"}

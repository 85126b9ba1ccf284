"""``hedge models``."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

__all__ = ["models"]


@click.group()
def models() -> None:
    """List models and show what is known about one."""


@models.command("list")
def list_() -> None:
    """List the models that can be loaded by name, and where they are."""
    from hedge.errors import ModelError
    from hedge.models import list_models, read_manifest

    for folder in list_models():
        try:
            manifest = read_manifest(folder)
            about = f"{manifest.kind}, {manifest.created}"
        except ModelError as error:
            about = f"broken: {error}"
        click.echo(f"{folder.name}\t{about}\t{folder}")


@models.command("show")
@click.argument("model", default="default")
def show(model: str) -> None:
    """Print the manifest of a model, once its files are verified, as JSON."""
    from hedge.models import find_model, load_model

    _, manifest = load_model(model)
    click.echo(json.dumps({"folder": str(find_model(model)), **asdict(manifest)}, indent=2, ensure_ascii=False))

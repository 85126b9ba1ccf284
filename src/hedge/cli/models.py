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
    """Print the manifest of a model, once the files it names are verified, as JSON.

    What only training on from the model needs may be missing.
    """
    from hedge.models import check_files, find_model, load_model

    folder = find_model(model)
    _, manifest = load_model(folder)
    check_files(folder, manifest, [file for file in manifest.files if (folder / file).exists()])
    click.echo(json.dumps({"folder": str(folder), **asdict(manifest)}, indent=2, ensure_ascii=False))

"""Files of the tools in which people annotate: sentences on their way there, answers on their way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from hedge.annotations.formats import argilla, csv, datasets, doccano, label_studio, prodigy
from hedge.annotations.formats.item import Item, LeftOut

__all__ = ["FORMATS", "Format", "Item", "LeftOut"]


class Format(NamedTuple):
    """How the files of one tool are written and read."""

    write: Callable[[Iterable[Item], Any], None]
    """Write items to a stream of text (``datasets``: to the path of a folder)."""
    read: Callable[[Path], Iterator[Item | LeftOut]]
    """Yield the answers of a file in its order, and what in it is no answer.

    :raises AnnotationError: if a record is not of the tool's layout, or has a label that is none of ours.
    """
    lost: tuple[str, ...] = ()
    """What a sentence of a corpus may have that the format has no place for, besides its reason: none has."""
    configuration: Callable[[], str] | None = None
    """What the tool is set up with for these items, as XML."""


FORMATS: dict[str, Format] = {
    "prodigy": Format(prodigy.write_choice, prodigy.read, ("readings",)),
    "prodigy-binary": Format(prodigy.write_binary, prodigy.read, ("readings",)),
    "label-studio": Format(label_studio.write, label_studio.read, ("readings",), label_studio.configuration),
    "doccano": Format(doccano.write, doccano.read, ("cues", "sources", "readings")),
    "argilla": Format(argilla.write, argilla.read, ("cues", "sources")),
    "csv": Format(csv.write, csv.read),
    "datasets": Format(datasets.write, datasets.read),
}
"""By the name that ``hedge annotations import --as`` takes."""

"""The model store: find a model by name, verify its files, load it, save one, list what there is.

A model is a folder with ``manifest.json`` and the files that it names. Nothing in it is ever unpickled.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, ClassVar, Protocol

from platformdirs import user_data_path

import hedge
from hedge.answers import Answers
from hedge.errors import ModelError
from hedge.labels import CLASSES
from hedge.segmentation import SegmentedText
from hedge.wording import in_words

__all__ = [
    "CARD_FILE",
    "DEFAULT_MODEL",
    "MANIFEST_FILE",
    "Manifest",
    "Model",
    "check_files",
    "check_free",
    "find_model",
    "list_models",
    "load_model",
    "read_manifest",
    "save_model",
]

DEFAULT_MODEL = "default"
MANIFEST_FILE = "manifest.json"
CARD_FILE = "README.md"
FORMAT = 1


class Model(Protocol):
    """A family of models: how it labels, and how it is stored."""

    kind: ClassVar[str]
    files: ClassVar[tuple[str, ...]]
    """What it cannot run without."""

    def answers(self, documents: Iterable[SegmentedText], *, ahead: bool = False) -> Iterator[Answers]:
        """Yield what the model says of each document, in order.

        Unless ``ahead``, no document is asked for before what is said of the one before is taken. What is yielded for
        a document depends on nothing but that document.
        """

    def write(self, folder: Path) -> None:
        """Write the model's files into a folder: those, and what only training on from it needs."""


@dataclass(frozen=True)
class Manifest:
    """What a model folder says about itself."""

    kind: str
    """The family: ``linear`` or ``encoder``."""
    created: str
    """Date, ISO 8601."""
    temperature: float
    """Of :func:`hedge.calibration.probabilities`."""
    data: dict[str, Any]
    """What it was trained on: hash, documents, sentences."""
    metrics: dict[str, Any]
    """On the validation split."""
    libraries: dict[str, str]
    """Versions it was made with."""
    settings: dict[str, Any] = field(default_factory=dict)
    """Of the training."""
    power: float = 1.0
    """Of :func:`hedge.calibration.probabilities`, too."""
    hedge: str = hedge.__version__
    classes: tuple[str, ...] = CLASSES
    files: dict[str, str] = field(default_factory=dict)
    """The SHA-256 of each file."""
    format: int = FORMAT


def find_model(name: str | Path) -> Path:
    """Find a model's folder: a path, else by name in ``./models``, the user's data folder, and with the package.

    :raises ModelError: if there is none; the message lists those there are.
    """
    for folder in (Path(name), *(root / name for root in _roots())):
        if os.path.isfile(folder / MANIFEST_FILE):  # noqa: PTH113 - is_file() may raise
            return folder
    known = ", ".join(sorted({found.name for found in list_models()})) or "none"
    raise ModelError(f"there is no model {str(name)!r}; pass a folder with a {MANIFEST_FILE}, or one of: {known}")


def list_models() -> list[Path]:
    """Return the folders of all models that can be loaded by name, those that are found first, first."""
    found: dict[str, Path] = {}
    for root in _roots():
        for manifest in sorted(root.glob(f"*/{MANIFEST_FILE}")):
            found.setdefault(manifest.parent.name, manifest.parent)
    return list(found.values())


def read_manifest(folder: Path) -> Manifest:
    """Read a model's manifest; fields that this version does not know are passed over.

    :raises ModelError: if it is broken, or of a format this version does not know.
    """
    try:
        record = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        if record["format"] != FORMAT:
            raise ModelError(
                f"{folder}: a model of format {record['format']}; this hedge reads format {FORMAT}; update it"
            )
        hashes = {str(file): str(sha256) for file, sha256 in dict(record["files"]).items()}
        for name in ("temperature", "power"):
            if not record.get(name, 1.0) > 0:
                why = f"a {name} of {record[name]}"
                raise ModelError(f"{folder}: its {MANIFEST_FILE} is broken ({why}); train or fetch the model again")
        known = {each.name: record[each.name] for each in fields(Manifest) if each.name in record}
        return Manifest(**{**known, "classes": tuple(record["classes"]), "files": hashes})
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise ModelError(
            f"{folder}: its {MANIFEST_FILE} is broken ({in_words(error)}); train or fetch the model again"
        ) from error


def load_model(name: str | Path = DEFAULT_MODEL, threads: int | None = None) -> tuple[Model, Manifest]:
    """Load a model, after checking the files that it runs on against their hashes.

    :param name: See :func:`find_model`.
    :param threads: How many threads it may use; as many as the process may use cores unless given.
    :raises ModelError: if there is none, or it is damaged or of an unknown kind.
    """
    folder = find_model(name)
    manifest = read_manifest(folder)
    if manifest.classes != CLASSES:
        raise ModelError(f"{folder}: made for the classes {', '.join(manifest.classes)}, not {', '.join(CLASSES)}")
    family = _family(manifest.kind, folder)
    check_files(folder, manifest, [file for file in family.files if file in manifest.files])
    if set(family.files) - set(manifest.files):
        raise ModelError(
            f"{folder}: the manifest does not name {', '.join(family.files)}; train or fetch the model again"
        )
    model: Model = family.read(folder, threads)
    return model, manifest


def check_files(folder: Path, manifest: Manifest, files: Iterable[str]) -> None:
    """Check some of a model's files against the hashes in its manifest.

    :raises ModelError: if one is missing or another than was written.
    """
    for file in files:
        if not (folder / file).is_file():
            raise ModelError(f"{folder}: {file} is missing; train or fetch the model again")
        if _sha256(folder / file) != manifest.files[file]:
            raise ModelError(
                f"{folder}: {file} is not the file the manifest names (SHA-256); train or fetch the model again"
            )


def save_model(
    folder: str | Path, model: Model, manifest: Manifest, *, card: str | None = None, replace: bool = False
) -> Manifest:
    """Write a model's folder, aside first, so that there never is half of one.

    :param card: The model card, written as ``README.md``.
    :param replace: Whether a model that is there already gives way.
    :return: The manifest as written, with the hashes of the files.
    :raises ModelError: if the folder is there and ``replace`` is not set, it holds something else than a model, or
        nothing can be written there.
    """
    folder = Path(folder)
    check_free(folder, replace=replace)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as aside:
        new = Path(aside) / "model"
        new.mkdir()
        model.write(new)
        if card is not None:
            (new / CARD_FILE).write_text(card, encoding="utf-8")
        hashes = {file.name: _sha256(file) for file in sorted(new.iterdir())}
        complete = Manifest(**{**asdict(manifest), "classes": manifest.classes, "files": hashes})
        text = json.dumps(asdict(complete), indent=2, ensure_ascii=False)
        (new / MANIFEST_FILE).write_text(text + "\n", encoding="utf-8")
        if folder.exists():
            folder.rename(Path(aside) / "old")
        shutil.move(new, folder)
    return complete


def check_free(folder: Path, *, replace: bool) -> None:
    """Check that a model may be saved in a folder: it is not there, is empty, or holds a model that may give way.

    Also that it can be: a folder is made beside it for a moment, or where the first of its parents is to be made.

    :raises ModelError: if not.
    """
    if folder.exists():
        _check_content(folder, replace=replace)
    parent = next(parent for parent in folder.absolute().parents if parent.exists())
    try:
        with tempfile.TemporaryDirectory(dir=parent, prefix=f".{folder.name}-"):
            pass
    except OSError as error:
        raise ModelError(f"{folder}: cannot be written ({error.strerror}); pass another folder") from error


def _check_content(folder: Path, *, replace: bool) -> None:
    if not folder.is_dir():
        raise ModelError(f"{folder}: is a file; pass a new folder")
    found = {file.name for file in folder.iterdir()}
    if MANIFEST_FILE in found:
        found -= {MANIFEST_FILE, *read_manifest(folder).files}
        if not found and not replace:
            raise ModelError(f"{folder}: there is a model already; pass another --output, or --replace")
    if found:
        raise ModelError(f"{folder}: holds other things than a model ({min(found)}); pass a new folder")


def _roots() -> list[Path]:
    package = Path(__file__).resolve().parent
    checkout = package.parents[1] / "models"  # an editable install has no bundled models
    return [Path("models"), user_data_path("hedge") / "models", package / "bundled", checkout]


def _family(kind: str, folder: Path) -> Any:  # noqa: ANN401 - a class with read(), beside the protocol
    if kind == "linear":
        from hedge.linear.model import LinearModel

        return LinearModel
    if kind == "encoder":
        from hedge.inference.encoder import EncoderModel

        return EncoderModel
    raise ModelError(f"{folder}: a model of the kind {kind!r}, which this version of hedge does not know; update it")


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        digest = hashlib.sha256()
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()

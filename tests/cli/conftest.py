"""The command line inside this process, in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hedge.annotations import Corpus
from hedge.cli import cli

REPOSITORY = Path(__file__).resolve().parents[2]
CHOSEN = {"courier-letters", "respawn", "library", "codfrey", "coldwallet"}
SURROUNDINGS = ("HEDGE_TEXTS", "NO_COLOR", "FORCE_COLOR", "COLUMNS")


@pytest.fixture(autouse=True)
def working(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, and nothing set that the command line listens to."""
    for variable in SURROUNDINGS:
        monkeypatch.delenv(variable, raising=False)
    folder = tmp_path / "working"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run() -> Callable[..., Result]:
    """Return a function that runs a command; what it raises comes through."""

    def invoke(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(cli, [str(a) for a in arguments], input=stdin, catch_exceptions=False)

    return invoke


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of a few documents, every split among them."""
    folder = tmp_path_factory.mktemp("small")
    corpus = Corpus.load(REPOSITORY / "data" / "annotated").filter(lambda document: document.id in CHOSEN)
    Corpus(corpus.documents).save(folder)
    return folder


@pytest.fixture
def standing_off(small: Path, tmp_path: Path) -> Path:
    """The same corpus, as if its texts were not ours."""
    documents = Corpus.load(small).documents
    Corpus(tuple(replace(d, origin="real", stands_off=True) for d in documents)).save(tmp_path / "standing-off")
    return tmp_path / "standing-off"


@pytest.fixture
def incomplete(small: Path, tmp_path: Path) -> Path:
    """The same corpus, with six documents more whose text is not there."""
    documents = Corpus.load(small).documents
    foreign = (replace(documents[0], id=f"real-{i}", origin="real", split="test", stands_off=True) for i in range(6))
    Corpus((*documents, *foreign)).save(tmp_path / "incomplete")
    return tmp_path / "incomplete"

"""A corpus small enough to train on in a moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from hedge.annotations import Corpus

DATA = Path(__file__).resolve().parents[2] / "data" / "annotated"
CHOSEN = {"courier-letters", "lumenfold", "respawn", "nestegg", "library", "codfrey", "coldwallet"}


@pytest.fixture(scope="session")
def written() -> Corpus:
    """The documents that were written for the project."""
    return Corpus.load(DATA).filter(lambda document: document.origin == "written")


@pytest.fixture(scope="session")
def small(written: Corpus) -> Corpus:
    """A few of them, with every class in every split."""
    return Corpus(written.filter(lambda document: document.id in CHOSEN).documents, unresolved=("elsewhere",))


@pytest.fixture(scope="session")
def corpus(tiny_corpus: Corpus) -> Corpus:
    """What networks of a few numbers are trained on."""
    return tiny_corpus


@pytest.fixture(scope="session")
def base(tiny_base: Path) -> Path:
    """What they are trained from."""
    return tiny_base


@pytest.fixture
def network(tiny_base: Path):
    """A two-headed network whose neurons do more than just after they were drawn."""
    torch = pytest.importorskip("torch")
    network_class = pytest.importorskip("hedge.training.encoder.network").TwoHeads
    torch.manual_seed(0)
    network = network_class.from_base(tiny_base).eval()
    for layer in network.encoder.encoder.layer:
        layer.intermediate.dense.weight.data *= 20
        layer.output.dense.weight.data *= 20
    return network


@pytest.fixture(scope="session")
def trained(tiny_corpus: Corpus, tiny_base: Path, tiny_settings, tmp_path_factory: pytest.TempPathFactory):
    """The tiny base, fine-tuned on the tiny corpus: network, tokenizer and windows."""
    fit_encoder = pytest.importorskip("hedge.training.encoder.fit").fit_encoder
    return fit_encoder(tiny_corpus, tiny_base, tiny_settings, tmp_path_factory.mktemp("checkpoints"))

"""Fixtures for every test."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

import hedge
from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus, CueSpan
from hedge.annotations.spans import find_cues, find_words
from hedge.labels import Label

if TYPE_CHECKING:
    from hedge.training.encoder.settings import EncoderSettings

REPOSITORY = Path(__file__).resolve().parents[1]

settings.register_profile("hedge", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hedge")


@pytest.fixture(scope="session")
def classifier() -> hedge.Classifier:
    """The default model of this checkout."""
    return hedge.load(REPOSITORY / "models" / "default")


@pytest.fixture(scope="session")
def demo_text() -> str:
    """The invented news text of the examples."""
    return (REPOSITORY / "examples" / "harbour.txt").read_text(encoding="utf-8")


TINY_SENTENCES = (
    ("The {} shut .", Label.FACT, None, None),
    ("The {} shut , she said .", Label.REPORT, ("attribution", "said"), "she"),
    ("The {} may shut .", Label.SPECULATION, ("hedge", "may"), None),
    ("A disgrace , the {} .", Label.OPINION, ("evaluation", "disgrace"), None),
    ("Read more {}", None, None, None),
)
TINY_THINGS = ("mill", "quay", "bank", "shop", "ferry", "weir", "lock", "school", "mine", "mast", "inn", "yard")


@pytest.fixture(scope="session")
def tiny_corpus() -> Corpus:
    """Eight documents to train on and four to validate with, each of five sentences that are easily told apart."""
    splits = ["train"] * 8 + ["validation"] * 4
    return Corpus(tuple(_tiny_document(n, split) for n, split in enumerate(splits)))


def _tiny_document(number: int, split: str) -> AnnotatedDocument:
    sentences = []
    for pattern, label, cue, source in TINY_SENTENCES:
        text = pattern.format(TINY_THINGS[number])
        cues: tuple[CueSpan, ...] = find_cues(text, [{"kind": cue[0], "text": cue[1]}] if cue else [])
        sentences.append(AnnotatedSentence(text, label, cues, find_words(text, source) if source else None))
    origin = "real" if number % 2 else "written"
    return AnnotatedDocument(f"d{number}", "brief", origin, "hedge", "ours", split, tuple(sentences))


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a BERT of two small layers that knows the words of the tiny corpus, as transformers writes it."""
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("base")
    words = ["the", "shut", ".", ",", "she", "said", "may", "a", "disgrace", "read", "more", *TINY_THINGS]
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]) + "\n")
    torch.manual_seed(0)
    configuration = transformers.BertConfig(
        vocab_size=5 + len(words),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    transformers.BertModel(configuration).save_pretrained(folder)
    transformers.BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_settings() -> EncoderSettings:
    """Settings with which the tiny corpus is learnt by heart."""
    settings = pytest.importorskip("hedge.training.encoder.settings").EncoderSettings
    return settings(window=48, training_windows=(0, 48), learning_rate=5e-3, batch_tokens=100, epochs=30, evaluations=3)

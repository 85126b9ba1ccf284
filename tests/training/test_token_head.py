from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from hedge.inference.tags import TAGS  # noqa: E402
from hedge.labels import CLASSES  # noqa: E402
from hedge.training.encoder import token_head  # noqa: E402
from hedge.training.encoder.network import TwoHeads  # noqa: E402
from hedge.training.encoder.settings import EncoderSettings  # noqa: E402
from hedge.training.encoder.torch_model import tokenizer_and_windows  # noqa: E402


def refitted(corpus, base):
    torch.manual_seed(0)
    network = TwoHeads.from_base(base).eval()
    tokenizer, windows = tokenizer_and_windows(base, EncoderSettings(sentences=1))
    before = network.heads.weight.detach().clone()
    torch.seed()
    token_head.refit_token_head(network, tokenizer, windows, corpus.split("train"))
    return network, tokenizer, before


def test_words_are_marked_as_they_are_annotated_and_labels_stay_as_they_were(tiny_corpus, tiny_base, monkeypatch):
    monkeypatch.setattr(token_head, "BATCH", 8)
    monkeypatch.setattr(token_head, "EPOCHS", 60)
    network, tokenizer, before = refitted(tiny_corpus, tiny_base)
    assert torch.equal(network.heads.weight[: len(CLASSES)], before[: len(CLASSES)])
    found = {}
    for text in ("The mill shut , she said .", "The mill may shut .", "The mill shut ."):
        outputs = network.outputs(torch.tensor([tokenizer.encode(text).ids]))[0, 1:-1, len(CLASSES) :]
        found[text] = " ".join(TAGS[tag] for tag in outputs.argmax(dim=1))
    assert list(found.values()) == ["O O O O B-source B-attribution O", "O O B-hedge O O", "O O O O"]


def test_the_same_seed_gives_the_same_head(tiny_corpus, tiny_base):
    one, another = (refitted(tiny_corpus, tiny_base)[0] for _ in range(2))
    assert torch.equal(one.heads.weight, another.heads.weight)

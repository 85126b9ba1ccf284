"""The two-headed network."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from hedge.labels import CLASSES  # noqa: E402
from hedge.training.encoder.network import IGNORED, TwoHeads  # noqa: E402


def test_a_sentences_logits_are_the_mean_of_its_tokens(tiny_base):
    network = TwoHeads.from_base(tiny_base).eval()
    ids, owners = torch.tensor([[2, 5, 6, 3, 7, 3]]), torch.tensor([[-1, 0, 0, 0, 1, 1]])
    outputs = network.outputs(ids, torch.ones_like(ids))[0, :, : len(CLASSES)]
    result = network(
        *(ids, torch.ones_like(ids), owners, torch.full_like(ids, IGNORED)), torch.eye(len(CLASSES))[:2], torch.ones(2)
    )
    expected = torch.stack([outputs[1:4].mean(dim=0), outputs[4:6].mean(dim=0)])
    torch.testing.assert_close(result["logits"], expected)

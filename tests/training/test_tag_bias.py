from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from hedge.inference.decoding import OUTPUTS  # noqa: E402
from hedge.inference.tags import TAGS  # noqa: E402
from hedge.labels import CLASSES  # noqa: E402
from hedge.training.encoder.fit import EncoderSettings, in_torch, tokenizer_and_windows  # noqa: E402
from hedge.training.encoder.network import TwoHeads  # noqa: E402
from hedge.training.encoder.tag_bias import fit_tag_bias  # noqa: E402


def test_what_is_marked_too_seldom_is_marked_more_readily(tiny_corpus, tiny_base):
    network = TwoHeads.from_base(tiny_base).eval()
    tokenizer, windows = tokenizer_and_windows(tiny_base, EncoderSettings(window=48))
    said = tokenizer.token_to_id("said")

    def run(ids):
        """Call every sentence with "said" a report, and its "said" a cue, if only just not."""
        outputs = np.zeros((len(ids), OUTPUTS + len(TAGS)), np.float32)
        outputs[:, CLASSES.index("fact")] = 0.1
        outputs[ids == said, CLASSES.index("report")] = 9
        outputs[:, OUTPUTS] = 5
        outputs[ids == said, OUTPUTS + TAGS.index("B-attribution")] = 3.2
        return outputs

    before = network.heads.bias.detach().clone()
    model = replace(in_torch(network, tokenizer, windows), run=run)
    raised = fit_tag_bias(network, model, tiny_corpus.split("validation"))
    assert raised == {"attribution": 2.0, "hedge": 0.0, "evaluation": 0.0, "source": 0.0}
    change = (network.heads.bias - before).detach()
    expected = torch.zeros_like(change)
    expected[[OUTPUTS + TAGS.index(tag) for tag in ("B-attribution", "I-attribution")]] = 2.0
    torch.testing.assert_close(change, expected)

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from hedge.inference.tags import TAGS  # noqa: E402
from hedge.labels import CLASSES  # noqa: E402
from hedge.training.encoder.network import TwoHeads  # noqa: E402
from hedge.training.encoder.settings import EncoderSettings  # noqa: E402
from hedge.training.encoder.tag_bias import fit_tag_bias  # noqa: E402
from hedge.training.encoder.torch_model import in_torch, tokenizer_and_windows  # noqa: E402


def test_what_is_marked_too_seldom_is_marked_more_readily(tiny_corpus, tiny_base):
    network, model = untrained(tiny_base)
    said = model.tokenizer.token_to_id("said")

    def run(ids):
        """Call every sentence with "said" a report, and its "said" a cue, if only just not."""
        outputs = np.zeros((len(ids), len(CLASSES) + len(TAGS)), np.float32)
        outputs[:, CLASSES.index("fact")] = 0.1
        outputs[ids == said, CLASSES.index("report")] = 9
        outputs[:, len(CLASSES)] = 5
        outputs[ids == said, len(CLASSES) + TAGS.index("B-attribution")] = 3.2
        return outputs

    before = network.heads.bias.detach().clone()
    raised = fit_tag_bias(network, replace(model, run=run), tiny_corpus.split("validation"))
    assert raised == {"attribution": 2.0, "hedge": 0.0, "evaluation": 0.0, "source": 0.0}
    change = (network.heads.bias - before).detach()
    expected = torch.zeros_like(change)
    expected[[len(CLASSES) + TAGS.index(tag) for tag in ("B-attribution", "I-attribution")]] = 2.0
    torch.testing.assert_close(change, expected)


def test_kinds_that_compete_for_a_word_are_raised_so_that_all_are_found(tiny_corpus, tiny_base):
    network, model = untrained(tiny_base)
    said, may = (model.tokenizer.token_to_id(word) for word in ("said", "may"))

    def run(ids):
        """Mark "said" as an attribution rather than as a hedge, and "may" as a hedge, if neither is readily marked."""
        outputs = np.zeros((len(ids), len(CLASSES) + len(TAGS)), np.float32)
        outputs[ids == said, CLASSES.index("report")] = outputs[ids == may, CLASSES.index("speculation")] = 9
        outputs[:, len(CLASSES)] = 5
        outputs[ids == said, len(CLASSES) + TAGS.index("B-attribution")] = 3.2
        outputs[ids == said, len(CLASSES) + TAGS.index("B-hedge")] = 3.0
        outputs[ids == may, len(CLASSES) + TAGS.index("B-hedge")] = 1.8
        return outputs

    raised = fit_tag_bias(network, replace(model, run=run), tiny_corpus.split("validation"))
    assert raised["hedge"] == 3.5
    assert raised["attribution"] + 3.2 > raised["hedge"] + 3.0


def untrained(base):
    network = TwoHeads.from_base(base).eval()
    return network, in_torch(network, *tokenizer_and_windows(base, EncoderSettings(window=48)))

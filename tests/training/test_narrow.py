from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from hedge.errors import ModelError  # noqa: E402
from hedge.training.encoder import narrow  # noqa: E402
from hedge.training.encoder.narrow import narrowed  # noqa: E402
from hedge.training.encoder.network import TwoHeads  # noqa: E402


@pytest.fixture
def ids():
    return torch.randint(5, 28, (6, 8), generator=torch.Generator().manual_seed(0))


def test_the_fit_makes_up_for_most_of_what_is_cut(network, ids, monkeypatch):
    before = {name: value.clone() for name, value in network.state_dict().items()}
    expected = network.outputs(ids)

    def lost():
        return (narrowed(network, 32, lambda one: one.outputs(ids)).outputs(ids) - expected).norm()

    fitted = lost()
    monkeypatch.setattr(narrow, "RIDGE", 1e12)  # so that weights stay as they are
    assert fitted < 0.5 * lost()
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())


def test_it_is_stored_and_loaded_as_any_network(network, ids, tmp_path):
    result = narrowed(network, 24, lambda one: one.outputs(ids))
    result.save(tmp_path)
    loaded = TwoHeads.from_base(tmp_path).eval()
    assert loaded.encoder.encoder.layer[0].intermediate.dense.weight.shape == (24, 32)
    torch.testing.assert_close(loaded.outputs(ids), result.outputs(ids), atol=2e-2, rtol=2e-2)  # stored as fp16


@pytest.mark.parametrize("width", [0, 65])
def test_not_more_neurons_are_kept_than_there_are(network, width):
    with pytest.raises(ModelError, match=f"{width} of 64 neurons"):
        narrowed(network, width, lambda _: None)


def test_only_encoders_built_as_bert_are_narrowed(network):
    network.encoder.config.model_type = "distilbert"
    with pytest.raises(ModelError, match="'distilbert' cannot be narrowed"):
        narrowed(network, 32, lambda _: None)


def test_a_neuron_that_gives_nothing_is_cut_first(network, ids):
    silent = network.encoder.encoder.layer[0].output.dense
    silent.weight.data[:, 5] = 0
    kept = network.encoder.encoder.layer[0].intermediate.dense.weight
    result = narrowed(network, 63, lambda one: one.outputs(ids))
    rest = torch.cat([kept[:5], kept[6:]])
    assert torch.equal(result.encoder.encoder.layer[0].intermediate.dense.weight, rest)

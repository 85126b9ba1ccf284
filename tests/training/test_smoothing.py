from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from hedge.training.encoder.smoothing import smoothed  # noqa: E402


def test_outliers_become_smaller_and_outputs_stay_the_same():
    torch.manual_seed(0)
    network = torch.nn.Sequential(torch.nn.Linear(8, 8), torch.nn.Sequential(torch.nn.Linear(8, 16)))
    states = torch.randn(50, 4, 8)
    network[0].weight.data[3] *= 100  # an outlier among the inputs of the second layer
    expected = network(states)
    before = {name: value.clone() for name, value in network.state_dict().items()}
    result = smoothed(network, lambda: network(states))
    torch.testing.assert_close(result(states), expected, atol=1e-4, rtol=1e-4)
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())
    inputs = []
    result[1][0].linear.register_forward_pre_hook(lambda _, given: inputs.append(given[0]))
    result(states)
    largest = inputs[0].abs().flatten(0, 1).amax(dim=0)
    before_it = network[0](states).abs().flatten(0, 1).amax(dim=0)
    assert largest.max() / largest.min() < 0.5 * before_it.max() / before_it.min()


def test_a_network_without_layers_that_widen_stays_as_it_is():
    network = torch.nn.Sequential(torch.nn.Linear(8, 8))
    result = smoothed(network, lambda: network(torch.ones(1, 8)))
    assert [name for name, _ in result.named_modules()] == [name for name, _ in network.named_modules()]

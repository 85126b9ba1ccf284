"""Outliers of activations are moved into the weights that they meet, so that int8 holds both.

Xiao et al. 2023, "SmoothQuant: Accurate and Efficient Post-Training Quantization for Large Language Models".
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TypeVar

import torch
from torch import nn

__all__ = ["smoothed"]

Network = TypeVar("Network", bound=nn.Module)

STRENGTH = 0.5
"""How far outliers are moved: 0 not at all, 1 wholly. The authors' value."""


class _Smoothed(nn.Module):
    def __init__(self, linear: nn.Linear, scales: torch.Tensor) -> None:
        super().__init__()
        self.linear = linear
        self.linear.weight.data.mul_(scales)
        self.register_buffer("inverse", 1 / scales)

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """Return what the layer returned before."""
        return self.linear(states * self.inverse)


def smoothed(network: Network, use: Callable[[], object]) -> Network:
    """Return a copy that gives the same outputs, with smaller outliers where it can make up for them.

    :param use: Runs the network on text, so that the range of its activations is seen.
    """
    names = [
        name
        for name, module in network.named_modules()
        if isinstance(module, nn.Linear) and module.out_features > module.in_features
    ]
    largest: dict[str, torch.Tensor] = {}

    def see(name: str) -> Callable[[nn.Module, tuple[torch.Tensor, ...]], None]:
        def hook(_: nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
            seen = inputs[0].detach().abs().flatten(0, -2).amax(dim=0)
            largest[name] = torch.maximum(largest[name], seen) if name in largest else seen

        return hook

    hooks = [network.get_submodule(name).register_forward_pre_hook(see(name)) for name in names]
    try:
        use()
    finally:
        for hook in hooks:
            hook.remove()
    result = copy.deepcopy(network)
    with torch.no_grad():
        for name in names:
            parent, _, own = name.rpartition(".")
            linear = result.get_submodule(name)
            assert isinstance(linear, nn.Linear)  # noqa: S101 - for the type checker
            setattr(result.get_submodule(parent), own, _Smoothed(linear, _scales(largest[name], linear.weight)))
    return result


def _scales(largest: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Return by what each input is divided; their geometric mean is one."""
    weights = weight.detach().abs().amax(dim=0).clamp(min=1e-5)
    scales = largest.clamp(min=1e-5) ** STRENGTH / weights ** (1 - STRENGTH)
    return scales / scales.log().mean().exp()

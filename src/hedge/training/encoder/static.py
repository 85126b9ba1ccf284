"""A static-embedding encoder: looked-up vectors, and a few convolutions that let a word see its neighbours."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from hedge.errors import ModelError

__all__ = ["StaticEncoder"]

CONFIGURATION, VECTORS = "config.json", "model.safetensors"
MODEL_TYPE = "model2vec"
TABLE, MAPPING, WEIGHTS = "embeddings", "mapping", "weights"
"""The arrays of a model2vec model: vectors, which of them is a token's, and by what it is multiplied."""


class _Block(nn.Module):
    """A depthwise separable convolution with a way around it (Chollet 2017, "Xception")."""

    def __init__(self, width: int, kernel: int, dropout: float) -> None:
        super().__init__()
        self.normalise = nn.LayerNorm(width)
        self.across = nn.Conv1d(width, width, kernel, padding=kernel // 2, groups=width)
        self.within = nn.Linear(width, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        inner = self.normalise(states) * mask
        inner = self.across(inner.transpose(1, 2)).transpose(1, 2)
        return states + self.dropout(self.within(nn.functional.gelu(inner)))


class StaticEncoder(nn.Module):
    """Vectors of model2vec (Tulkens and van Dongen 2024, "Model2Vec") under convolutions.

    It is called as an encoder of transformers is.
    """

    def __init__(self, vectors: torch.Tensor, blocks: int = 4, kernel: int = 7, dropout: float = 0.1) -> None:
        """Start from vectors.

        :param vectors: Shape (vocabulary, width).
        """
        super().__init__()
        vocabulary, width = vectors.shape
        self.config = SimpleNamespace(
            model_type=MODEL_TYPE, hidden_size=width, vocab_size=vocabulary, blocks=blocks, kernel=kernel
        )
        self.embeddings = nn.Embedding.from_pretrained(vectors, freeze=False)
        self.blocks = nn.ModuleList(_Block(width, kernel, dropout) for _ in range(blocks))
        self.normalise = nn.LayerNorm(width)

    @classmethod
    def is_at(cls, base: str | Path) -> bool:
        """Tell whether a folder holds a model2vec model, or one of these."""
        file = Path(base) / CONFIGURATION
        return file.is_file() and json.loads(file.read_text(encoding="utf-8")).get("model_type") == MODEL_TYPE

    @classmethod
    def from_pretrained(cls, base: str | Path) -> StaticEncoder:
        """Load a model2vec model, under fresh convolutions, or what :meth:`save_pretrained` wrote.

        :raises ModelError: if there are no vectors.
        """
        states = load_file(Path(base) / VECTORS)
        settings = json.loads((Path(base) / CONFIGURATION).read_text(encoding="utf-8"))
        if "blocks" not in settings:
            return cls(_vectors(base, states))
        encoder = cls(states[f"{TABLE}.weight"].float(), settings["blocks"], settings["kernel"])
        encoder.load_state_dict(states)
        return encoder

    def save_pretrained(self, folder: Path, state_dict: dict[str, torch.Tensor]) -> None:
        """Write the arrays given, and the settings."""
        save_file(state_dict, folder / VECTORS)
        (folder / CONFIGURATION).write_text(json.dumps(vars(self.config), indent=2) + "\n", encoding="utf-8")

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor | None = None) -> SimpleNamespace:
        """Return the states of the tokens as ``last_hidden_state``, shape (windows, tokens, width)."""
        states = self.embeddings(input_ids)
        mask = torch.ones_like(states[..., :1]) if attention_mask is None else attention_mask.unsqueeze(-1).float()
        for block in self.blocks:
            states = block(states, mask)
        return SimpleNamespace(last_hidden_state=self.normalise(states))


def _vectors(base: str | Path, states: dict[str, torch.Tensor]) -> torch.Tensor:
    """Return the vector of each token of a model2vec model, which may be one of a few, times a weight of its own."""
    if TABLE not in states:
        raise ModelError(f"{Path(base) / VECTORS}: no {TABLE} here; name a folder as model2vec writes it")
    vectors = states[TABLE].float()
    if MAPPING in states:
        vectors = vectors[states[MAPPING].long()]
    if WEIGHTS in states:
        vectors = vectors * states[WEIGHTS].float().unsqueeze(1)
    return vectors

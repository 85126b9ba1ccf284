"""Distillation layer by layer: a network learns to return what another of its depth and size of states returns.

Every token is a lesson, in every layer, so that little text says much. Jiao et al. 2020, "TinyBERT: Distilling BERT for
Natural Language Understanding", without its attention matrices.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from hedge.errors import ModelError
from hedge.training.encoder.network import TwoHeads

__all__ = ["LayerwiseStudent"]


class LayerwiseStudent(TwoHeads):
    """Learns the hidden states of each layer and the outputs of both heads of a teacher, and nothing from labels.

    It learns without dropout: the teacher's states, too, are without.
    """

    _teacher: tuple[TwoHeads]  # in a tuple, so that it is no part of this network, which is trained and stored

    @classmethod
    def of(cls, teacher: TwoHeads, base: str | Path) -> LayerwiseStudent:
        """Make a student of what is stored in a folder.

        :param base: As for :meth:`TwoHeads.from_base`.
        :raises ModelError: if its layers are not as many as the teacher's, or not of the same size.
        """
        student = cls.from_base(base)
        shapes = [(one.encoder.config.num_hidden_layers, one.encoder.config.hidden_size) for one in (student, teacher)]
        if shapes[0] != shapes[1]:
            raise ModelError(
                f"{base}: {shapes[0][0]} layers of {shapes[0][1]} cannot learn from {shapes[1][0]} of {shapes[1][1]}"
            )
        student._teacher = (teacher.eval(),)
        return student

    def train(self, mode: bool = True) -> LayerwiseStudent:
        """Stay without dropout."""
        super().train(False)
        return self

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, *_: Any, **__: Any) -> dict[str, Any]:  # noqa: ANN401
        """Return the loss of a batch: the mean error over layers, and that of the outputs, each relative.

        What the other network's ``forward`` takes besides is not looked at.
        """
        with torch.no_grad():
            right = _returned(self._teacher[0].to(input_ids.device), input_ids, attention_mask)
        errors = [_error(*pair) for pair in zip(_returned(self, input_ids, attention_mask), right, strict=True)]
        return {"loss": torch.stack(errors[:-1]).mean() + errors[-1]}


def _returned(network: TwoHeads, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> list[torch.Tensor]:
    """Return the tokens' hidden states after each layer, and at last their outputs; padding left out."""
    found = network.encoder(input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True)
    tokens = attention_mask.bool()
    return [states[tokens].float() for states in (*found.hidden_states[1:], network.heads(found.last_hidden_state))]


def _error(found: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """Return the mean square error, as a part of the variance of what is right."""
    return (found - right).square().mean() / right.var()

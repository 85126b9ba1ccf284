"""The network: an encoder and one linear layer, which gives every token the outputs of both heads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import AutoConfig, AutoModel, AutoTokenizer

from hedge.inference.tags import TAGS
from hedge.labels import CLASSES
from hedge.training.encoder.static import StaticEncoder

__all__ = ["IGNORED", "TwoHeads", "save_pretrained"]

HEADS = "heads.safetensors"
TOKENIZER_SETTINGS = "tokenizer_config.json"
OF_THIS_LOADING = ("is_local", "local_files_only")
"""What transformers puts among a tokenizer's settings, but how it was loaded."""
ATTENTION_DROPOUT = ("attention_probs_dropout_prob", "attention_dropout")
"""What encoders call it; it would cost a third of the time."""
IGNORED = -100
"""The tag of tokens that have none, and what the cross-entropy leaves out."""


class TwoHeads(nn.Module):
    """An encoder with a sentence head and a token head.

    A sentence's logits are the mean of its tokens' (as a linear layer on their mean would give), so that an export
    needs to know nothing about sentences.
    """

    def __init__(self, encoder: Any, tag_weight: float = 0.3, dropout: float = 0.1) -> None:  # noqa: ANN401
        """Put the heads on an encoder.

        :param encoder: A model of transformers, or what is called like one.
        :param tag_weight: How much the loss of the token head counts, beside the sentence head's one.
        """
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.Linear(encoder.config.hidden_size, len(CLASSES) + len(TAGS))
        self.tag_weight = tag_weight

    @classmethod
    def from_base(cls, base: str | Path, tag_weight: float = 0.3) -> TwoHeads:
        """Put heads on a pretrained encoder: those that are stored with it, else fresh ones.

        :param base: A folder as transformers, model2vec or :meth:`save` writes it, or a name on the model hub.
        """
        network = cls(_encoder(base), tag_weight)
        heads = Path(base) / HEADS
        if heads.is_file():
            network.heads.load_state_dict({name: value.float() for name, value in load_file(heads).items()})
        return network

    def save(self, folder: Path) -> None:
        """Write encoder and heads in half precision, as :meth:`from_base` reads them."""
        states = {name: value.half().contiguous() for name, value in self.encoder.state_dict().items()}
        self.encoder.save_pretrained(folder, state_dict=states)
        save_file({name: value.half() for name, value in self.heads.state_dict().items()}, folder / HEADS)

    def outputs(self, input_ids: torch.Tensor, attention_mask: torch.Tensor | None = None) -> torch.Tensor:
        """Return the outputs of both heads; shape (windows, tokens, classes + tags).

        :param attention_mask: Zero where a window is padded; of the shape of ``input_ids``. None: nowhere.
        """
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return self.heads(self.dropout(states))

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        sentences: torch.Tensor,
        tags: torch.Tensor,
        targets: torch.Tensor,
        sentence_weights: torch.Tensor,
    ) -> dict[str, Any]:
        """Return the loss of a batch, and its sentences' logits.

        :param sentences: For each token the index of its sentence in the batch, or -1; shape (windows, tokens).
        :param tags: The index of each token's tag, or -100; shape (windows, tokens).
        :param targets: The probabilities that each sentence should have; shape (sentences, classes).
        :param sentence_weights: How much each counts; shape (sentences,).
        """
        outputs = self.outputs(input_ids, attention_mask).float()
        logits = _means(outputs[..., : len(CLASSES)], sentences, len(targets))
        losses = nn.functional.cross_entropy(logits, targets, reduction="none")
        loss = (losses * sentence_weights).sum() / sentence_weights.sum()
        if (tags != IGNORED).any():
            tag_outputs = outputs[..., len(CLASSES) :].flatten(0, 1)
            loss = loss + self.tag_weight * nn.functional.cross_entropy(
                tag_outputs, tags.flatten(), ignore_index=IGNORED
            )
        return {"loss": loss, "logits": logits}


def save_pretrained(network: TwoHeads, base: str | Path, folder: Path) -> None:
    """Write a network and its tokenizer as transformers has them, to be trained on.

    :param base: What it was trained from: its tokenizer is the network's.
    """
    AutoTokenizer.from_pretrained(base).save_pretrained(folder)
    file = folder / TOKENIZER_SETTINGS
    settings = json.loads(file.read_text(encoding="utf-8"))
    kept = {name: value for name, value in settings.items() if name not in OF_THIS_LOADING}
    file.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    network.save(folder)


def _encoder(base: str | Path) -> nn.Module:
    if StaticEncoder.is_at(base):
        return StaticEncoder.from_pretrained(base)
    configuration = AutoConfig.from_pretrained(base)
    for name in ATTENTION_DROPOUT:
        if hasattr(configuration, name):
            setattr(configuration, name, 0.0)
    encoder: nn.Module = AutoModel.from_pretrained(
        base,
        config=configuration,
        dtype=torch.float32,
        attn_implementation="eager",  # attention is fused in the export only if it is not fused here
    )
    return encoder


def _means(rows: torch.Tensor, groups: torch.Tensor, count: int) -> torch.Tensor:
    """Return the mean of the rows of each group; rows of the group -1 are left out."""
    kept = groups.flatten() >= 0
    index, values = groups.flatten()[kept], rows.flatten(0, 1)[kept]
    sums = torch.zeros(count, rows.shape[-1], dtype=rows.dtype, device=rows.device).index_add(0, index, values)
    sizes = torch.zeros(count, dtype=rows.dtype, device=rows.device).index_add(0, index, torch.ones_like(values[:, 0]))
    return sums / sizes.clamp(min=1).unsqueeze(1)

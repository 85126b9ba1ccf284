"""The token head, fitted anew on what the encoder gives: students learn much text of which nobody marked a word."""

from __future__ import annotations

import torch
from tokenizers import Tokenizer
from torch import nn

from hedge.annotations import Corpus
from hedge.inference.tags import TAGS
from hedge.inference.windows import WindowSettings
from hedge.labels import CLASSES
from hedge.training.encoder.examples import BatchStream, Lesson, collate, lesson_rows
from hedge.training.encoder.network import IGNORED, TwoHeads
from hedge.training.encoder.settings import Balance

__all__ = ["refit_token_head"]

LEARNING_RATE = 3e-3
EPOCHS = 12
BATCH = 4096
"""Tokens."""
WINDOWS_AT_ONCE = 1024
"""Tokens of the windows that run together, padding included."""


def refit_token_head(
    network: TwoHeads, tokenizer: Tokenizer, windows: WindowSettings, training: Corpus, seed: int = 0
) -> None:
    """Train the token head on annotated text alone; the encoder and the labels that it gives stay as they are.

    :param windows: How sentences are packed, at run time as here.
    :param training: Documents whose words are marked.
    """
    torch.manual_seed(seed)
    states, tags = _states(network, tokenizer, windows, training)
    head = nn.Linear(states.shape[1], len(TAGS))
    with torch.no_grad():
        head.weight.copy_(network.heads.weight[len(CLASSES) :])
        head.bias.copy_(network.heads.bias[len(CLASSES) :])
    optimizer = torch.optim.AdamW(head.parameters(), lr=LEARNING_RATE, weight_decay=1e-4)
    batches = -(-len(tags) // BATCH)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, EPOCHS * batches)
    for _ in range(EPOCHS):
        for part in torch.randperm(len(tags)).split(BATCH):
            optimizer.zero_grad()
            nn.functional.cross_entropy(head(states[part].float()), tags[part]).backward()
            optimizer.step()
            schedule.step()
    with torch.no_grad():
        network.heads.weight[len(CLASSES) :] = head.weight
        network.heads.bias[len(CLASSES) :] = head.bias


def _states(
    network: TwoHeads, tokenizer: Tokenizer, windows: WindowSettings, training: Corpus
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the hidden states of all tokens of sentences, in half precision, and their tags.

    Shapes (tokens, size of a state) and (tokens,).
    """
    rows = lesson_rows([Lesson.of_labels(document) for document in training.documents], tokenizer, windows, Balance())
    states, tags = [], []
    network.eval()
    with torch.no_grad():
        for items in BatchStream(rows, [windows], WINDOWS_AT_ONCE, 0).epoch(0):
            batch = collate(items)
            found = network.encoder(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"])
            tagged = batch["tags"] != IGNORED
            states.append(found.last_hidden_state[tagged].half())
            tags.append(batch["tags"][tagged])
    return torch.cat(states), torch.cat(tags)

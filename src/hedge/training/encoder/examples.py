"""Documents as rows of tokens, tags and targets; windows cut from them anew in every epoch; batches of windows."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

import numpy as np
import torch
from datasets import Dataset
from tokenizers import Tokenizer
from torch.utils.data import IterableDataset

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus
from hedge.inference.tags import SOURCE, tags_of_spans
from hedge.inference.windows import Tokens, WindowSettings, windows
from hedge.labels import CLASSES
from hedge.training.encoder.network import IGNORED

__all__ = ["Balance", "Row", "WindowStream", "collate", "document_rows"]


class Row(TypedDict):
    """A document; every list has an entry for each sentence."""

    ids: list[list[int]]
    tags: list[list[int]]
    targets: list[list[float]]
    weights: list[float]


@dataclass(frozen=True)
class Balance:
    """How much the sentences of an origin and label count.

    Real and written text are told apart by their style, and their labels are not spread alike: were a label to weigh
    more in one origin than in the other, style would be learnt for it.
    """

    power: float = 0.5
    """By which power of its frequency in its origin a label weighs less: 0 not at all, 1 until all weigh the same."""
    written: float = 0.7
    """How much written text counts, where real text counts one."""

    def weights(self, corpus: Corpus) -> dict[tuple[bool, str], float]:
        """Return the weight of each pair of whether a text is written and its label; their mean is one in an origin."""
        counts = Counter((d.origin == "written", s.class_name) for d in corpus.documents for s in d.sentences)
        found: dict[tuple[bool, str], float] = {}
        for written in (False, True):
            of_origin = {key: count for key, count in counts.items() if key[0] == written}
            raw = {key: count**-self.power for key, count in of_origin.items()}
            total = sum(raw[key] * count for key, count in of_origin.items())
            scale = sum(of_origin.values()) / total * (self.written if written else 1) if total else 0
            found |= {key: weight * scale for key, weight in raw.items()}
        return found


def document_rows(corpus: Corpus, tokenizer: Tokenizer, balance: Balance) -> Dataset:
    """Return a row of tokens, tags, targets and weights for each document, as an Arrow table."""
    weights = balance.weights(corpus)
    return Dataset.from_list([dict(_row(document, tokenizer, weights)) for document in corpus.documents])


def _row(document: AnnotatedDocument, tokenizer: Tokenizer, weights: dict[tuple[bool, str], float]) -> Row:
    written = document.origin == "written"
    encodings = tokenizer.encode_batch([sentence.text for sentence in document.sentences], add_special_tokens=False)
    pairs = list(zip(document.sentences, encodings, strict=True))
    return Row(
        ids=[encoding.ids for encoding in encodings],
        tags=[tags_of_spans(encoding.offsets, _spans(sentence)) for sentence, encoding in pairs],
        targets=[[float(name == sentence.class_name) for name in CLASSES] for sentence in document.sentences],
        weights=[weights[written, sentence.class_name] for sentence in document.sentences],
    )


def _spans(sentence: AnnotatedSentence) -> list[tuple[str, int, int]]:
    cues = [(cue.kind.value, cue.start, cue.end) for cue in sentence.cues]
    return [*cues, (SOURCE, *sentence.source)] if sentence.source else cues


class WindowStream(IterableDataset[dict[str, Any]]):
    """Windows of all documents, in another order and cut in another way in every epoch, without end."""

    def __init__(self, rows: Dataset, settings: WindowSettings, seed: int, sizes: Sequence[int]) -> None:
        """Cut windows of one of the sizes, drawn for each document; a size of 0 makes each sentence a window."""
        self.rows = [rows[i] for i in range(len(rows))]
        self.settings, self.seed, self.sizes = settings, seed, tuple(sizes)

    def epoch(self, number: int) -> Iterator[dict[str, Any]]:
        """Yield the windows of one epoch."""
        generator = random.Random(f"{self.seed} {number}")  # noqa: S311
        found = [window for row in self.rows for window in self._windows(row, generator.choice(self.sizes))]
        generator.shuffle(found)
        yield from found

    def __iter__(self) -> Iterator[dict[str, Any]]:
        number = 0
        while True:
            yield from self.epoch(number)
            number += 1

    def _windows(self, row: Row, size: int) -> Iterator[dict[str, Any]]:
        tokens = [Tokens(ids, []) for ids in row["ids"]]
        if size == 0:
            groups = [[i] for i in range(len(tokens))]
        else:
            settings = WindowSettings(size, 0, self.settings.first_id, self.settings.end_id)
            groups, first = [], 0
            for window in windows(tokens, settings):
                groups.append(list(range(first, first + len(window.sentences))))
                first += len(window.sentences)
        for group in groups:
            yield self._window(row, group)

    def _window(self, row: Row, group: list[int]) -> dict[str, Any]:
        """Lay out sentences one after the other; a sentence's end token counts as its own, without a tag."""
        most = self.settings.tokens - 2
        ids, tags, owners = [self.settings.first_id], [IGNORED], [-1]
        for place, i in enumerate(group):
            ids += [*row["ids"][i][:most], self.settings.end_id]
            tags += [*row["tags"][i][:most], IGNORED]
            owners += [place] * (min(len(row["ids"][i]), most) + 1)
        return {
            "ids": ids,
            "tags": tags,
            "owners": owners,
            "targets": [row["targets"][i] for i in group],
            "weights": [row["weights"][i] for i in group],
        }


def collate(batch: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
    """Pad windows to one length, and number their sentences through."""
    longest = max(len(window["ids"]) for window in batch)
    shape = (len(batch), longest)
    ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    tags, owners = np.full(shape, IGNORED, np.int64), np.full(shape, -1, np.int64)
    count = 0
    for i, window in enumerate(batch):
        length = len(window["ids"])
        ids[i, :length], mask[i, :length], tags[i, :length] = window["ids"], 1, window["tags"]
        owner = np.array(window["owners"])
        owners[i, :length] = np.where(owner < 0, owner, owner + count)
        count += len(window["targets"])
    targets = [target for window in batch for target in window["targets"]]
    weights = [weight for window in batch for weight in window["weights"]]
    return {
        "input_ids": torch.from_numpy(ids),
        "attention_mask": torch.from_numpy(mask),
        "sentences": torch.from_numpy(owners),
        "tags": torch.from_numpy(tags),
        "targets": torch.tensor(targets, dtype=torch.float32),
        "sentence_weights": torch.tensor(weights, dtype=torch.float32),
    }

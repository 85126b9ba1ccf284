"""Documents as rows of tokens, tags and targets; windows cut from them anew in every epoch; batches of windows."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

import numpy as np
import numpy.typing as npt
import torch
from datasets import Dataset, load_from_disk
from tokenizers import Tokenizer
from torch.utils.data import IterableDataset

from hedge.annotations import AnnotatedDocument, AnnotatedSentence
from hedge.annotations.quiet import quiet_unless_watched
from hedge.inference.encoder import leads_of, tokenise
from hedge.inference.tags import tags_of_spans
from hedge.inference.windows import Tokens, Window, WindowSettings, windows
from hedge.labels import CLASSES, SOURCE
from hedge.training.encoder.network import IGNORED
from hedge.training.encoder.settings import Balance
from hedge.whole import written_whole

__all__ = ["BatchStream", "Lesson", "Row", "collate", "kept_rows", "lesson_rows"]


class Row(TypedDict):
    """A document; every list has an entry for each sentence."""

    leads: list[list[int]]
    ids: list[list[int]]
    tags: list[list[int]]
    targets: list[list[float]]
    weights: list[float]


@dataclass(frozen=True)
class Lesson:
    """A document to learn from."""

    document: AnnotatedDocument
    targets: npt.NDArray[np.float32]
    """The probabilities that its sentences should have, shape (sentences, classes)."""
    marked: bool = True
    """Whether its cues and sources are known; if not, the token head learns nothing of it."""

    @classmethod
    def of_labels(cls, document: AnnotatedDocument, smoothing: float = 0.0) -> Lesson:
        """Return a lesson that holds the document's labels to be true.

        :param smoothing: What of a label's probability is spread over all classes.
        """
        rows = np.array([sentence.class_index for sentence in document.sentences], np.intp)
        targets = np.eye(len(CLASSES), dtype=np.float32)[rows] * (1 - smoothing) + smoothing / len(CLASSES)
        return cls(document, targets)


def lesson_rows(lessons: Sequence[Lesson], tokenizer: Tokenizer, settings: WindowSettings, balance: Balance) -> Dataset:
    """Return a row of tokens, tags, targets and weights for each document, as an Arrow table."""
    weights = balance.weights(lesson.document for lesson in lessons)
    return Dataset.from_list([dict(_row(lesson, tokenizer, settings, weights)) for lesson in lessons])


def kept_rows(folder: Path, make: Callable[[], Dataset]) -> Dataset:
    """Return rows that are mapped from a folder; they are made and written there first if it does not exist."""
    if not folder.exists():
        with written_whole(folder) as aside, quiet_unless_watched():
            make().save_to_disk(aside)
    return load_from_disk(folder)


def _row(lesson: Lesson, tokenizer: Tokenizer, settings: WindowSettings, weights: dict[tuple[str, str], float]) -> Row:
    document = lesson.document
    encodings = tokenise(tokenizer, [sentence.text for sentence in document.sentences])
    pairs = list(zip(document.sentences, encodings, strict=True))
    return Row(
        leads=[list(lead) for lead in leads_of(document.segmented, settings)],
        ids=[encoding.ids for encoding in encodings],
        tags=[
            tags_of_spans(encoding.offsets, _spans(sentence)) if lesson.marked else [IGNORED] * len(encoding.ids)
            for sentence, encoding in pairs
        ],
        targets=lesson.targets.tolist(),
        weights=[weights[Balance.origin(document), sentence.class_name] for sentence in document.sentences],
    )


def _spans(sentence: AnnotatedSentence) -> list[tuple[str, int, int]]:
    cues = [(cue.kind.value, cue.start, cue.end) for cue in sentence.cues]
    return [*cues, (SOURCE, *sentence.source)] if sentence.source else cues


class BatchStream(IterableDataset[list[dict[str, Any]]]):
    """Batches of windows of all documents, in another order and cut in another way in every epoch, without end.

    Windows of about one length come together, so that there is little padding.
    """

    def __init__(self, rows: Dataset, shapes: Sequence[WindowSettings], tokens: int, seed: int) -> None:
        """Cut windows of one of the shapes, drawn for each document.

        Sentences that a window only has as context have no weight in it.

        :param tokens: Most tokens of a batch, padding included; a window that is larger is a batch of its own.
        """
        self.rows, self.shapes, self.tokens, self.seed = rows, tuple(shapes), tokens, seed

    def epoch(self, number: int) -> list[list[dict[str, Any]]]:
        """Return the batches of one epoch."""
        generator = random.Random(f"{self.seed} {number}")  # noqa: S311
        found = [window for row in self.rows for window in _windows(row, generator.choice(self.shapes))]
        found.sort(key=lambda window: (len(window["ids"]), generator.random()))
        batches: list[list[dict[str, Any]]] = [[]]
        for window in found:  # ever longer ones: the last is what a batch is padded to
            if batches[-1] and (len(batches[-1]) + 1) * len(window["ids"]) > self.tokens:
                batches.append([])
            batches[-1].append(window)
        generator.shuffle(batches)
        return batches

    def __iter__(self) -> Iterator[list[dict[str, Any]]]:
        number = 0
        while True:
            yield from self.epoch(number)
            number += 1


def _windows(row: Row, shape: WindowSettings) -> Iterator[dict[str, Any]]:
    first = 0
    pairs = zip(row["ids"], row["leads"], strict=True)
    for window in windows((Tokens(ids, [], "", tuple(lead)) for ids, lead in pairs), shape):
        first -= window.skipped
        yield _laid_out(row, first, window, shape)
        first += window.skipped + window.answered


def _laid_out(row: Row, first: int, window: Window, shape: WindowSettings) -> dict[str, Any]:
    """Lay out the sentences of a window, the first of which is given by its number in the row.

    A sentence's end token counts as its own, without a tag; what leads it does not.
    """
    tags, owners = [IGNORED], [-1]
    weights: list[float] = []
    for place, sentence in enumerate(window.sentences):
        answered = window.skipped <= place < window.skipped + window.answered
        length = len(sentence.ids)
        lead = len(sentence.lead)
        tags += [IGNORED] * lead
        tags += [*(row["tags"][first + place][:length] if answered else [IGNORED] * length), IGNORED]
        owners += [-1] * lead + [place] * (length + 1)
        weights.append(row["weights"][first + place] if answered else 0.0)
    return {
        "ids": window.ids(shape),
        "tags": tags,
        "owners": owners,
        "targets": row["targets"][first : first + len(window.sentences)],
        "weights": weights,
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

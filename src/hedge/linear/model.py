"""The linear model at work: TF-IDF and multinomial logistic regression as arrays, with numpy alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from hedge.answers import Answers
from hedge.linear.features import BLOCKS, Features, document_features
from hedge.segmentation import SegmentedText

__all__ = ["LinearModel"]

FloatArray = npt.NDArray[np.float32]

ROWS_AT_ONCE = 256
"""Sentences per batch: buffers do not grow with the document, and its answer does not depend on the size."""


@dataclass(frozen=True)
class LinearModel:
    """Feature columns, their inverse document frequencies, and a weight for each column and class.

    Columns of one block stand together, blocks in the order of :data:`hedge.linear.features.BLOCKS`.
    """

    vocabularies: dict[str, dict[str, int]]
    """For each block, the column of each token."""
    idf: FloatArray
    """Inverse document frequency of each column; shape (columns,)."""
    weights: FloatArray
    """Shape (columns, classes)."""
    intercepts: FloatArray
    """Shape (classes,); minus infinity for a class that it was not taught, and then never gives."""

    kind: ClassVar[str] = "linear"
    files: ClassVar[tuple[str, ...]] = ("vocabulary.json", "arrays.npz")

    def answers(self, documents: Iterable[SegmentedText], *, ahead: bool = False) -> Iterator[Answers]:
        """Yield the answers for each document, in order; the linear model points out no words and takes none ahead."""
        return map(Answers, self.logits(documents))

    def logits(self, documents: Iterable[SegmentedText]) -> Iterator[FloatArray]:
        """Yield the logits of each document's sentences, shape (sentences, classes), in order."""
        for segmented in documents:
            features = document_features(segmented)
            parts = []
            while batch := list(islice(features, ROWS_AT_ONCE)):
                parts.append(self._batch_logits(batch))
            yield np.concatenate(parts) if parts else np.empty((0, len(self.intercepts)), np.float32)

    def _batch_logits(self, batch: list[Features]) -> FloatArray:
        logits = np.tile(self.intercepts.astype(np.float64), (len(batch), 1))
        for block, vocabulary in self.vocabularies.items():
            rows, columns = [], []
            for row, features in enumerate(batch):
                found = [column for column in map(vocabulary.get, features[block]) if column is not None]
                columns += found
                rows += [row] * len(found)
            if not columns:
                continue
            # One entry for each pair of row and column, with the number of times it occurs.
            cells, counts = np.unique(np.array(rows) * len(self.idf) + np.array(columns), return_counts=True)
            row_of, column_of = np.divmod(cells, len(self.idf))
            values = (1 + np.log(counts)) * self.idf[column_of]
            norms = np.sqrt(np.bincount(row_of, values**2, len(batch)))
            values *= BLOCKS[block] / norms[row_of]
            terms = values[:, None] * self.weights[column_of]
            starts = np.flatnonzero(np.diff(row_of, prepend=-1))
            logits[row_of[starts]] += np.add.reduceat(terms, starts, axis=0)
        return logits.astype(np.float32)

    def write(self, folder: Path) -> None:
        """Write the model's files into a folder."""
        vocabulary = {block: list(columns) for block, columns in self.vocabularies.items()}
        text = json.dumps(vocabulary, ensure_ascii=False, separators=(",", ":"))
        (folder / "vocabulary.json").write_text(text, encoding="utf-8")
        np.savez_compressed(folder / "arrays.npz", idf=self.idf, weights=self.weights, intercepts=self.intercepts)

    @classmethod
    def read(cls, folder: Path, threads: int | None = None) -> LinearModel:
        """Read what :meth:`write` wrote; it runs on the thread that calls it, however many are allowed."""
        listed = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        vocabularies, column = {}, 0
        for block, tokens in listed.items():
            vocabularies[block] = dict(zip(tokens, range(column, column + len(tokens)), strict=True))
            column += len(tokens)
        with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
            return cls(vocabularies, arrays["idf"], arrays["weights"], arrays["intercepts"])

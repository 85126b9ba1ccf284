"""From the outputs of an encoder, one row for each token of a window, to answers for its sentences."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from hedge.answers import Marks
from hedge.inference.tags import OUTSIDE, TAGS, joined, spans_of_tags, words_of
from hedge.inference.windows import Tokens, Window
from hedge.labels import CLASSES, SKIP, SOURCE, CueKind, Label

__all__ = ["decode"]

FloatArray = npt.NDArray[np.float32]

SOURCE_TAGS = [TAGS.index(f"{position}-{SOURCE}") for position in "BI"]
OUTSIDE_TAG = TAGS.index(OUTSIDE)
WITHOUT_CUES = {Label.FACT.value, SKIP}


def decode(window: Window, outputs: FloatArray) -> Iterator[tuple[FloatArray, Marks]]:
    """Yield logits, shape (classes,), and marks of each sentence that the window answers.

    A sentence's logits are the mean over its own tokens and the token that ends it, so that a sentence whose characters
    give no token has logits, too.

    :param outputs: Of each token of the window, those of the sentence head before those of the token head; shape
        (tokens, classes + tags).
    """
    bounds = window.bounds()
    for number in range(window.skipped, window.skipped + window.answered):
        start, end = bounds[number]
        logits = outputs[start : end + 1, : len(CLASSES)].mean(axis=0)
        name = CLASSES[int(logits.argmax())]
        yield logits, _marks(window.sentences[number], outputs[start:end, len(CLASSES) :], name)


def _marks(sentence: Tokens, tags: FloatArray, name: str) -> Marks:
    """Return the marks that the sentence's class allows: no cue on a fact, and on a report only the surest source.

    The tags are the outputs of its tokens, shape (tokens, tags).
    A word has the tag of its first token, and neighbouring words of one label are one span: on validation text that is
    right far more often than what the token head says of pieces of words.
    """
    if name in WITHOUT_CUES:
        return Marks(truncated=sentence.truncated)
    words = words_of(sentence.text, sentence.offsets)
    rows = tags[[first for first, _, _ in words]]
    spans = list(spans_of_tags(joined(rows.argmax(axis=1).tolist()), [(start, end) for _, start, end in words]))
    cues = tuple((CueKind(label), start, end) for label, start, end in spans if label != SOURCE)
    source = None
    if name == Label.REPORT:
        sure = rows[:, SOURCE_TAGS].max(axis=1) - rows[:, OUTSIDE_TAG]

        def surest(span: tuple[int, int]) -> float:
            return max(float(value) for value, word in zip(sure, words, strict=True) if span[0] <= word[1] < span[1])

        source = max(((start, end) for label, start, end in spans if label == SOURCE), key=surest, default=None)
    return Marks(cues, source, sentence.truncated)

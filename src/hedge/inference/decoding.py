"""From the outputs of an encoder, one row for each token of a window, to answers for its sentences."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from hedge.answers import Marks
from hedge.inference.tags import SOURCE, spans_of_tags
from hedge.inference.windows import Tokens, Window
from hedge.labels import CLASSES, SKIP, CueKind, Label

__all__ = ["OUTPUTS", "decode"]

FloatArray = npt.NDArray[np.float32]

OUTPUTS = len(CLASSES)
"""How many of the outputs of a token belong to the sentence head; the tags follow."""
WITHOUT_CUES = {Label.FACT.value, SKIP}


def decode(window: Window, outputs: FloatArray) -> Iterator[tuple[FloatArray, Marks]]:
    """Yield logits, shape (classes,), and marks of each sentence that the window answers.

    A sentence's logits are the mean over its own tokens and the token that ends it, so that a sentence whose characters
    give no token has logits, too.

    :param outputs: Of each token of the window; shape (tokens, classes + tags).
    """
    bounds = window.bounds()
    for number in range(window.skipped, window.skipped + window.answered):
        start, end = bounds[number]
        logits = outputs[start : end + 1, :OUTPUTS].mean(axis=0)
        name = CLASSES[int(logits.argmax())]
        yield logits, _marks(window.sentences[number], outputs[start:end, OUTPUTS:], name)


def _marks(sentence: Tokens, tags: FloatArray, name: str) -> Marks:
    """Return the marks that the sentence's class allows: no cue on a fact, a source only on a report."""
    if name in WITHOUT_CUES:
        return Marks(truncated=sentence.truncated)
    spans = list(spans_of_tags(tags.argmax(axis=1).tolist(), sentence.offsets))
    cues = tuple((CueKind(label), start, end) for label, start, end in spans if label != SOURCE)
    sources = [(start, end) for label, start, end in spans if label == SOURCE] if name == Label.REPORT else []
    return Marks(cues, sources[0] if sources else None, sentence.truncated)

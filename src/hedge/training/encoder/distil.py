"""Lessons from other models: what teachers say of text becomes what a student is to say.

Hinton et al. 2015, "Distilling the Knowledge in a Neural Network".
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from hedge.annotations import AnnotatedDocument
from hedge.calibration import probabilities
from hedge.inference.encoder import EncoderModel
from hedge.labels import CLASSES, SKIP, Label
from hedge.training.encoder.examples import Lesson
from hedge.training.encoder.network import TwoHeads
from hedge.training.encoder.settings import EncoderSettings
from hedge.training.encoder.torch_model import in_torch, tokenizer_and_windows

__all__ = ["TEACHER", "ask", "load_teacher", "mixed", "one_thread_each", "taught"]

FloatArray = npt.NDArray[np.float32]

TEACHER = EncoderSettings(
    window=128, overlap=2, training_windows=(0, 64, 128), learning_rate=3e-5, epochs=2, evaluations=6
)
"""Settings of a teacher that is a large encoder, chosen on validation text."""


def load_teacher(folder: Path, base: str | Path, settings: EncoderSettings, threads: int = 1) -> EncoderModel:
    """Load a fine-tuned network to answer with its windows overlapping by a sentence, in bf16.

    Not as int8: by that MPNet loses 13 to 26 points of macro-F1 on validation text. By bf16 it loses nothing.

    :param folder: Where the network was saved.
    :param base: The encoder that it was fine-tuned from, or its name on the model hub: for the tokenizer.
    :param settings: With which it was fine-tuned.
    :param threads: How many windows run at a time; with more than one, :func:`one_thread_each` is quicker.
    """
    network = TwoHeads.from_base(folder).eval()
    tokenizer, windows = tokenizer_and_windows(base, settings)
    model = in_torch(network.to(torch.bfloat16), tokenizer, replace(windows, overlap=1))
    return replace(model, threads=threads)


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Let torch run each window on one thread, since several run side by side: by a third quicker on two cores."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def ask(teacher: EncoderModel, document: AnnotatedDocument) -> FloatArray:
    """Return the probabilities that a teacher gives the classes of each sentence; shape (sentences, classes)."""
    answer = next(iter(teacher.answers([document.segmented])))
    return probabilities(answer.logits).astype(np.float32)


def taught(document: AnnotatedDocument, said: FloatArray) -> Lesson:
    """Return a lesson on an unlabelled document: the probabilities that teachers give. They mark no words."""
    names = [CLASSES[row.argmax()] for row in said]
    labels = [None if name == SKIP else Label(name) for name in names]
    sentences = tuple(replace(one, label=label) for one, label in zip(document.sentences, labels, strict=True))
    return Lesson(replace(document, sentences=sentences), said, marked=False)


def mixed(document: AnnotatedDocument, said: FloatArray, part: float) -> Lesson:
    """Return a lesson on a labelled document: a part of the probabilities is the teachers', the rest its labels'."""
    return Lesson(document, part * said + (1 - part) * Lesson.of_labels(document).targets)

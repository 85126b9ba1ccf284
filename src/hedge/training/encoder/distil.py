"""Lessons from other models: what teachers say of text becomes what a student is to say.

Hinton et al. 2015, "Distilling the Knowledge in a Neural Network".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus
from hedge.annotations.duplicates import long_sentences, near_duplicates
from hedge.calibration import probabilities
from hedge.inference.encoder import EncoderModel
from hedge.labels import CLASSES, SKIP, Label
from hedge.reading import Article, read
from hedge.segmentation.sentences import segment_article
from hedge.training.encoder.examples import UNLABELLED, Lesson
from hedge.training.encoder.fit import EncoderSettings, in_torch, tokenizer_and_windows
from hedge.training.encoder.network import TwoHeads

__all__ = [
    "TEACHER",
    "ask",
    "load_teacher",
    "mixed",
    "one_thread_each",
    "taught",
    "unlabelled_documents",
]

FloatArray = npt.NDArray[np.float32]

TEACHER = EncoderSettings(
    window=128, overlap=2, training_windows=(0, 64, 128), learning_rate=3e-5, epochs=2, evaluations=6
)
"""Settings of a teacher that is a large encoder, chosen on validation text."""


def unlabelled_documents(paths: Iterable[Path], corpus: Corpus) -> list[AnnotatedDocument]:
    """Return the documents of files and folders that share no wording with the validation and test splits.

    Left out is what resembles one of their documents, and what holds a whole sentence of one. Of documents that
    resemble each other, the first is kept.

    :raises ReadingError: if a file cannot be read.
    """
    kept_out = [document for document in corpus.documents if document.split != "train"]
    measured_on = {words for document in kept_out for words in long_sentences(document)}
    pool = [_unlabelled(article, f"pool-{i}") for i, article in enumerate(read(paths))]
    groups = near_duplicates([*kept_out, *(document for document in pool if document.sentences)])
    found = {
        document.id
        for group in groups
        if all(document.origin == UNLABELLED for document in group)
        for document in group[:1]
    }
    return [document for document in pool if document.id in found and measured_on.isdisjoint(long_sentences(document))]


def _unlabelled(article: Article, identity: str) -> AnnotatedDocument:
    segmented = segment_article(article)
    sentences = tuple(AnnotatedSentence(text, None) for text in segmented.sentences)
    return AnnotatedDocument(
        identity, UNLABELLED, UNLABELLED, UNLABELLED, UNLABELLED, "train", sentences, excerpt=segmented
    )


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

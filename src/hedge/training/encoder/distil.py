"""Lessons from other models: what teachers say of text becomes what a student is to say.

Hinton et al. 2015, "Distilling the Knowledge in a Neural Network".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus, CueSpan
from hedge.annotations.duplicates import near_duplicates
from hedge.answers import Answers, Marks
from hedge.calibration import probabilities
from hedge.inference.encoder import EncoderModel
from hedge.labels import CLASSES, SKIP, Label
from hedge.reading import Article, find_files, read
from hedge.segmentation.sentences import segment_article
from hedge.training.encoder.examples import UNLABELLED, Lesson
from hedge.training.encoder.fit import EncoderSettings, in_torch, tokenizer_and_windows
from hedge.training.encoder.network import TwoHeads

__all__ = ["load_teacher", "mixed", "taught", "unlabelled_documents"]


def unlabelled_documents(paths: Iterable[Path], corpus: Corpus) -> list[AnnotatedDocument]:
    """Return the documents of files and folders that resemble nothing in the validation and test splits.

    :raises ReadingError: if a file cannot be read.
    """
    kept_out = [document for document in corpus.documents if document.split != "train"]
    pool = [_unlabelled(article, f"pool-{i}") for i, article in enumerate(_articles(paths))]
    groups = near_duplicates([*kept_out, *(document for document in pool if document.sentences)])
    found = {
        document.id
        for group in groups
        if all(document.origin == UNLABELLED for document in group)
        for document in group[:1]  # of those that resemble each other, the first
    }
    return [document for document in pool if document.id in found]


def _articles(paths: Iterable[Path]) -> Iterator[Article]:
    for file in find_files(paths):
        if not isinstance(file, Path):
            raise file
        for article in read(file):
            if not isinstance(article, Article):
                raise article
            yield article


def _unlabelled(article: Article, identity: str) -> AnnotatedDocument:
    segmented = segment_article(article)
    sentences = tuple(AnnotatedSentence(text, None) for text in segmented.sentences)
    return AnnotatedDocument(
        identity, UNLABELLED, UNLABELLED, UNLABELLED, UNLABELLED, "train", sentences, excerpt=segmented
    )


def load_teacher(folder: Path, base: str | Path) -> EncoderModel:
    """Load a fine-tuned network to answer with its windows overlapping by a sentence, in bf16.

    Not as int8: by that MPNet loses 13 to 26 points of macro-F1 on validation text. By bf16 it loses nothing.

    :param folder: Where the network was saved.
    :param base: The encoder that it was fine-tuned from, or its name on the model hub: for the tokenizer.
    """
    network = TwoHeads.from_base(folder).eval()
    tokenizer, windows = tokenizer_and_windows(base, EncoderSettings())
    return in_torch(network.to(torch.bfloat16), tokenizer, replace(windows, overlap=1))


def taught(teachers: Sequence[EncoderModel], documents: Sequence[AnnotatedDocument]) -> Iterator[Lesson]:
    """Yield a lesson for each document: the mean of the teachers' probabilities, and the first teacher's marks."""
    answers = zip(*(teacher.answers(d.segmented for d in documents) for teacher in teachers), strict=True)
    for document, said in zip(documents, answers, strict=True):
        yield _lesson(document, said)


def _lesson(document: AnnotatedDocument, said: Sequence[Answers]) -> Lesson:
    targets = np.mean([probabilities(answer.logits) for answer in said], axis=0).astype(np.float32)
    marks = said[0].marks or (Marks(),) * len(targets)
    sentences = [
        _labelled(sentence, CLASSES[row.argmax()], mark)
        for sentence, row, mark in zip(document.sentences, targets, marks, strict=True)
    ]
    return Lesson(replace(document, sentences=tuple(sentences)), targets)


def _labelled(sentence: AnnotatedSentence, name: str, marks: Marks) -> AnnotatedSentence:
    if name in {SKIP, Label.FACT.value}:
        return replace(sentence, label=None if name == SKIP else Label.FACT)
    label = Label(name)
    cues = tuple(CueSpan(kind, start, end) for kind, start, end in marks.cues)
    return replace(sentence, label=label, cues=cues, source=marks.source if label is Label.REPORT else None)


def mixed(document: AnnotatedDocument, targets: npt.NDArray[np.float32], part: float) -> Lesson:
    """Return a lesson on a labelled document: a part of the probabilities is the teachers', the rest its labels'.

    :param targets: What the teachers say, shape (sentences, classes).
    """
    return Lesson(document, part * targets + (1 - part) * Lesson.of_labels(document).targets)

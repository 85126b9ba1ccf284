"""A classifier's answers beside the true labels, from given sentences or end to end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedge.annotations import AnnotatedDocument, Corpus
from hedge.classifier import Classifier
from hedge.document import Document, Sentence
from hedge.labels import CLASSES
from hedge.models import Model
from hedge.reading.article import Article

__all__ = ["Predictions", "logits_of"]


def logits_of(model: Model, corpus: Corpus) -> npt.NDArray[np.float32]:
    """Return what a model answers to the sentences of a corpus as they are given; shape (sentences, classes)."""
    answers = model.answers([document.segmented for document in corpus.documents], ahead=True)
    return np.concatenate([answer.logits for answer in answers])


@dataclass(frozen=True)
class Predictions:
    """True classes and probabilities of the sentences of some documents."""

    truth: npt.NDArray[np.intp]
    """Indices into ``CLASSES``, shape (sentences,)."""
    probabilities: npt.NDArray[np.float64]
    """Shape (sentences, classes)."""
    documents: npt.NDArray[np.intp]
    """Index of each sentence's document, ascending; shape (sentences,)."""
    records: tuple[AnnotatedDocument, ...]

    @classmethod
    def of(cls, classifier: Classifier, corpus: Corpus, *, end_to_end: bool = False) -> Predictions:
        """Label a corpus.

        :param end_to_end: Label the running text, segmented anew, instead of the annotated sentences. Each annotated
            sentence then gets the answer for the segment that shares the most characters with it.
        """
        if end_to_end:
            texts = [Article(document.running_text) for document in corpus.documents]
            pairs = zip(corpus.documents, classifier.classify_many(texts), strict=True)
            rows = [[sentence.probabilities for sentence in _aligned(gold, labelled)] for gold, labelled in pairs]
        else:
            given = [Article.from_sentences(document.segmented.sentences) for document in corpus.documents]
            rows = [[s.probabilities for s in document.sentences] for document in classifier.classify_many(given)]
        probabilities = np.array([[row[name] for name in CLASSES] for document in rows for row in document])
        return cls.from_probabilities(probabilities, corpus)

    @classmethod
    def from_probabilities(cls, probabilities: npt.NDArray[np.float64], corpus: Corpus) -> Predictions:
        """Put the answers of any system, shape (sentences, classes), beside the corpus they are for."""
        truth = [sentence.class_index for sentence in corpus.sentences]
        documents = np.repeat(np.arange(len(corpus.documents)), [len(d.sentences) for d in corpus.documents])
        return cls(np.array(truth, dtype=np.intp), probabilities.reshape(-1, len(CLASSES)), documents, corpus.documents)

    def __len__(self) -> int:
        return len(self.truth)

    def where(self, keep: Callable[[AnnotatedDocument], bool]) -> Predictions:
        """Return those of the documents for which ``keep`` holds."""
        chosen = np.array([keep(record) for record in self.records], dtype=bool)
        return self.take(np.flatnonzero(chosen))

    def take(self, documents: Sequence[int] | npt.NDArray[np.intp]) -> Predictions:
        """Return those of the documents at these indices, which may repeat (as a bootstrap sample does)."""
        bounds = np.searchsorted(self.documents, np.arange(len(self.records) + 1))
        rows = np.concatenate([np.arange(bounds[i], bounds[i + 1]) for i in documents] or [np.array([], dtype=np.intp)])
        sizes = [bounds[i + 1] - bounds[i] for i in documents]
        return Predictions(
            self.truth[rows],
            self.probabilities[rows],
            np.repeat(np.arange(len(sizes)), sizes),
            tuple(self.records[i] for i in documents),
        )


def _aligned(gold: AnnotatedDocument, labelled: Document) -> Iterator[Sentence]:
    """Yield, for each annotated sentence, the labelled one that shares the most characters with it."""
    bounds = _offsets(gold)
    first = 0
    for start, end in bounds:
        while first + 1 < len(labelled.sentences) and labelled.sentences[first].end <= start:
            first += 1
        best, most = labelled.sentences[first], -1
        for sentence in labelled.sentences[first:]:
            if sentence.start >= end:
                break
            shared = min(end, sentence.end) - max(start, sentence.start)
            if shared > most:
                best, most = sentence, shared
        yield best


def _offsets(gold: AnnotatedDocument) -> list[tuple[int, int]]:
    """Find the annotated sentences in the running text: they stand there in order, white space between them."""
    text, position, bounds = gold.running_text, 0, []
    for sentence in gold.sentences:
        start = text.index(sentence.text, position)
        position = start + len(sentence.text)
        bounds.append((start, position))
    return bounds

"""Unlabelled documents, for teachers to label."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus
from hedge.annotations.duplicates import long_sentences, near_duplicates
from hedge.reading import Article, read
from hedge.segmentation.sentences import segment_article
from hedge.training.encoder.settings import UNLABELLED

__all__ = ["unlabelled_documents"]


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

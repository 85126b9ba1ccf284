"""Unlabelled texts to measure throughput on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hedge.reading import Article, read
from hedge.segmentation import SegmentedText
from hedge.segmentation.sentences import segment_article

__all__ = ["first_documents"]


def first_documents(paths: Iterable[Path], sentences: int) -> list[SegmentedText]:
    """Return the first documents that together have so many sentences, segmented."""
    documents: list[SegmentedText] = []
    for path in paths:
        for article in read(path):
            if isinstance(article, Article):
                documents.append(segment_article(article))
            if sum(len(document.spans) for document in documents) >= sentences:
                return documents
    return documents

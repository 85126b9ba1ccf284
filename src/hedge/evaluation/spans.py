"""How well cues and sources are found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hedge.annotations import AnnotatedSentence, Corpus
from hedge.classifier import Classifier
from hedge.document import Sentence
from hedge.labels import SOURCE, SPAN_LABELS
from hedge.reading import Article

__all__ = ["SpanScore", "span_scores"]

Span = tuple[str, int, int]


@dataclass(frozen=True)
class SpanScore:
    """Scores of one kind of span."""

    annotated: int
    """How many there are."""
    exact: float
    """F1 of spans found to the character."""
    overlapping: float
    """F1 where a span counts as found if one of its kind shares a character with it."""


def span_scores(classifier: Classifier, corpus: Corpus) -> dict[str, SpanScore]:
    """Measure cues, by kind, and sources on the sentences of a corpus as they are given."""
    given = [Article.from_sentences(document.segmented.sentences) for document in corpus.documents]
    counts = Counter[tuple[str, str]]()
    for document, labelled in zip(corpus.documents, classifier.classify_many(given), strict=True):
        for true, found in zip(document.sentences, labelled.sentences, strict=True):
            _count(_annotated(true), _found(found), counts)
    return {
        label: SpanScore(
            counts[label, "true"],
            _f1(counts[label, "exact"], counts[label, "exact"], counts[label, "true"], counts[label, "found"]),
            _f1(counts[label, "recalled"], counts[label, "confirmed"], counts[label, "true"], counts[label, "found"]),
        )
        for label in SPAN_LABELS
    }


def _annotated(sentence: AnnotatedSentence) -> set[Span]:
    spans = {(cue.kind.value, cue.start, cue.end) for cue in sentence.cues}
    return spans | {(SOURCE, *sentence.source)} if sentence.source else spans


def _found(sentence: Sentence) -> set[Span]:
    spans = {(cue.kind.value, cue.start - sentence.start, cue.end - sentence.start) for cue in sentence.cues}
    if sentence.source:
        spans.add((SOURCE, sentence.source.start - sentence.start, sentence.source.end - sentence.start))
    return spans


def _count(true: set[Span], found: set[Span], counts: Counter[tuple[str, str]]) -> None:
    counts.update((span[0], "true") for span in true)
    counts.update((span[0], "found") for span in found)
    counts.update((span[0], "exact") for span in true & found)
    counts.update((span[0], "recalled") for span in true if any(_overlap(span, other) for other in found))
    counts.update((span[0], "confirmed") for span in found if any(_overlap(span, other) for other in true))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _f1(recalled: int, confirmed: int, true: int, found: int) -> float:
    if not true and not found:
        return float("nan")
    recall, precision = recalled / max(true, 1), confirmed / max(found, 1)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

from __future__ import annotations

import math

import pytest

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus, CueSpan
from hedge.document import Cue, Document, Sentence, Source
from hedge.evaluation.spans import span_scores
from hedge.labels import CLASSES, CueKind, Label

TEXTS = ("It was a Monday.", "The mayor said that it could flood.")


class Finder:
    """Marks these spans of the second sentence."""

    def __init__(self, cues, source):
        self.cues, self.source = cues, source

    def classify_many(self, articles):
        for article in articles:
            first, second = (article.text[start:end] for start, end in article.sentences)
            at = len(first) + 1
            certain = {name: float(name == "report") for name in CLASSES}
            cues = tuple(Cue(kind, second[a:b], at + a, at + b) for kind, a, b in self.cues)
            source = (
                Source(second[slice(*self.source)], at + self.source[0], at + self.source[1]) if self.source else None
            )
            yield Document(
                f"{first}\n{second}",
                (
                    Sentence(first, 0, len(first), Label.FACT, certain),
                    Sentence(second, at, at + len(second), Label.REPORT, certain, cues=cues, source=source),
                ),
            )


@pytest.fixture
def corpus():
    cues = (CueSpan(CueKind.ATTRIBUTION, 10, 14), CueSpan(CueKind.HEDGE, 23, 28))
    sentences = (AnnotatedSentence(TEXTS[0], Label.FACT), AnnotatedSentence(TEXTS[1], Label.REPORT, cues, (0, 9)))
    return Corpus((AnnotatedDocument("d", "brief", "real", "", "", "test", sentences),))


def test_what_is_found_to_the_character_is_right(corpus):
    scores = span_scores(Finder([(CueKind.ATTRIBUTION, 10, 14), (CueKind.HEDGE, 23, 28)], (0, 9)), corpus)
    assert {label: score.exact for label, score in scores.items() if score.annotated} == {
        "attribution": 1,
        "hedge": 1,
        "source": 1,
    }
    assert math.isnan(scores["evaluation"].exact)


def test_what_only_overlaps_is_told_apart(corpus):
    scores = span_scores(Finder([(CueKind.ATTRIBUTION, 10, 19)], (4, 9)), corpus)
    assert (scores["attribution"].exact, scores["attribution"].overlapping) == (0, 1)
    assert (scores["source"].exact, scores["source"].overlapping) == (0, 1)
    assert scores["hedge"].overlapping == 0


def test_what_is_marked_without_need_costs(corpus):
    scores = span_scores(Finder([(CueKind.ATTRIBUTION, 10, 14), (CueKind.ATTRIBUTION, 0, 3)], None), corpus)
    assert scores["attribution"].exact == pytest.approx(2 / 3)

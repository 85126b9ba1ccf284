"""Predictions for the documents of the corpus that are the project's own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hedge.annotations import Corpus
from hedge.evaluation.predictions import Predictions
from hedge.labels import CLASSES

DATA = Path(__file__).resolve().parents[2] / "data" / "annotated"


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The written documents of the test split."""
    return Corpus.load(DATA).split("test").filter(lambda document: document.origin == "written")


@pytest.fixture(scope="session")
def predictions(corpus: Corpus) -> Predictions:
    """Answers that are right about two times in three, and know it."""
    generator = np.random.default_rng(1)
    truth = np.array([sentence.class_index for sentence in corpus.sentences])
    logits = generator.normal(size=(len(truth), len(CLASSES)))
    logits[np.arange(len(truth)), truth] += 1.6
    probabilities = np.exp(1.6 * logits)
    return Predictions.from_probabilities(probabilities / probabilities.sum(axis=1, keepdims=True), corpus)

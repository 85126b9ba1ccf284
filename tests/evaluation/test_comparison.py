from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hedge.evaluation.comparison import paired_difference
from hedge.evaluation.predictions import Predictions
from hedge.labels import CLASSES


@pytest.fixture(scope="module")
def right(corpus):
    """Return answers of which every one is right."""
    truth = [sentence.class_index for sentence in corpus.sentences]
    return Predictions.from_probabilities(np.eye(len(CLASSES))[truth], corpus)


@pytest.fixture(scope="module")
def worse(right):
    """Return answers of which every third is wrong."""
    probabilities = right.probabilities.copy()
    probabilities[::3] = np.roll(probabilities[::3], 1, axis=1)
    return replace(right, probabilities=probabilities)


def test_better_answers_are_better_in_every_sample(right, worse):
    difference = paired_difference(worse, right, "accuracy", replicates=50)
    assert difference.value == pytest.approx(1 / 3, abs=0.01)
    assert 0 < difference.low <= difference.value <= difference.high
    assert paired_difference(right, worse, "accuracy", replicates=50).high < 0


def test_the_same_answers_do_not_differ(right):
    difference = paired_difference(right, right, replicates=20)
    assert (difference.value, difference.low, difference.high) == (0, 0, 0)


def test_answers_for_other_documents_are_refused(right):
    with pytest.raises(ValueError, match="not for the same documents"):
        paired_difference(right, right.take([0]))

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import (
    accuracy_score,
    brier_score_loss,
    f1_score,
    precision_recall_fscore_support,
)
from sklearn.metrics import confusion_matrix as sklearn_confusion_matrix

from hedge.evaluation.metrics import (
    CALIBRATION_BINS,
    all_metrics,
    calibration_bins,
    calibration_noise_floor,
    confusion_matrix,
    expected_calibration_error,
    risk_coverage,
)
from hedge.labels import CLASSES, Label

LABELS = [label.value for label in Label]
FACT, REPORT, SPECULATION, OPINION, SKIP = range(len(CLASSES))


def random_case(seed, count=400):
    generator = np.random.default_rng(seed)
    return generator.integers(0, len(CLASSES), count), generator.dirichlet(np.ones(len(CLASSES)), count)


def sure(confidence, classes=FACT):
    """Probabilities with these confidences in these classes, the rest spread evenly."""
    confidence = np.asarray(confidence, dtype=float)
    rows = np.tile(((1 - confidence) / (len(CLASSES) - 1))[:, None], (1, len(CLASSES)))
    rows[np.arange(len(confidence)), classes] = confidence
    return rows


def answers(predicted):
    return np.eye(len(CLASSES))[predicted]


@pytest.mark.parametrize("seed", range(4))
def test_scores_are_those_of_scikit_learn(seed):
    truth, probabilities = random_case(seed)
    predicted, metrics = probabilities.argmax(axis=1), all_metrics(truth, probabilities)
    scores = precision_recall_fscore_support(truth, predicted, labels=range(len(CLASSES)))
    for i, name in enumerate(CLASSES):
        found = [metrics[f"{score}_{name}"] for score in ("precision", "recall", "f1")]
        assert found == pytest.approx([values[i] for values in scores[:3]])
    four = range(len(LABELS))
    assert metrics["macro_f1"] == pytest.approx(f1_score(truth, predicted, labels=four, average="macro"))
    assert metrics["accuracy"] == pytest.approx(accuracy_score(truth, predicted))
    brier = brier_score_loss(truth, probabilities, labels=range(len(CLASSES)), scale_by_half=False)
    assert metrics["brier"] == pytest.approx(brier)
    expected = sklearn_confusion_matrix(truth, predicted, labels=range(len(CLASSES)))
    np.testing.assert_array_equal(confusion_matrix(truth, probabilities), expected)


def test_scores_of_a_case_counted_by_hand():
    truth = np.array([FACT, FACT, REPORT, OPINION, SKIP, SPECULATION])
    metrics = all_metrics(truth, answers([FACT, REPORT, REPORT, OPINION, FACT, SPECULATION]))
    assert metrics["accuracy"] == pytest.approx(4 / 6)
    assert (metrics["precision_fact"], metrics["recall_fact"]) == (0.5, 0.5)
    assert (metrics["precision_report"], metrics["recall_report"]) == (0.5, 1.0)
    assert metrics["f1_report"] == pytest.approx(2 / 3)
    assert metrics["macro_f1"] == pytest.approx((1 / 2 + 2 / 3 + 1 + 1) / 4)  # without skip
    assert metrics["f1_skip"] == 0
    assert metrics["brier"] == pytest.approx(2 * 2 / 6)


def test_right_answers_score_best():
    truth = np.arange(len(CLASSES)).repeat(4)
    metrics = all_metrics(truth, answers(truth))
    best = {name: value for name, value in metrics.items() if value == 1}
    worst = {name for name, value in metrics.items() if value == 0}
    assert worst == {"expected_calibration_error", "brier", "area_under_risk_coverage"}
    assert set(metrics) == set(best) | worst


def test_a_class_that_neither_occurs_nor_is_predicted_is_left_out():
    truth = np.array([FACT, REPORT, FACT, REPORT])
    metrics = all_metrics(truth, answers([FACT, REPORT, REPORT, REPORT]))
    assert not [name for name in metrics if name.endswith(("_speculation", "_opinion", "_skip"))]
    assert metrics["macro_f1"] == pytest.approx((2 / 3 + 4 / 5) / 2)


def test_a_class_that_is_only_predicted_counts_against_the_mean():
    metrics = all_metrics(np.array([FACT, FACT]), answers([FACT, OPINION]))
    assert metrics["f1_opinion"] == 0
    assert "recall_opinion" not in metrics
    assert metrics["macro_f1"] == pytest.approx((2 / 3 + 0) / 2)


def test_what_states_nothing_does_not_count_in_the_mean():
    truth = np.array([FACT, SKIP])
    assert all_metrics(truth, answers([FACT, SKIP]))["macro_f1"] == 1
    assert np.isnan(all_metrics(np.array([SKIP]), answers([SKIP]))["macro_f1"])


@pytest.mark.parametrize(
    ("confidence", "right_in_four", "error"),
    [(0.75, 3, 0.0), (0.5, 2, 0.0), (0.95, 3, 0.2), (0.95, 1, 0.7), (0.5, 4, 0.5)],
)
def test_the_calibration_error_is_the_gap_between_confidence_and_accuracy(confidence, right_in_four, error):
    truth = np.tile([FACT] * right_in_four + [REPORT] * (4 - right_in_four), CALIBRATION_BINS)
    probabilities = sure(np.full(4 * CALIBRATION_BINS, confidence))
    assert expected_calibration_error(truth, probabilities) == pytest.approx(error)


def test_the_calibration_error_adds_gaps_up_and_lets_none_cancel_another():
    half = 8 * CALIBRATION_BINS
    probabilities = sure(np.repeat([0.6, 0.9], half))
    truth = np.array([FACT] * half + [REPORT] * half)  # too modest below, much too sure above
    bins = calibration_bins(truth, probabilities)
    by_hand = sum(count * abs(confidence - accuracy) for confidence, accuracy, count in bins) / len(truth)
    assert expected_calibration_error(truth, probabilities) == pytest.approx(by_hand)
    assert expected_calibration_error(truth, probabilities) > 0.6  # the mean gap is (0.4 − 0.9) / 2


def test_calibration_bins_are_of_equal_mass_and_in_order():
    truth, probabilities = random_case(0, 152)
    bins = calibration_bins(truth, probabilities)
    assert [count for _, _, count in bins] == [11] * 2 + [10] * 13
    confidences = [confidence for confidence, _, _ in bins]
    assert confidences == sorted(confidences)
    right = sum(accuracy * count for _, accuracy, count in bins)
    assert right == pytest.approx((probabilities.argmax(axis=1) == truth).sum())


def test_fewer_sentences_than_bins_are_a_bin_each():
    truth, probabilities = random_case(0, 4)
    assert [count for _, _, count in calibration_bins(truth, probabilities)] == [1, 1, 1, 1]


def test_the_order_of_sentences_changes_nothing():
    truth, probabilities = random_case(3)
    shuffled = np.random.default_rng(0).permutation(len(truth))
    assert all_metrics(truth[shuffled], probabilities[shuffled]) == pytest.approx(all_metrics(truth, probabilities))


def test_the_noise_floor_shrinks_with_the_number_of_sentences():
    floors = [calibration_noise_floor(sure(np.linspace(0.4, 0.99, count))) for count in (50, 500, 5000)]
    assert floors[0] > 2 * floors[1] > 4 * floors[2] > 0


def test_the_noise_floor_of_certainty_is_nothing():
    assert calibration_noise_floor(sure(np.ones(100))) == 0


def test_the_noise_floor_is_what_perfect_calibration_shows_on_average():
    generator = np.random.default_rng(5)
    probabilities = generator.dirichlet(np.full(len(CLASSES), 0.5), 300)
    drawn = [
        np.array([generator.choice(len(CLASSES), p=row) for row in probabilities])  # the truth is as claimed
        for _ in range(40)
    ]
    mean = np.mean([expected_calibration_error(truth, probabilities) for truth in drawn])
    assert calibration_noise_floor(probabilities) == pytest.approx(mean, rel=0.1)


def test_the_noise_floor_is_the_same_for_a_seed_and_differs_between_seeds():
    _, probabilities = random_case(0)
    assert calibration_noise_floor(probabilities, 7) == calibration_noise_floor(probabilities, 7)
    assert calibration_noise_floor(probabilities, 7) != calibration_noise_floor(probabilities, 8)


def test_risk_is_counted_from_the_most_certain_sentence_down():
    truth = np.array([REPORT, FACT, FACT, REPORT, FACT])
    probabilities = sure([0.5, 0.9, 0.8, 0.7, 0.6])  # right: no, yes, yes, no, yes
    assert risk_coverage(truth, probabilities) == pytest.approx([0, 0, 1 / 3, 1 / 4, 2 / 5])
    metrics = all_metrics(truth, probabilities)
    assert metrics["area_under_risk_coverage"] == pytest.approx((1 / 3 + 1 / 4 + 2 / 5) / 5)
    assert metrics["accuracy_at_80%_coverage"] == pytest.approx(3 / 4)


def test_accuracy_at_a_coverage_of_one_sentence_is_whether_it_is_right():
    metrics = all_metrics(np.array([FACT]), answers([FACT]))
    assert metrics["accuracy_at_80%_coverage"] == metrics["accuracy_at_90%_coverage"] == 1


@given(st.integers(0, 2**32), st.integers(1, 60))
def test_every_metric_is_in_its_range(seed, count):
    metrics = all_metrics(*random_case(seed, count))
    assert 0 <= metrics.pop("brier") <= 2
    if np.isnan(metrics["macro_f1"]):  # nothing but skip
        metrics.pop("macro_f1")
    assert all(0 <= value <= 1 for value in metrics.values())


@given(st.integers(0, 2**32), st.integers(1, 60))
def test_risk_over_all_sentences_is_the_error_rate(seed, count):
    truth, probabilities = random_case(seed, count)
    wrong = (probabilities.argmax(axis=1) != truth).mean()
    assert risk_coverage(truth, probabilities)[-1] == pytest.approx(wrong)

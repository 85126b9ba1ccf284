import numpy as np
import pytest

from hedge.calibration import TEMPERATURES, fit_temperature, probabilities

LOGITS = np.array([[2.0, 1.0, 0.0, -1.0, 0.5], [0.0, 0.0, 0.0, 0.0, 0.0], [-3.0, 4.0, 1.0, 1.0, 1.0]], np.float32)


@pytest.mark.parametrize("temperature", [0.05, 1.0, 7.5])
def test_probabilities_sum_to_one_and_keep_the_order_of_the_logits(temperature):
    rows = probabilities(LOGITS, temperature)
    assert rows.sum(axis=1) == pytest.approx(1)
    assert (rows >= 0).all()
    assert (rows.argmax(axis=1) == LOGITS.argmax(axis=1)).all()


def test_probabilities_are_the_softmax():
    expected = np.exp(LOGITS.astype(float)) / np.exp(LOGITS.astype(float)).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(probabilities(LOGITS), expected)


def test_the_temperature_divides_the_logits():
    np.testing.assert_allclose(probabilities(LOGITS, 2.0), probabilities(LOGITS / 2))


def test_huge_logits_do_not_overflow():
    rows = probabilities(np.array([[1e4, -1e4, 0, 0, 9e3]], np.float32))
    np.testing.assert_allclose(rows, [[1, 0, 0, 0, 0]])


def test_no_sentences_have_no_probabilities():
    assert probabilities(np.empty((0, 5), np.float32)).shape == (0, 5)


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_the_temperature_that_made_the_labels_is_found_again(temperature):
    random = np.random.default_rng(5)
    logits = random.normal(scale=2.0, size=(20_000, 5)).astype(np.float32)
    noise = random.gumbel(size=logits.shape)
    classes = (logits / temperature + noise).argmax(axis=1)
    assert fit_temperature(logits, classes) == pytest.approx(temperature, rel=0.05)


@pytest.mark.parametrize(("sign", "bound"), [(1, TEMPERATURES[0]), (-1, TEMPERATURES[1])])
def test_the_temperature_stays_within_its_bounds(sign, bound):
    logits = sign * np.eye(5, dtype=np.float32)
    assert fit_temperature(logits, np.arange(5)) == pytest.approx(bound, rel=0.01)

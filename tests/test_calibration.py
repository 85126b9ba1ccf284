import numpy as np
import pytest

from hedge.calibration import TEMPERATURES, fit_calibration, probabilities

LOGITS = np.array([[2.0, 1.0, 0.0, -1.0, 0.5], [0.0, 0.0, 0.0, 0.0, 0.0], [-3.0, 4.0, 1.0, 1.0, 1.0]], np.float32)


@pytest.mark.parametrize("power", [0.3, 1.0, 4.0])
@pytest.mark.parametrize("temperature", [0.05, 1.0, 7.5])
def test_probabilities_sum_to_one_and_keep_the_order_of_the_logits(temperature, power):
    rows = probabilities(LOGITS, temperature, power)
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


def test_a_power_moves_the_certain_and_the_uncertain_apart():
    logits = np.array([[6.0, 0, 0, 0, 0], [1.0, 0, 0, 0, 0]], np.float32)
    certain, uncertain = (probabilities(logits, temperature=2, power=2) - probabilities(logits))[:, 0]
    assert certain > 0 > uncertain


@pytest.mark.parametrize("scale", [2.0, 10.0])
@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_the_calibration_that_made_the_labels_is_found_again(temperature, power, scale):
    random = np.random.default_rng(5)
    logits = random.normal(scale=scale, size=(20_000, 5)).astype(np.float32)
    noise = random.gumbel(size=logits.shape)
    with np.errstate(divide="ignore"):
        classes = (np.log(probabilities(logits, temperature, power)) + noise).argmax(axis=1)
    found = probabilities(logits, *fit_calibration(logits, classes))
    np.testing.assert_allclose(found, probabilities(logits, temperature, power), atol=0.02)


def test_a_few_sentences_leave_the_power_near_one(monkeypatch):
    random = np.random.default_rng(5)
    logits = random.normal(scale=2.0, size=(10, 5)).astype(np.float32)
    classes = (np.log(probabilities(logits, power=3)) + random.gumbel(size=logits.shape)).argmax(axis=1)
    assert 0.6 < fit_calibration(logits, classes)[1] < 1.7
    monkeypatch.setattr("hedge.calibration.SPREAD", 1e6)
    assert not 0.6 < fit_calibration(logits, classes)[1] < 1.7


@pytest.mark.parametrize(("sign", "bound"), [(1, TEMPERATURES[0]), (-1, TEMPERATURES[1])])
def test_the_temperature_stays_within_its_bounds(sign, bound):
    logits = sign * np.eye(5, dtype=np.float32)
    assert fit_calibration(logits, np.arange(5))[0] == pytest.approx(bound, rel=0.01)

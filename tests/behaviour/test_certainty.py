"""How the shipped model behaves: each family of cases passes at least so often. What fails is in the model's card."""

from __future__ import annotations

import pytest

from hedge.evaluation.behaviour import load_cases, pass_rates, run_cases

FLOORS = {
    "ability": 0.85,
    "acts": 0.9,
    "attributed": 0.9,
    "capitals": 0.95,
    "denial": 0.9,
    "judgement": 0.8,
    "names": 0.95,
    "numbers": 0.95,
    "possibility": 0.95,
    "quotation": 0.9,
    "schedule": 0.85,
    "signposts": 0.9,
    "typography": 0.95,
}


@pytest.fixture(scope="module")
def outcomes(classifier):
    return run_cases(classifier, load_cases())


def test_there_are_enough_cases_and_none_is_there_twice(outcomes):
    assert len(outcomes) >= 300
    assert len({outcome.case.texts for outcome in outcomes}) == len(outcomes)
    assert {outcome.case.family for outcome in outcomes} == set(FLOORS)


@pytest.mark.parametrize("family", FLOORS)
def test_a_family_passes_often_enough(outcomes, family):
    failed = [outcome for outcome in outcomes if outcome.case.family == family and not outcome.passed]
    shown = "\n".join(f"{outcome.labels}: {outcome.case.texts}" for outcome in failed)
    assert pass_rates(outcomes)[family] >= FLOORS[family], shown

from __future__ import annotations

import pytest

from hedge.annotations import AnnotatedSentence
from hedge.annotations.agreement import agreement
from hedge.errors import AnnotationError


def sentences(*pairs):
    return [AnnotatedSentence("x", None, readings=(("first", one), ("second", other))) for one, other in pairs]


def test_annotators_who_agree_have_a_kappa_and_an_alpha_of_one():
    found = agreement(sentences(("fact", "fact"), ("report", "report"), ("skip", "skip")))
    assert (found.sentences, found.same, found.kappa, found.alpha) == (3, 1.0, 1.0, 1.0)
    assert found.confusions == ()


def test_a_table_worked_by_hand():
    # Ten sentences, eight the same; expected by chance: 0.6 * 0.6 + 0.4 * 0.4 = 0.52.
    pairs = [("fact", "fact")] * 5 + [("report", "report")] * 3 + [("fact", "report"), ("report", "fact")]
    found = agreement(sentences(*pairs))
    assert found.same == pytest.approx(0.8)
    assert found.kappa == pytest.approx((0.8 - 0.52) / (1 - 0.52))
    assert found.kappa_by_class["fact"] == pytest.approx(found.kappa)
    # Krippendorff's: disagreement 2 / 10 over that expected of 20 values without replacement, 2 * 12 * 8 / (20 * 19).
    assert found.alpha == pytest.approx(1 - 0.2 / (2 * 12 * 8 / (20 * 19)))
    assert set(found.confusions) == {("fact", "report", 1), ("report", "fact", 1)}


def test_confusions_come_the_commonest_first():
    found = agreement(sentences(("fact", "opinion"), ("fact", "report"), ("fact", "report"), ("fact", "fact")))
    assert found.confusions == (("fact", "report", 2), ("fact", "opinion", 1))


def test_sentences_that_one_of_them_did_not_read_are_passed_over():
    read_by_one = AnnotatedSentence("x", None, readings=(("first", "fact"),))
    assert agreement([*sentences(("fact", "fact"), ("report", "fact")), read_by_one]).sentences == 2


def test_nothing_read_by_both_is_an_error():
    cure = r"by both 'first' and 'third'; .* --annotator third \(readings here are by first, second\)"
    with pytest.raises(AnnotationError, match=cure):
        agreement(sentences(("fact", "fact")), other="third")

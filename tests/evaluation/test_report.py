import json
from dataclasses import replace

import numpy as np
import pytest

from hedge.annotations import Corpus
from hedge.evaluation.metrics import all_metrics, calibration_noise_floor, confusion_matrix
from hedge.evaluation.predictions import Predictions
from hedge.evaluation.report import SMALLEST_GENRE, evaluate
from hedge.labels import CLASSES


@pytest.fixture(scope="module")
def report(predictions):
    return evaluate(predictions, replicates=50)


def with_fields(predictions, *fields):
    records = tuple(replace(r, **fields[i % len(fields)]) for i, r in enumerate(predictions.records))
    return replace(predictions, records=records)


def test_the_first_group_is_all_documents_with_all_metrics(predictions, report):
    group = report.groups[0]
    assert (group.name, group.documents, group.sentences) == ("all", len(predictions.records), len(predictions))
    expected = all_metrics(predictions.truth, predictions.probabilities)
    expected["calibration_noise_floor"] = calibration_noise_floor(predictions.probabilities)
    assert group.metrics == expected
    assert group.confusion == confusion_matrix(predictions.truth, predictions.probabilities).tolist()


def test_documents_are_grouped_by_origin_and_by_genre(predictions):
    mixed = with_fields(predictions, {"origin": "real", "genre": "blog"}, {"origin": "written", "genre": "news"})
    groups = {group.name: group for group in evaluate(mixed, replicates=0).groups}
    assert list(groups) == ["all", "real", "written", "genre: blog", "genre: news"]
    assert groups["real"].metrics == groups["genre: blog"].metrics != groups["written"].metrics
    assert groups["real"].documents + groups["written"].documents == groups["all"].documents
    total = np.array(groups["real"].confusion) + np.array(groups["written"].confusion)
    assert total.tolist() == groups["all"].confusion


@pytest.mark.parametrize(("count", "shown"), [(SMALLEST_GENRE - 1, False), (SMALLEST_GENRE, True)])
def test_a_genre_of_few_documents_is_not_reported_by_itself(predictions, count, shown):
    genres = [{"genre": "rare" if i < count else "common"} for i in range(len(predictions.records))]
    names = [group.name for group in evaluate(with_fields(predictions, *genres), replicates=0).groups]
    assert ("genre: rare" in names) is shown
    assert "genre: common" in names


def test_intervals_contain_the_value_and_are_not_points(report):
    group = report.groups[0]
    for name, (low, high) in group.intervals.items():
        assert low <= group.metrics[name] <= high, name
    low, high = group.intervals["accuracy"]
    assert 0.01 < high - low < 0.3
    assert set(group.intervals) == set(group.metrics) - {"calibration_noise_floor"}


def test_intervals_are_the_same_for_a_seed_and_differ_between_seeds(predictions, report):
    assert evaluate(predictions, replicates=50) == report
    assert evaluate(predictions, replicates=50, seed=1).groups[0].intervals != report.groups[0].intervals


def test_without_replicates_there_are_no_intervals(predictions):
    assert evaluate(predictions, replicates=0).groups[0].intervals == {}


def all_right_or_all_wrong(corpus, right):
    truth = np.array([sentence.class_index for sentence in corpus.sentences])
    sizes = [len(document.sentences) for document in corpus.documents]
    answers = np.where(np.repeat(right, sizes), truth, (truth + 1) % len(CLASSES))
    return Predictions.from_probabilities(np.eye(len(CLASSES))[answers], corpus)


def test_documents_are_resampled_not_sentences(corpus):
    four = Corpus(corpus.documents[:4])
    low, high = (
        evaluate(all_right_or_all_wrong(four, [True, True, False, False]), replicates=50)
        .groups[0]
        .intervals["accuracy"]
    )
    assert high - low > 0.8  # of so many independent sentences it would be about 0.2


def test_one_document_alone_has_no_spread(corpus, predictions):
    group = evaluate(predictions.take([0]), replicates=20).groups[0]
    assert all(low == pytest.approx(high) for low, high in group.intervals.values())


def test_repeating_every_sentence_of_a_document_does_not_narrow_the_intervals(corpus):
    right = [i % 3 > 0 for i in range(len(corpus.documents))]
    longer = Corpus(tuple(replace(d, sentences=d.sentences * 5) for d in corpus.documents))
    widths = [
        np.ptp(evaluate(all_right_or_all_wrong(c, right), replicates=100).groups[0].intervals["accuracy"])
        for c in (corpus, longer)
    ]
    assert widths[1] == pytest.approx(widths[0], rel=0.05)


def test_no_interval_goes_below_zero(corpus):
    group = evaluate(
        all_right_or_all_wrong(corpus, [True] * (len(corpus.documents) - 1) + [False]), replicates=50
    ).groups[0]
    assert min(low for low, _ in group.intervals.values()) >= 0


def test_a_report_goes_through_json(report):
    record = json.loads(json.dumps(report.to_dict()))
    assert record["classes"] == list(CLASSES)
    group = record["groups"][0]
    assert group["metrics"]["accuracy"] == {
        "value": report.groups[0].metrics["accuracy"],
        "interval": list(report.groups[0].intervals["accuracy"]),
    }
    assert set(group["metrics"]["calibration_noise_floor"]) == {"value"}
    assert sum(map(sum, group["confusion"])) == group["sentences"]

import sys
from collections import Counter

import pytest

from hedge.annotations import AnnotatedDocument, AnnotatedSentence
from hedge.annotations.splits import SHARES, deal
from hedge.errors import MissingExtraError
from hedge.labels import Label

pytest.importorskip("datasketch")
WORDS = ["quay", "mill", "river", "coal", "bell", "tide", "rope", "salt", "hull", "crane"]


def made_of(identity, words, label=Label.FACT, **fields):
    values = {"genre": "news", "origin": "real", "source": "s", "licence": "l", "split": ""}
    return AnnotatedDocument(
        identity, **{**values, **fields}, sentences=(AnnotatedSentence(" ".join(words) + ".", label),)
    )


def story(number):
    """Words that no other number has."""
    return [f"{word}{number}" for word in WORDS]


def documents(count):
    return [made_of(f"d{i}", story(i), list(Label)[i % 4]) for i in range(count)]


def test_fixed_documents_keep_their_split():
    every = documents(30)
    fixed = {"d3": "test", "d4": "test", "d5": "train", "d6": "validation"}
    splits = deal(every, fixed)
    assert {identity: splits[identity] for identity in fixed} == fixed
    assert set(splits) == {d.id for d in every}


def test_where_all_have_a_split_nothing_is_compared(monkeypatch):
    monkeypatch.setitem(sys.modules, "datasketch", None)
    every = documents(3)
    assert deal(every, {d.id: "train" for d in every}) == {d.id: "train" for d in every}
    with pytest.raises(MissingExtraError):
        deal(every, {})


@pytest.mark.parametrize("split", SHARES)
def test_near_duplicates_go_to_the_split_of_the_one_that_has_it(split):
    every = [made_of("old", story(1)), made_of("copy", story(1)), made_of("other", story(2))]
    assert deal(every, {"old": split})["copy"] == split


def test_new_near_duplicates_share_a_split():
    splits = deal([made_of(f"{i}{part}", story(i)) for i in range(15) for part in "ab"], {})
    assert all(splits[f"{i}a"] == splits[f"{i}b"] for i in range(15))
    assert set(splits.values()) == set(SHARES)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_first_documents_train_then_validate_then_test(count):
    splits = deal([made_of(f"d{i}", story(i)) for i in range(count)], {})
    assert sorted(splits.values(), key=list(SHARES).index) == ["train", "validation", "test"][:count]


def test_a_corpus_that_grows_by_one_document_at_a_time_comes_near_the_shares():
    splits = {}
    for i in range(40):
        splits = deal([made_of(f"d{n}", story(n)) for n in range(i + 1)], splits)
    assert [splits[f"d{i}"] for i in range(3)] == ["train", "validation", "test"]
    shares = {split: count / 40 for split, count in Counter(splits.values()).items()}
    assert shares == pytest.approx(SHARES, abs=0.05)


@pytest.mark.parametrize("count", [1, 2])
def test_what_training_lacks_goes_there_before_any_other_split_has_it(count):
    common = [made_of(f"d{i}", story(i)) for i in range(8)]
    rare = [made_of(f"rare{i}", story(10 + i), None) for i in range(count)]
    for fixed in ({}, {d.id: split for d, split in zip(common, [*SHARES, "train"] * 2, strict=True)}):
        splits = deal([*common, *rare], fixed)
        assert [splits[d.id] for d in rare].count("train") == 1


@pytest.mark.parametrize("fields", [{"origin": "founding"}, {"origin": "written", "retells": "founding"}])
def test_founding_articles_and_their_retellings_are_trained_on(fields):
    assert set(deal([made_of(f"f{i}", story(i), **fields) for i in range(6)], {}).values()) == {"train"}


def test_splits_come_near_their_shares_in_documents_and_labels():
    every = documents(120)
    splits = deal(every, {})
    count = Counter(splits.values())
    labels = Counter((splits[d.id], s.class_name) for d in every for s in d.sentences)
    for split, share in SHARES.items():
        assert count[split] / len(every) == pytest.approx(share, abs=0.05)
        for name in Label:
            assert labels[split, name] / 30 == pytest.approx(share, abs=0.1)


def test_dealing_does_not_depend_on_chance():
    assert deal(documents(40), {}) == deal(documents(40), {})

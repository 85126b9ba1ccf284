from __future__ import annotations

from dataclasses import replace

import pytest

from hedge.annotations import Corpus
from hedge.classifier import Classifier
from hedge.evaluation.behaviour import Case, CaseKind, Outcome
from hedge.evaluation.card import model_card


def outcome(family, passed):
    case = Case(family, CaseKind.MINIMUM, (("It shut.",),), ("fact",))
    return Outcome(case, ("fact" if passed else "report",))


@pytest.fixture(scope="module")
def part(corpus):
    return Corpus(corpus.documents[:3])


@pytest.fixture(scope="module")
def card(classifier, part):
    outcomes = [outcome("denial", passed=True), outcome("capitals", passed=False)]
    return model_card(classifier, part, outcomes, replicates=20)


def test_a_card_begins_with_what_hubs_read_and_says_what_fact_is_not(card):
    assert card.startswith("---\nlicense: apache-2.0\n")
    assert "**`fact` is not truth.**" in card


def test_a_card_has_a_section_for_everything_that_is_to_be_known(card):
    headings = [line[3:] for line in card.splitlines() if line.startswith("## ")]
    assert headings == [
        *("Use", "Origin", "Metrics", "Calibration", "Cues and sources", "Speed"),
        *("Behaviour tests", "Limits", "Licences"),
    ]


def test_a_card_shows_the_numbers_of_the_test_split(card, classifier, part):
    count = sum(len(document.sentences) for document in part.documents)
    (row,) = [line for line in card.splitlines() if line.startswith("| all ")]
    assert [cell.strip() for cell in row.split("|")[2:4]] == ["3", str(count)]
    assert f"{classifier.manifest.data['training_sentences']:,} sentences" in card


def test_a_card_names_what_fails(card):
    assert "Behaviour tests, capitals: 100% fail" in card
    assert "Behaviour tests, denial" not in card


def test_a_card_of_a_fine_tuned_model_names_its_base(classifier, part):
    settings = {"base": "all-MiniLM-L6-v2", "window": 256, "int8_same_labels": 0.991}
    tuned = Classifier(classifier.model, replace(classifier.manifest, settings=settings), "tuned")
    card = model_card(tuned, part, replicates=0)
    assert "fine-tuned from `all-MiniLM-L6-v2`" in card
    assert "windows of up to 256 tokens" in card
    assert "99.1% of the validation sentences the same label" in card
    assert "opening mark" not in card


def test_a_card_says_that_a_model_reads_quotation_marks(classifier):
    settings = {"reads_quotation_marks": True}
    described = Classifier(classifier.model, replace(classifier.manifest, settings=settings), "tuned")
    assert "is read after an opening mark.\n" in model_card(described, Corpus(()))


def test_without_a_test_split_there_are_no_numbers(classifier):
    card = model_card(classifier, Corpus(()))
    assert "## Metrics" not in card
    assert "## Limits" in card

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hedge.annotations import Corpus
from hedge.answers import Answers
from hedge.classifier import Classifier
from hedge.evaluation.behaviour import Case, CaseKind, Outcome
from hedge.evaluation.card import HARD_CASES, model_card
from hedge.evaluation.report import SMALLEST_GENRE
from hedge.labels import CLASSES


def outcome(family, passed):
    case = Case(family, CaseKind.MINIMUM, (("It shut.",),), ("fact",))
    return Outcome(case, ("fact" if passed else "report",))


@pytest.fixture(scope="module")
def part(corpus):
    return Corpus(corpus.documents[:3])


@pytest.fixture(scope="module")
def card(classifier, part):
    outcomes = [outcome("denial", passed=True), outcome("capitals", passed=False)]
    return model_card(classifier, part, outcomes, replicates=20, licence="Apache-2.0")


@pytest.fixture(scope="module")
def card_of_others(classifier, part):
    """The card of a model made of annotations that are not hedge's, all of news."""
    documents = (replace(document, licence="CC BY 4.0", source="The Quay", genre="news") for document in part.documents)
    several = [replace(document, id=f"{document.id}-{i}") for document in documents for i in range(SMALLEST_GENRE)]
    train = [replace(document, id=f"{document.id}-train", split="train") for document in several]
    return model_card(classifier, Corpus((*several, *train)), replicates=0)


class Stubborn:
    """A model that gives every sentence the same label."""

    def __init__(self, name):
        self.logits = [float(each == name) * 9 for each in CLASSES]

    def answers(self, texts, *, ahead=True):
        return (Answers(np.array([self.logits] * len(text.spans), np.float32)) for text in texts)


def test_a_card_begins_with_what_hubs_read_and_says_what_fact_is_not(card):
    assert card.startswith("---\nlicense: apache-2.0\nlanguage: en\n")
    assert "**`fact` is not truth.**" in card


def test_a_card_states_a_licence_only_if_its_makers_gave_one(card, card_of_others):
    assert "\nThe weights are under Apache-2.0.\n" in card
    assert card_of_others.startswith("---\nlanguage: en\nlibrary_name: hedge\n")
    assert "weights are under" not in card_of_others
    assert "no licence: that is for those who made the model." in card_of_others
    assert "as their corpus has them: CC BY 4.0." in card_of_others


def test_a_card_says_of_annotations_only_what_is_known(card, card_of_others):
    ours = ("`data/annotated/README.md`", "language models reading under one guide")
    theirs = ("annotations are those of the corpus that was given", "Where the annotations that it was given err")
    for known, shown, hidden in ((card, ours, theirs), (card_of_others, theirs, ours)):
        assert all(words in known for words in shown)
        assert not any(words in known for words in hidden)


def test_the_card_of_the_shipped_model_states_its_licence():
    shipped = (Path(__file__).resolve().parents[2] / "models" / "default" / "README.md").read_text(encoding="utf-8")
    assert shipped.startswith("---\nlicense: apache-2.0\n")
    assert "The weights are under Apache-2.0." in shipped


def test_a_genre_is_the_worst_only_of_several(classifier, card_of_others, part):
    assert "| genre: news " in card_of_others
    assert "least accurate" not in card_of_others
    two = [
        replace(document, id=f"{genre}-{i}", genre=genre)
        for genre, document in zip(("news", "blog"), part.documents, strict=False)
        for i in range(SMALLEST_GENRE)
    ]
    assert "It is least accurate in the genre *" in model_card(classifier, Corpus(tuple(two)), replicates=0)


@pytest.mark.parametrize(
    ("taught_on", "words"),
    [
        ("562895dc6716", "(3 × mpnet, trained on the same corpus)"),
        ("f8f8d5194067", "(3 × mpnet, trained on an earlier state of the corpus, f8f8d5194067)"),
    ],
)
def test_a_card_says_on_what_the_teachers_were_trained(classifier, taught_on, words):
    data = {**classifier.manifest.data, "sha256": "562895dc6716abcd", "teachers": f"3 × mpnet, corpus {taught_on}"}
    data["unlabelled_sentences"] = 12
    student = Classifier(classifier.model, replace(classifier.manifest, data=data), "student")
    assert f"larger models {words} say" in model_card(student, Corpus(()))


def test_a_card_does_not_let_speeds_of_other_texts_be_compared(card):
    assert "`results/speed.md` are of other text, and cannot be compared" in card


def test_a_card_names_the_hard_cases_that_its_model_gets_wrong(classifier):
    flat = model_card(Classifier(Stubborn("fact"), classifier.manifest, "flat"), Corpus(()))
    irony = "- Irony: “Sure, and next year we will all fly to the moon.” by itself is labelled `fact`, not `opinion`.\n"
    assert irony in flat
    assert "- Idioms: " in flat
    assert "- Notices: " not in flat
    assert "labelled `skip`" in model_card(Classifier(Stubborn("skip"), classifier.manifest, "mute"), Corpus(()))


@pytest.mark.parametrize(("text", "label"), HARD_CASES.values(), ids=HARD_CASES)
def test_the_hard_cases_are_settled_in_the_guide(text, label):
    guide = (Path(__file__).resolve().parents[2] / "docs" / "annotation.md").read_text(encoding="utf-8")
    (row,) = [line.split("|") for line in guide.splitlines() if line.startswith("|") and text in line]
    cases, labels = ([part.strip() for part in cell.split("/")] for cell in row[1:3])
    assert labels[cases.index(text) if len(labels) > 1 else 0] == label


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

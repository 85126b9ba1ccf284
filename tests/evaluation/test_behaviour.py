from __future__ import annotations

import json

import pytest

from hedge.document import Document, Sentence
from hedge.errors import AnnotationError
from hedge.evaluation.behaviour import Case, CaseKind, behaviour_table, load_cases, pass_rates, run_cases
from hedge.labels import CLASSES, Label
from hedge.output.markdown_table import markdown_table


class Lenient:
    """Takes every sentence with *said* for a report, with *may* for speculation, all others for facts."""

    def classify_many(self, articles):
        for article in articles:
            texts = [article.text[start:end] for start, end in article.sentences]
            yield Document(article.text, tuple(map(self.sentence, texts)))

    def sentence(self, text):
        label = Label.REPORT if "said" in text else Label.SPECULATION if "may" in text else Label.FACT
        return Sentence(text, 0, len(text), label, {name: float(name == label) for name in CLASSES})


def case(kind, texts, labels=None, family="some"):
    return Case(family, CaseKind(kind), tuple((t,) if isinstance(t, str) else tuple(t) for t in texts), labels)


def test_a_case_passes_when_all_of_its_labels_are_as_it_says():
    cases = [
        case("minimum", ["It shut."], ("fact",)),
        case("direction", ["It shut.", "It shut, she said."], ("fact", "report")),
        case("direction", ["It shut.", "It perhaps shut."], ("fact", "speculation")),
        case("invariance", ["It may shut.", "They may shut."]),
        case("invariance", ["It may shut.", "IT MAY SHUT."]),
    ]
    assert [outcome.passed for outcome in run_cases(Lenient(), cases)] == [True, True, False, True, False]


def test_the_last_sentence_of_a_text_is_the_one_that_counts():
    (outcome,) = run_cases(Lenient(), [case("minimum", [["It may shut.", "It shut."]], ("fact",))])
    assert outcome.passed
    assert outcome.labels == ("fact",)


def test_pass_rates_are_by_family():
    cases = [
        case("minimum", ["It shut."], ("fact",), "one"),
        case("minimum", ["It shut."], ("report",), "one"),
        case("minimum", ["It shut."], ("fact",), "other"),
    ]
    outcomes = run_cases(Lenient(), cases)
    assert pass_rates(outcomes) == {"one": 0.5, "other": 1.0}
    assert markdown_table(behaviour_table(outcomes)).count("minimum") == 2


def test_cases_are_loaded_from_all_files_of_a_folder(tmp_path):
    rows = [
        {"family": "b", "kind": "minimum", "texts": ["It shut."], "labels": ["fact"]},
        {"family": "a", "kind": "invariance", "texts": ["It shut.", ["Why?", "They shut."]]},
    ]
    for row in rows:
        (tmp_path / f"{row['family']}.jsonl").write_text(json.dumps(row) + "\n")
    assert [found.family for found in load_cases(tmp_path)] == ["a", "b"]
    assert load_cases(tmp_path / "a.jsonl")[0].texts == (("It shut.",), ("Why?", "They shut."))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("no JSON", "not a behaviour case"),
        ('{"family": "a", "kind": "magic", "texts": ["It shut."], "labels": ["fact"]}', "not a behaviour case"),
        ('{"family": "a", "kind": "minimum", "texts": ["It shut."]}', "labels do not go with the kind"),
        ('{"family": "a", "kind": "minimum", "texts": ["It shut."], "labels": ["facts"]}', "one of fact"),
        ('{"family": "a", "kind": "minimum", "texts": ["It shut."], "labels": ["fact", "fact"]}', "each text a label"),
        ('{"family": "a", "kind": "invariance", "texts": [[], "It shut."]}', "a text is empty"),
    ],
)
def test_a_line_that_is_no_case_is_named(tmp_path, line, message):
    (tmp_path / "cases.jsonl").write_text(line + "\n")
    with pytest.raises(AnnotationError, match=rf"cases\.jsonl, line 1: .*{message}"):
        load_cases(tmp_path)


def test_a_folder_without_cases_is_an_error(tmp_path):
    with pytest.raises(AnnotationError, match="no behaviour cases"):
        load_cases(tmp_path)

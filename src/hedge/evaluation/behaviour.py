"""Behaviour tests: small cases that say how a classifier must behave, by family.

After Ribeiro et al. 2020, "Beyond Accuracy: Behavioral Testing of NLP Models with CheckList". A case is a line of a
``*.jsonl`` file: ``family``, ``kind``, ``texts`` and, unless it is an invariance, a label for each text. A text is a
sentence, or a list of consecutive sentences of which the last is the one that counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from rich import box
from rich.table import Table

from hedge.classifier import Classifier
from hedge.errors import AnnotationError
from hedge.labels import CLASSES, SKIP
from hedge.reading import Article

__all__ = ["Case", "CaseKind", "Outcome", "behaviour_table", "load_cases", "pass_rates", "run_cases"]

OWN_CASES = Path(__file__).parent / "cases"


class CaseKind(str, Enum):
    """What a case asks for."""

    MINIMUM = "minimum"
    """Plain cases that must be right (a minimum functionality test)."""
    INVARIANCE = "invariance"
    """All variants get the same label."""
    DIRECTION = "direction"
    """What differs between the texts changes the label as it should."""


@dataclass(frozen=True)
class Case:
    """A behaviour test."""

    family: str
    kind: CaseKind
    texts: tuple[tuple[str, ...], ...]
    """Consecutive sentences each; the last one counts."""
    labels: tuple[str, ...] | None
    """Of each text, one of ``CLASSES``; ``None`` for an invariance."""

    def passes(self, labels: Sequence[str]) -> bool:
        """Tell whether these labels of its texts are what it asks for."""
        return len(set(labels)) == 1 if self.labels is None else tuple(labels) == self.labels


@dataclass(frozen=True)
class Outcome:
    """What a classifier made of a case."""

    case: Case
    labels: tuple[str, ...]
    """Of each text."""

    @property
    def passed(self) -> bool:
        """Whether they are what the case asks for."""
        return self.case.passes(self.labels)


def load_cases(path: str | Path | None = None) -> list[Case]:
    """Load the cases of a file, or of all ``*.jsonl`` files in a folder.

    :param path: hedge's own cases unless given.
    :raises AnnotationError: if a line is no case; the message names file and line.
    """
    path = Path(path or OWN_CASES)
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files or not path.exists():
        raise AnnotationError(f"{path}: no behaviour cases here (*.jsonl)")
    return [
        _case(line, f"{file}, line {number}")
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    ]


def _case(line: str, where: str) -> Case:
    try:
        row: dict[str, Any] = json.loads(line)
        texts = tuple((text,) if isinstance(text, str) else tuple(text) for text in row["texts"])
        labels = tuple(row["labels"]) if "labels" in row else None
        case = Case(str(row["family"]), CaseKind(row["kind"]), texts, labels)
    except (ValueError, TypeError, KeyError) as error:
        raise AnnotationError(f"{where}: not a behaviour case ({error!r})") from error
    if not all(texts) or (labels is None) != (case.kind is CaseKind.INVARIANCE):
        raise AnnotationError(f"{where}: a text is empty, or labels do not go with the kind {case.kind.value!r}")
    if labels is not None and (len(labels) != len(texts) or set(labels) - set(CLASSES)):
        raise AnnotationError(f"{where}: give each text a label, one of {', '.join(CLASSES)}")
    return case


def run_cases(classifier: Classifier, cases: Iterable[Case]) -> list[Outcome]:
    """Label the texts of all cases."""
    cases = list(cases)
    articles = [Article.from_sentences(list(text)) for case in cases for text in case.texts]
    names = iter([str(document.sentences[-1].label or SKIP) for document in classifier.classify_many(articles)])
    return [Outcome(case, tuple(next(names) for _ in case.texts)) for case in cases]


def pass_rates(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """Return the part of the cases of each family that pass."""
    found: dict[str, list[bool]] = {}
    for outcome in outcomes:
        found.setdefault(outcome.case.family, []).append(outcome.passed)
    return {family: sum(passed) / len(passed) for family, passed in sorted(found.items())}


def behaviour_table(outcomes: Sequence[Outcome]) -> Table:
    """Lay out the pass rate of each family."""
    table = Table("family", "kind", "cases", "passed", box=box.SIMPLE_HEAD)
    for family, rate in pass_rates(outcomes).items():
        cases = [outcome.case for outcome in outcomes if outcome.case.family == family]
        table.add_row(family, ", ".join(sorted({c.kind.value for c in cases})), str(len(cases)), f"{rate:.0%}")
    return table

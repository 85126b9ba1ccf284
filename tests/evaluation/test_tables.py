from io import StringIO

import pytest
from rich.console import Console

from hedge.evaluation.report import Group, Report
from hedge.evaluation.tables import tables
from hedge.labels import CLASSES
from hedge.output.markdown_table import markdown_table

METRICS = {
    "accuracy": 0.71234,
    "macro_f1": 0.6,
    "precision_fact": 0.8,
    "recall_fact": 0.75,
    "f1_fact": 0.774,
    "expected_calibration_error": 0.05,
    "calibration_noise_floor": 0.04,
    "brier": 0.4,
    "area_under_risk_coverage": 0.15,
    "accuracy_at_80%_coverage": 0.8,
    "accuracy_at_90%_coverage": 0.76,
}
INTERVALS = {"accuracy": (0.65, 0.77), "macro_f1": (0.5, 0.7), "brier": (0.3, 0.5)}
CONFUSION = [[10 * row + column for column in range(len(CLASSES))] for row in range(len(CLASSES))]


@pytest.fixture
def report():
    whole = Group("all", 12, 345, METRICS, INTERVALS, CONFUSION)
    part = Group("genre: sport", 5, 67, {"accuracy": 0.5}, {}, [[0] * len(CLASSES)] * len(CLASSES))
    return Report((whole, part))


def cells(table):
    lines = markdown_table(table).splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert all(set(cell) <= set("-:") for cell in rows[1])
    return [rows[0], *rows[2:]]


def test_the_overview_has_a_row_for_each_group_and_a_column_for_each_metric(report):
    head, *rows = cells(next(iter(tables(report).values())))
    assert [row[:3] for row in rows] == [["all", "12", "345"], ["genre: sport", "5", "67"]]
    values = dict(zip(head, rows[0], strict=True))
    assert values["accuracy"] == "0.712 (0.650–0.770)"
    assert values["macro-F1"] == "0.600 (0.500–0.700)"
    assert values["Brier"] == "0.400"
    assert values["ECE"] == "0.050"
    assert values["ECE floor"] == "0.040"
    assert values["F1 fact"] == "0.774"


def test_what_was_not_measured_is_a_dash(report):
    head, *rows = cells(next(iter(tables(report).values())))
    assert dict(zip(head, rows[0], strict=True))["F1 opinion"] == "–"
    assert rows[1][4] == "0.500"
    assert set(rows[1][5:]) == {"–"}


def test_precision_and_recall_stand_by_class(report):
    title = "By class (all)"
    head, *rows = cells(tables(report)[title])
    assert head == ["", "precision", "recall", "F1"]
    assert [row[0] for row in rows] == list(CLASSES)
    assert rows[0] == ["fact", "0.800", "0.750", "0.774"]
    assert rows[-1] == ["skip", "–", "–", "–"]


def test_the_confusion_matrix_has_true_classes_in_rows(report):
    (title,) = (title for title in tables(report) if title.startswith("Confusion matrix (all)"))
    head, *rows = cells(tables(report)[title])
    assert head == ["", *CLASSES]
    assert rows[1] == ["report", "10", "11", "12", "13", "14"]


def test_tables_are_drawn_for_a_terminal(report):
    stream = StringIO()
    Console(file=stream, width=250).print(*tables(report).values())
    assert "0.712 (0.650–0.770)" in stream.getvalue()
    assert "|" not in stream.getvalue()

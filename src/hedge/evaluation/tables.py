"""A report as tables for a terminal or a Markdown file."""

from __future__ import annotations

from rich import box
from rich.table import Table

from hedge.evaluation.report import Group, Report
from hedge.labels import CLASSES

__all__ = ["tables"]

COLUMNS = {
    "macro-F1": "macro_f1",
    "accuracy": "accuracy",
    **{f"F1 {name}": f"f1_{name}" for name in CLASSES},
    "ECE": "expected_calibration_error",
    "ECE floor": "calibration_noise_floor",
    "Brier": "brier",
    "AURC": "area_under_risk_coverage",
    "acc. at 80 %": "accuracy_at_80%_coverage",
    "acc. at 90 %": "accuracy_at_90%_coverage",
}
WITH_INTERVAL = {"macro_f1", "accuracy", "expected_calibration_error"}


def tables(report: Report) -> dict[str, Table]:
    """Return, by title, the table of all groups, then precision, recall and the confusion matrix of the first."""
    overall = report.groups[0]
    return {
        "All metrics, with 95 % intervals": _overview(report),
        f"By class ({overall.name})": _by_class(overall),
        f"Confusion matrix ({overall.name}): true classes in rows, predicted in columns": _confusion(overall),
    }


def _overview(report: Report) -> Table:
    table = Table("", "documents", "sentences", *COLUMNS, box=box.SIMPLE_HEAD)
    for column in table.columns[1:]:
        column.justify = "right"
    for group in report.groups:
        cells = (_cell(group, metric) for metric in COLUMNS.values())
        table.add_row(group.name, str(group.documents), str(group.sentences), *cells)
    return table


def _by_class(group: Group) -> Table:
    table = Table("", "precision", "recall", "F1", box=box.SIMPLE_HEAD)
    for name in CLASSES:
        values = [group.metrics.get(f"{metric}_{name}") for metric in ("precision", "recall", "f1")]
        table.add_row(name, *("–" if value is None else f"{value:.3f}" for value in values))
    return table


def _confusion(group: Group) -> Table:
    table = Table("", *CLASSES, box=box.SIMPLE_HEAD)
    for name, row in zip(CLASSES, group.confusion, strict=True):
        table.add_row(name, *map(str, row))
    return table


def _cell(group: Group, metric: str) -> str:
    if metric not in group.metrics:
        return "–"
    value = f"{group.metrics[metric]:.3f}"
    if metric in WITH_INTERVAL and metric in group.intervals:
        low, high = group.intervals[metric]
        return f"{value} ({low:.3f}–{high:.3f})"
    return value

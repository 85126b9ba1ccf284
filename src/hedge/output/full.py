"""The text in reading order for a terminal, each sentence with its mark and colour, cues underlined, sources bold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO

from rich import box
from rich.console import Console, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from hedge.document import Document, Sentence
from hedge.labels import SKIP, SOURCE, CueKind, Label
from hedge.output import OutputOptions
from hedge.output.paragraphs import CUT, MARKS, paragraphs, pieces, shares, single_spaced

__all__ = ["render"]

STYLES = {
    Label.FACT.value: "default",
    Label.REPORT.value: "cyan",
    Label.SPECULATION.value: "yellow",
    Label.OPINION.value: "magenta",
    "unsure": "italic dim",
    SKIP: "dim",
}
"""Distinct to colour-blind readers on dark and light backgrounds; the marks tell the same without colour."""
MARK_END = "│"
"""Joins a mark to the first word, so that no line ends between them."""
LEGEND = {
    Label.FACT.value: "fact",
    Label.REPORT.value: "report (another's word)",
    Label.SPECULATION.value: "speculation (left open)",
    Label.OPINION.value: "opinion",
    SKIP: "states nothing",
}
BAR_WIDTH = 24
CUE_KINDS = frozenset(kind.value for kind in CueKind)


def render(documents: Iterable[Document], options: OutputOptions) -> Iterator[str]:
    """Yield each document with a legend and its shares; after several, a summary of all."""
    rows: list[tuple[str, list[tuple[str, int, float]]]] = []
    for document in documents:
        yield _drawn(_document(document, options, legend=not rows), options)
        rows.append((_name(document), shares(document)))
    if len(rows) > 1:
        yield _drawn([_summary(rows)], options)


def _document(document: Document, options: OutputOptions, *, legend: bool) -> Iterator[RenderableType]:
    yield Rule(Text(_name(document), style="bold"), align="left", style="dim")
    if legend:
        yield from (_legend(), Text())
    for sentences in paragraphs(document):
        text = Text()
        for sentence in sentences:
            _append(text, sentence, options)
        yield from (text, Text())
    yield _shares(document)


def _append(text: Text, sentence: Sentence, options: OutputOptions) -> None:
    if text:
        text.append(" ")
    if not options.shows(sentence):
        text.append(single_spaced(sentence), style="dim")
        return
    style = STYLES[sentence.shown_label]
    text.append(MARKS[sentence.shown_label] + MARK_END, style=f"bold {style}")
    for words, mark in pieces(sentence):
        weight = "bold " if sentence.heading or mark == SOURCE else ""
        text.append(words, style=f"{weight}{'underline ' if mark in CUE_KINDS else ''}{style}")
    if sentence.truncated:
        text.append(f" {CUT}", style="italic dim")


def _legend() -> Text:
    parts = [Text(MARKS[name] + MARK_END + meaning, style=STYLES[name]) for name, meaning in LEGEND.items()]
    return Text("  ").join(parts)


def _shares(document: Document) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    table.add_column(width=BAR_WIDTH)
    table.add_column(justify="right")
    for name, count, share in shares(document):
        bar = "█" * round(share * BAR_WIDTH)
        table.add_row(Text(name, style=STYLES[name]), f"{share:.0%}", Text(bar, style=STYLES[name]), f"{count}")
    return table


def _summary(rows: list[tuple[str, list[tuple[str, int, float]]]]) -> Table:
    names = [*(label.value for label in Label), "unsure"]
    table = Table("file", box=box.SIMPLE_HEAD)
    for name in names:
        table.add_column(name, justify="right", style=STYLES[name])
    table.add_column("claims", justify="right")
    for file, values in rows:
        share_of = {name: share for name, _, share in values}
        total = sum(count for _, count, _ in values)
        table.add_row(file, *(f"{share_of.get(name, 0):.0%}" for name in names), str(total))
    return table


def _name(document: Document) -> str:
    return document.id or "text"


def _drawn(parts: Iterable[RenderableType], options: OutputOptions) -> str:
    buffer = StringIO()
    console = Console(
        file=buffer,
        width=options.width,
        force_terminal=options.color,
        no_color=not options.color,
        color_system="standard" if options.color else None,
        highlight=False,
        emoji=False,
        markup=False,
    )
    for part in parts:
        console.print(part)
    return buffer.getvalue()

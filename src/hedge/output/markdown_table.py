"""Tables as Markdown, for results pages and cards."""

from __future__ import annotations

from io import StringIO

from rich import box
from rich.console import Console
from rich.table import Table

__all__ = ["markdown_table"]


def markdown_table(table: Table) -> str:
    """Return a table in Markdown."""
    table.box = box.MARKDOWN
    console = Console(file=StringIO(), width=1000, color_system=None)
    with console.capture() as captured:
        console.print(table)
    return "\n".join(line.strip() for line in captured.get().splitlines() if line.strip())

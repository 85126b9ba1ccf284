"""What a table was made on: machine, versions, data and date, as one line of Markdown."""

from __future__ import annotations

import os
import platform
from datetime import date
from importlib.metadata import version
from pathlib import Path

from hedge.annotations import Corpus

__all__ = ["made_by"]


def made_by(script: str, corpus: Corpus | None, *libraries: str) -> str:
    """Return the line under a table's title.

    :param script: Path of the script in the repository.
    :param corpus: The annotated corpus it used, if any.
    :param libraries: Distributions whose versions matter.
    """
    versions = ", ".join(f"{library} {version(library)}" for library in libraries)
    data = f" Corpus {corpus.sha256[:12]}, {len(corpus.documents)} documents." if corpus else ""
    return (
        f"Made by `{script}` on {date.today().isoformat()}, {_processor()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {versions}.{data}\n"
    )


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()

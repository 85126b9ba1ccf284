"""Files and folders that are there as a whole or not at all, however a training is interrupted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["written_whole"]


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a place beside a path to write a file or folder to, and rename it to the path at the end.

    Nothing is renamed if an error is raised meanwhile; what an earlier one left is removed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.unfinished")
    if aside.is_dir():
        shutil.rmtree(aside)
    else:
        aside.unlink(missing_ok=True)
    yield aside
    aside.replace(path)

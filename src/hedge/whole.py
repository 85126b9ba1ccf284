"""Files and folders that are there as a whole or not at all, however the work is interrupted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["written_whole"]


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a place beside a path to write a file or folder to, and rename it to the path at the end.

    If an error is raised meanwhile, nothing is renamed, and what was written is removed. A link stays one, to what is
    new, and a file that gives way leaves its permissions.
    """
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.unfinished")
    _remove(aside)  # what an earlier process left that was killed
    try:
        yield aside
        if path.is_file() and aside.is_file():
            shutil.copymode(path, aside)
        aside.replace(path)
    except BaseException:
        _remove(aside)
        raise


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)

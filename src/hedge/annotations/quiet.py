"""Keeps the library datasets from drawing progress bars into what is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["quiet_unless_watched"]


@contextmanager
def quiet_unless_watched() -> Iterator[None]:
    """Switch the progress bars of datasets off unless standard error is a terminal; afterwards all is as it was."""
    from datasets.utils import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars

    if sys.stderr.isatty() or are_progress_bars_disabled():
        yield
        return
    disable_progress_bars()
    try:
        yield
    finally:
        enable_progress_bars()

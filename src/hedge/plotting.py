"""Plots of what a corpus consists of and of how well a classifier does, drawn by matplotlib into files."""

from __future__ import annotations

from typing import Any

from hedge.errors import MissingExtraError

__all__ = ["pyplot"]


def pyplot() -> Any:  # noqa: ANN401 - matplotlib is optional
    """Return matplotlib's pyplot, set to draw into files.

    :raises MissingExtraError: if matplotlib is not installed.
    """
    try:
        import matplotlib as mpl

        mpl.use("agg")
        from matplotlib import pyplot as plt
    except ImportError as error:
        raise MissingExtraError("Plotting", "train") from error
    return plt

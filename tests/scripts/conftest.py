"""Scripts, run in this process as from the command line."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture
def run_script(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that runs a script with arguments."""
    monkeypatch.delenv("HEDGE_TEXTS", raising=False)
    monkeypatch.syspath_prepend(SCRIPTS)

    def run(name: str, *arguments: str | Path) -> None:
        monkeypatch.setattr(sys, "argv", [name, *map(str, arguments)])
        runpy.run_path(str(SCRIPTS / name), run_name="__main__")

    return run

"""The command as people run it: a process of its own, in a folder with real files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

COMMAND = [sys.executable, "-c", "from hedge.cli import main; main()"]
HANGS = 60
"""Seconds after which a process is given up."""
SURROUNDINGS = (
    *("HEDGE_TEXTS", "NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS", "PYTHONUNBUFFERED", "PYTHONWARNINGS"),
    *("PYTHONIOENCODING", "PYTHONUTF8"),
)

Run = Callable[..., subprocess.CompletedProcess[str]]
Start = Callable[..., AbstractContextManager[subprocess.Popen[bytes]]]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The working folder: outside the repository and empty."""
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """This test's import path, and nothing set that the command listens to."""
    kept = {name: value for name, value in os.environ.items() if name not in SURROUNDINGS}
    path = os.pathsep.join(entry for entry in sys.path if entry)
    home = str(tmp_path / "home")
    return {**kept, "PYTHONPATH": path, "HOME": home, "XDG_DATA_HOME": home}


@pytest.fixture
def run(place: Path, environment: dict[str, str]) -> Run:
    """Return a function that runs the command to its end."""

    def to_the_end(
        *arguments: str | Path, stdin: str | bytes = b"", env: dict[str, str] | None = None, **options: Any
    ) -> subprocess.CompletedProcess[str]:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        done = subprocess.run(
            [*COMMAND, *map(str, arguments)],
            input=data,
            cwd=place,
            env={**environment, **(env or {})},
            timeout=HANGS,
            check=False,
            **streams,
        )
        out, err = ((stream or b"").decode() for stream in (done.stdout, done.stderr))
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return to_the_end


@pytest.fixture
def start(place: Path, environment: dict[str, str]) -> Start:
    """Return a function that starts the command, its three streams as pipes, and ends it at last."""

    def default_interrupt() -> None:  # whoever runs the tests in the background may have it ignored
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    @contextmanager
    def running(*arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
        process = subprocess.Popen(
            [*COMMAND, *map(str, arguments)],
            cwd=place,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=default_interrupt if os.name == "posix" else None,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait(HANGS)
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream:
                    with suppress(BrokenPipeError):
                        stream.close()

    return running

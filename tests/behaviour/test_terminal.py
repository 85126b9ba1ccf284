"""What is different on a terminal."""

import os
import re
import subprocess
import sys

import pytest

from hedge import __version__

pty = pytest.importorskip("pty", reason="no pseudo-terminals here")

COLOUR = "\x1b["

pytestmark = pytest.mark.slow


@pytest.fixture
def on_terminal(run):
    """Return a function that runs the command with some of its streams on a terminal, and gives what is shown."""

    def shown(*arguments, streams=("stdout",), env=None):
        master, slave = pty.openpty()
        try:
            options = {stream: slave for stream in streams if stream != "stdin"}
            done = run(*arguments, env={"TERM": "xterm", **(env or {})}, **options)
        finally:
            os.close(slave)
        pieces = []
        try:
            while piece := os.read(master, 65536):
                pieces.append(piece)
        except OSError:  # how Linux says that nobody writes to the terminal any more
            pass
        finally:
            os.close(master)
        return done, b"".join(pieces).decode()

    return shown


@pytest.fixture
def mill(place):
    (place / "mill.txt").write_text("The mill closed. What a shameful waste!", encoding="utf-8")
    return "mill.txt"


@pytest.mark.parametrize(
    ("options", "env", "coloured"),
    [
        ([], {}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": ""}, True),
        ([], {"TERM": "dumb"}, False),
        (["--color", "never"], {}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
    ],
)
def test_a_terminal_shows_colours_unless_told_otherwise(on_terminal, mill, options, env, coloured):
    done, shown = on_terminal("classify", mill, *options, env=env)
    assert (COLOUR in shown) is coloured
    assert "shameful waste!" in re.sub(r"\x1b\[[\d;]*m", "", shown)  # cues are underlined
    assert done.returncode == 0


def test_a_file_gets_no_colours_even_from_a_terminal(on_terminal, place, mill):
    _, shown = on_terminal("classify", mill, "-o", "out.txt")
    assert shown == ""
    assert COLOUR not in (place / "out.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("options", "bar"), [([], True), (["--quiet"], False)])
def test_progress_is_shown_for_several_files_unless_quiet(on_terminal, place, mill, options, bar):
    (place / "weir.txt").write_text("The weir was rebuilt.", encoding="utf-8")
    done, shown = on_terminal("classify", mill, "weir.txt", "-f", "concise", *options, streams=("stderr",))
    assert ("Labelling" in shown) is bar
    assert len(done.stdout.splitlines()) == 3
    assert done.returncode == 0


def test_no_progress_is_shown_for_one_file(on_terminal, mill):
    assert on_terminal("classify", mill, streams=("stderr",))[1] == ""


def test_without_a_file_a_terminal_is_told_what_to_give(environment, place):
    master, slave = pty.openpty()
    command = [sys.executable, "-c", "from hedge.cli import main; main()", "classify"]
    try:
        done = subprocess.run(
            command, cwd=place, env=environment, stdin=slave, capture_output=True, timeout=60, check=False
        )
    finally:
        os.close(slave)
        os.close(master)
    assert done.returncode == 2
    assert b"name a file or a folder, or pipe a text in" in done.stderr


def test_the_version_is_printed(run):
    result = run("--version")
    assert (result.stdout, result.returncode) == (f"hedge, version {__version__}\n", 0)

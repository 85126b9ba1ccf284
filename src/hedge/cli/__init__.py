"""The command line: one small module per command over the Python API."""

from __future__ import annotations

import os
import sys
from enum import IntEnum

import click

import hedge
from hedge.cli.annotations import annotations_
from hedge.cli.classify import classify
from hedge.cli.evaluate import evaluate
from hedge.cli.models import models
from hedge.cli.train import train
from hedge.errors import HedgeError

__all__ = ["ExitStatus", "cli", "main"]


class ExitStatus(IntEnum):
    """What the command ends with."""

    OK = 0
    ERROR = 2
    """Something could not be read or done; the message is on standard error."""
    INTERRUPTED = 130
    """Ctrl-C."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(hedge.__version__, prog_name="hedge")
def cli() -> None:
    """Say on whose word a news text stands and how firmly, sentence by sentence.

    Every sentence is labelled fact, report, speculation or opinion. "Fact" means given as settled by the
    writer, never true.
    """


for _command in (classify, train, evaluate, models, annotations_):
    cli.add_command(_command)


def main() -> None:
    """Run the command line; errors become one line on standard error and an exit status."""
    _replace_closed_streams()
    try:
        status = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = ExitStatus.ERROR
    except HedgeError as error:
        click.echo(f"hedge: {error}", err=True)
        status = ExitStatus.ERROR
    except (KeyboardInterrupt, click.Abort):
        status = ExitStatus.INTERRUPTED
    except SystemExit as ended:  # click's way with a closed pipe, whose reader has what it wanted
        status = ExitStatus.OK if ended.code == 1 else ended.code
    except OSError as error:
        click.echo(f"hedge: {_message(error)}", err=True)
        status = ExitStatus.ERROR
    sys.exit(status or ExitStatus.OK)


def _replace_closed_streams() -> None:
    """Open what Python has as ``None``, a standard stream that is closed, so that it fails in use with an ``OSError``.

    Messages to a closed standard error are lost instead, as there is no other place for them.
    """
    for name, access in (("stdin", os.O_WRONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, access)
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, os.fdopen(descriptor, mode, encoding="utf-8", errors="backslashreplace"))


def _message(error: OSError) -> str:
    """Say what could not be read or written, and why, as far as the error knows."""
    why = error.strerror or str(error)
    if error.filename is not None:
        return f"{error.filename}: cannot be read or written ({why}); check the path and its permissions"
    try:
        sys.stdout.flush()  # fails once more, if it is there that something could not be written
    except OSError:
        # Nothing may be flushed into it at exit, which would fail as well.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return f"standard output: cannot be written ({why})"
    return f"something cannot be read or written ({why})"

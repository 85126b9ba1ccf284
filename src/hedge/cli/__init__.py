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
        # Nothing may be flushed into it at exit, which would fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        click.echo(f"hedge: the output cannot be written ({error.strerror or error})", err=True)
        status = ExitStatus.ERROR
    sys.exit(status or ExitStatus.OK)

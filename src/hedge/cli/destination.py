"""Where a command writes to: standard output, or a file that appears only when it is whole."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from click.exceptions import Exit

from hedge.errors import HedgeError

__all__ = ["open_destination"]


@contextmanager
def open_destination(file: str | None) -> Iterator[TextIO]:
    """Open the destination for writing UTF-8, which leaves the ends of lines alone.

    A file is written aside and renamed at the end, so that neither an error nor Ctrl-C leaves half of one, under a name
    of its own each time, as two commands may write to one file; what is not an ordinary file (such as ``/dev/null``) is
    written to directly.

    :param file: Its path; ``None`` or ``-`` for standard output.
    :raises HedgeError: if the file cannot be written.
    """
    if file is None or file == "-":
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        try:
            yield sys.stdout
            sys.stdout.flush()
        except OSError as error:
            # Nothing may be flushed into it at exit, which would fail once more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            if isinstance(error, BrokenPipeError):  # the reader has what it wanted
                raise Exit(0) from None
            raise HedgeError(f"standard output: cannot be written ({error.strerror})") from error
        return
    path = Path(file)
    if path.exists() and not path.is_file():
        if path.is_dir():
            raise HedgeError(f"{path}: is a folder; pass the name of a file to --output")
        try:
            with path.open("w", encoding="utf-8", newline="") as stream:
                yield stream
        except BrokenPipeError:
            raise Exit(0) from None
        except OSError as error:
            raise HedgeError(f"{path}: cannot be written ({error.strerror}); pass another --output") from error
        return
    try:
        descriptor, aside = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
    except OSError as error:
        raise HedgeError(f"{path}: cannot be written ({error.strerror}); check the folder of --output") from error
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as stream:  # noqa: PTH123 - a descriptor
            yield stream
        mask = os.umask(0)
        os.umask(mask)
        Path(aside).chmod(path.stat().st_mode if path.exists() else 0o666 & ~mask)
        Path(aside).replace(path.resolve())
    except BaseException as error:
        Path(aside).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise HedgeError(f"{path}: cannot be written ({error.strerror}); nothing was left there") from error
        raise

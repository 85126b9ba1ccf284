"""What a command reads: articles, with what is wrong or doubtful about them said on standard error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hedge.errors import HedgeError, ReadingError

if TYPE_CHECKING:
    from hedge.reading import Article

__all__ = ["articles"]


def articles(
    inputs: Sequence[str | Path | ReadingError],
    errors: list[HedgeError],
    *,
    quiet: bool = False,
    **options: Any,  # noqa: ANN401 - those of read
) -> Iterator[Article]:
    """Yield the articles that :func:`hedge.read` finds.

    :param errors: Takes each error, after which reading goes on.
    :param quiet: Whether the notes of the articles are kept back; errors are still said.
    """
    from hedge.reading import read

    def fail(error: HedgeError) -> None:
        errors.append(error)
        click.echo(f"hedge: {error}", err=True)

    for article in read(inputs, on_error=fail, **options):
        for note in () if quiet else article.notes:
            click.echo(f"hedge: warning: {article.id}: {note}", err=True)
        yield article

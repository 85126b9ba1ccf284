"""A function over a stream of items, on several threads, results in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import TypeVar

__all__ = ["Workers"]

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 4
"""Items that wait for each thread: enough that none is idle, few enough that memory does not grow."""


class Workers:
    """Threads that last as long as the context; where one is enough, it is the caller's.

    They are to last for a stream of documents: a Ctrl-C that comes while Python does away with a thread is lost.
    """

    def __init__(self, threads: int) -> None:
        """Take so many threads."""
        self.threads = threads
        self._context: AbstractContextManager[ThreadPoolExecutor | None] = (
            nullcontext() if threads == 1 else ThreadPoolExecutor(threads)
        )

    def __enter__(self) -> Workers:
        self._pool = self._context.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for what has begun."""
        self._context.__exit__(kind, error, trace)

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield ``function(item)`` for each item, in order, while taking only a few items ahead of time.

        The function should let go of the interpreter's lock; items are drawn by the caller's thread meanwhile. When the
        iteration ends early, nothing else begins.
        """
        if self._pool is None:
            yield from map(function, items)
            return
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                waiting.append(self._pool.submit(function, item))
                if len(waiting) >= self.threads * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

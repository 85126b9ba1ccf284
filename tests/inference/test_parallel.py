from __future__ import annotations

import itertools
import threading
import time

import pytest

from hedge.inference.parallel import AHEAD, Workers


def ordered_map(function, items, threads):
    with Workers(threads) as workers:
        yield from workers.map(function, items)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_results_come_in_order(threads):
    def slow_at_first(item):
        time.sleep(0.01 if item == 0 else 0)
        return item * 2

    assert list(ordered_map(slow_at_first, range(50), threads)) == [2 * item for item in range(50)]


def test_only_a_few_items_are_taken_ahead():
    drawn = []
    results = ordered_map(lambda item: item, (drawn.append(i) or i for i in itertools.count()), threads=2)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    assert len(drawn) <= 2 * AHEAD + 3
    results.close()


@pytest.mark.parametrize("threads", [1, 3])
def test_what_the_function_raises_comes_through(threads):
    results = ordered_map(lambda item: 1 // item, [2, 1, 0, 1], threads)
    assert next(results) == 0
    with pytest.raises(ZeroDivisionError):
        list(results)


def test_no_thread_stays_behind_when_the_iteration_ends_early():
    before = threading.active_count()
    results = ordered_map(lambda item: item, range(100), threads=3)
    next(results)
    results.close()
    assert threading.active_count() == before


def test_the_same_threads_work_for_all_that_comes_in_their_context():
    with Workers(2) as workers:
        names = {name for _ in range(20) for name in workers.map(lambda _: threading.current_thread().name, range(4))}
    assert len(names) <= 2

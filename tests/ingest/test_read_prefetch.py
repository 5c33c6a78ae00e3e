"""Frames are taken up ahead of their use: all of them, in order, few at a time, and none after the last is wanted."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from vitals.ingest.prefetch import prefetched


def _counted(made: list[int], most: int = 1000) -> Iterator[int]:
    for number in range(most):
        made.append(number)
        yield number


def test_every_item_comes_in_its_order() -> None:
    assert list(prefetched(_counted([]), 3)) == list(range(1000))


def test_no_more_than_so_many_wait() -> None:
    made: list[int] = []
    items = prefetched(_counted(made), 3)
    assert next(items) == 0
    for _ in range(600):
        if len(made) >= 5:
            break
        time.sleep(0.1)
    time.sleep(0.3)
    # one was taken, three wait, and one more is held by the thread that has no room for it
    assert len(made) == 5
    items.close()


def test_an_error_comes_after_what_was_made_before_it() -> None:
    def breaking() -> Iterator[int]:
        yield 1
        raise ValueError("torn")

    items = prefetched(breaking(), 3)
    assert next(items) == 1
    with pytest.raises(ValueError, match="torn"):
        next(items)


def test_the_thread_ends_when_nobody_wants_more() -> None:
    before = set(threading.enumerate())
    items = prefetched(_counted([]), 3)
    next(items)
    (thread,) = set(threading.enumerate()) - before
    items.close()
    thread.join(60)
    assert not thread.is_alive()

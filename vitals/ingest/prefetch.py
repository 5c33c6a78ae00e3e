"""Items that are made on a thread of their own before they are asked for."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

T = TypeVar("T")
EVERY = 0.1
"""How often, in seconds, a side that waits for the other looks whether it has gone."""


class _Prefetch(Generic[T]):
    """Items on their way from the thread that makes them to the one that uses them."""

    def __init__(self, items: Iterator[T], most: int) -> None:
        self.items, self.queue, self.is_left = items, Queue[T](most), Event()
        self.error: BaseException | None = None

    def make(self) -> None:
        """Make items until there are no more, or nobody is there for them."""
        try:
            for item in self.items:
                if not self._put(item):
                    return
        except BaseException as error:
            self.error = error

    def _put(self, item: T) -> bool:
        while not self.is_left.is_set():
            try:
                self.queue.put(item, timeout=EVERY)
            except Full:
                continue
            return True
        return False

    def taken(self, maker: Thread) -> Iterator[T]:
        """The items in their order."""
        while maker.is_alive() or not self.queue.empty():
            try:
                yield self.queue.get(timeout=EVERY)
            except Empty:
                continue
        if self.error:
            raise self.error


def prefetched(items: Iterator[T], most: int) -> Generator[T]:
    """The items, each made before it is asked for, but no more than so many of them; errors come in their place."""
    between = _Prefetch(items, most)
    maker = Thread(target=between.make, daemon=True)
    maker.start()
    try:
        yield from between.taken(maker)
    finally:
        between.is_left.set()

"""What all who read one state of a kept workspace share of what was made from it: each thing made once for them all."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from threading import Event, Lock
from typing import Any, TypeVar
from weakref import WeakValueDictionary

T = TypeVar("T")
Key = tuple[Any, ...]
MOST, MOST_BYTES = 2_000, 96 * 1024**2
"""How many things are kept, and how much they take as they would be written down; in memory it is a few times that."""
_NUMBERS = count(1)
_SHELVES = WeakValueDictionary[int, "Shelf"]()
"""Those that somebody still reads from."""


def _size(key: Key, made: Any) -> int:
    return len(pickle.dumps((key, made)))


def numbered(number: int) -> Shelf | None:
    """The shelf of that number, while there is one."""
    return _SHELVES.get(number)


@dataclass(eq=False)
class Shelf:
    """Things by what they were made from, those asked for last; who reads them changes none."""

    number: int = field(default_factory=lambda: next(_NUMBERS))
    """By which what was made from the same state is known."""
    bytes: int = 0
    _made: OrderedDict[Key, tuple[Any, int]] = field(default_factory=OrderedDict)
    _making: dict[Key, Event] = field(default_factory=dict)
    _books: Lock = field(default_factory=Lock)
    _is_cleared: bool = False

    @property
    def things(self) -> int:
        """How many it holds."""
        return len(self._made)

    def __post_init__(self) -> None:
        _SHELVES[self.number] = self

    def once(self, key: Key, make: Callable[[], T], is_worth: Callable[[T], bool] = lambda made: True) -> T:
        """What stands under that key, else made now, and kept if it is worth it; who asks meanwhile waits for it.

        If whoever makes it fails or is interrupted, one of those who wait makes it.
        """
        while True:
            with self._books:
                if key in self._made:
                    self._made.move_to_end(key)
                    found: T = self._made[key][0]
                    return found
                waits_for = self._making.get(key)
                if not waits_for:
                    self._making[key] = done = Event()
                    break
            waits_for.wait()
        try:
            made = make()
            if is_worth(made):
                self._keep(key, made)
            return made
        finally:
            with self._books:
                del self._making[key]
            done.set()

    def _keep(self, key: Key, made: Any) -> None:
        size = _size(key, made)
        if size > MOST_BYTES:
            return
        with self._books:
            if self._is_cleared:
                return
            self._made[key] = made, size
            self.bytes += size
            while len(self._made) > MOST or self.bytes > MOST_BYTES:
                _, (_, freed) = self._made.popitem(last=False)
                self.bytes -= freed

    def clear(self) -> None:
        """Let go of everything for good: nobody reads that state any more."""
        with self._books:
            self._is_cleared = True
            self._made.clear()
            self.bytes = 0

"""Ready-made results: what queries and charts returned once comes again at no cost, on a page otherwise the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from time import process_time
from typing import Any
from unittest.mock import patch

from vitals.ui import charts
from vitals.ui.page import contents, frame, record, session

DRAWN = ("draw", "draw_pickable")
"""What of the charts costs the same with ready-made figures."""
NOTED = ("run", "one")
"""What of the session notes down the query asked, by which a page explains itself and says what it leaves out."""


@dataclass
class Watch:
    """Processor time of each run of app.py, from its first call to the end of its page, and what it computed."""

    seconds: float = 0.0
    begun: float = 0.0
    replaying: bool = False
    depth: int = 0
    counted: dict[str, int] = field(default_factory=dict)
    recorded: dict[tuple[str, int], Any] = field(default_factory=dict)

    def forget(self) -> None:
        """Compute everything from now on."""
        self.replaying, self.recorded = False, {}

    def start(self, real: Callable[..., Any], *args: Any) -> Any:
        """In place of what app.py begins with."""
        self.begun, self.counted = process_time(), {}
        return real(*args)

    def end(self, real: Callable[..., Any], *args: Any) -> Any:
        """In place of what app.py ends with."""
        try:
            return real(*args)
        finally:
            self.seconds = process_time() - self.begun

    def result(self, name: str, real: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """The n-th result of a function in a run; what it calls itself is part of that result."""
        if self.depth or not self.replaying:
            return real(*args, **kwargs)
        place = name, self.counted.get(name, 0)
        self.counted[name] = place[1] + 1
        if place not in self.recorded:
            self.recorded[place] = self._compute(real, *args, **kwargs)
        elif real.__name__ in NOTED:
            # else the page would end without its rows left out, and be no twin
            record.asked(str(args[0]))
        return self.recorded[place]

    def _compute(self, real: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self.depth += 1
        try:
            return real(*args, **kwargs)
        finally:
            self.depth -= 1


def _asked() -> Iterator[tuple[Any, str]]:
    """The functions of the session that ask queries, and those that make charts."""
    yield from ((session, name) for name in ("run", "one", "contents", "held"))
    yield from ((charts, name) for name in charts.__all__ if name not in DRAWN and callable(getattr(charts, name)))


def _through(method: Callable[..., Any], *first: Any) -> Callable[..., Any]:
    return lambda *args, **kwargs: method(*first, *args, **kwargs)


@contextmanager
def watching() -> Iterator[Watch]:
    """A watch on every run of the application within the block."""
    watch = Watch()
    with ExitStack() as stack:
        for owner, name in _asked():
            real = getattr(owner, name)
            stack.enter_context(patch.object(owner, name, _through(watch.result, f"{owner}.{name}", real)))
        stack.enter_context(patch.object(contents, "begin", _through(watch.start, contents.begin)))
        stack.enter_context(patch.object(frame, "show", _through(watch.end, frame.show)))
        yield watch

"""How long a process that is waited for may do nothing, by what it has used of the processor."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from vitals.ingest.process.wire import Limits

WATCH_SECONDS = 0.5
USED = 11
"""Which of the fields behind a process's name is its own time, with that of the system behind it."""


def processor_seconds(pid: int) -> float | None:
    """How much of the processor a process has used; None on systems that don't tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[USED]) + int(fields[USED + 1])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return None


class Watch:
    """Ends a process that does nothing for long while it is waited for.

    A clock would go on while the whole machine stands still. It decides where nothing tells what a process did.
    """

    def __init__(self, pid: int, limits: Limits, end: Callable[[], None]) -> None:
        self.pid, self.limits, self.end = pid, limits, end
        self.is_awaited, self.over = True, threading.Event()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Watch the process within the block."""
        threading.Thread(target=self._look, daemon=True).start()
        try:
            yield
        finally:
            self.over.set()

    @contextmanager
    def unawaited(self) -> Iterator[None]:
        """Say that nobody waits for the process within the block."""
        self.is_awaited = False
        try:
            yield
        finally:
            self.is_awaited = True

    def _look(self) -> None:
        began, spent, idle = time.monotonic(), 0.0, 0.0
        while not self.over.wait(WATCH_SECONDS):
            now = processor_seconds(self.pid)
            if now is None:
                idle, most = time.monotonic() - began, float(self.limits.wall_seconds)
            else:
                # a machine that stood still makes one step of this loop long, and counts once
                idle = idle + WATCH_SECONDS if now == spent and self.is_awaited else 0.0
                spent, most = now, self.limits.idle_seconds
            if idle >= most:
                return self.end()

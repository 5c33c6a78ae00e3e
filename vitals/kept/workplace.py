"""A place beside the kept files where one process works: untouched while that lives, cleared away once it is gone."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

MARK = "at-work"
"""The file that its process holds a lock on: every system lets go of that when a process ends, however it ends."""
MARKING_SECONDS = 60
"""How old a place must be before its lock says anything: it may not be taken yet."""
UNMARKED_SECONDS = 3600
"""After what time nobody works any more in a place that has no mark."""


@dataclass(frozen=True)
class Workplace:
    """A folder that nobody else can read, and the lock that says that it is in use."""

    home: Path
    lock: sqlite3.Connection

    def clear(self) -> None:
        """Leave nothing of it."""
        self.lock.close()
        shutil.rmtree(self.home, ignore_errors=True)


def begun(beside: Path, prefix: str) -> Workplace:
    """A new place, after those that nobody works in any more were cleared away."""
    sweep(beside, prefix)
    home = Path(tempfile.mkdtemp(prefix=prefix, dir=beside))
    lock = _connected(home / MARK)
    # a disk that knows no locks takes the place without one: then nobody clears it away but ourselves
    with suppress(sqlite3.Error):
        lock.execute("begin exclusive")
    return Workplace(home, lock)


def sweep(beside: Path, prefix: str) -> None:
    """Clear away what processes left that are gone."""
    for home in beside.glob(f"{prefix}*"):
        with suppress(OSError):
            if _is_left(home):
                shutil.rmtree(home, ignore_errors=True)


def _is_left(home: Path) -> bool:
    age, mark = time.time() - home.stat().st_mtime, home / MARK
    if not mark.exists():
        return age > UNMARKED_SECONDS
    return age > MARKING_SECONDS and _is_free(mark)


def _is_free(mark: Path) -> bool:
    """Whether no process that lives holds the lock."""
    with closing(_connected(mark)) as lock:
        try:
            lock.execute("begin exclusive")
        except sqlite3.Error:
            return False
    return True


def _connected(mark: Path) -> sqlite3.Connection:
    return sqlite3.connect(mark, timeout=0, isolation_level=None, check_same_thread=False)

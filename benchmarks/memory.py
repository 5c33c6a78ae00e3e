"""The most memory that a process and all its children held at one moment (Linux; elsewhere unknown)."""

from __future__ import annotations

import threading
from pathlib import Path

PROCESSES = Path("/proc")
# Counting shared pages holds the watched process up, so often enough to see a peak and no oftener.
EVERY = 0.5


def _parents() -> dict[int, int]:
    """Process -> its parent, for all that can be read."""
    found: dict[int, int] = {}
    for entry in PROCESSES.glob("[0-9]*"):
        try:
            found[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
    return found


def _family(ancestor: int) -> set[int]:
    family, parents = {ancestor}, _parents()
    while grown := {child for child, parent in parents.items() if parent in family} - family:
        family |= grown
    return family


def _megabytes(process: int) -> float:
    """Memory held, with what is shared split among those who share it."""
    try:
        lines = (PROCESSES / str(process) / "smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    except OSError:
        return 0.0


def held(process: int) -> float:
    """What a process and all its children hold now, in megabytes; 0 where the system doesn't tell."""
    return sum(map(_megabytes, _family(process)))


class Peak:
    """Watches a process from its start until stop()."""

    def __init__(self, process: int) -> None:
        self._process, self._highest, self._done = process, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._done.wait(EVERY):
            self._highest = max(self._highest, held(self._process))

    def stop(self) -> float:
        """The highest sum seen, in megabytes; nan where it can't be known."""
        self._done.set()
        self._thread.join()
        return self._highest if PROCESSES.exists() else float("nan")

"""What a session and all of them together may take."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from vitals.errors import VitalsError


@dataclass(frozen=True)
class Limit:
    """One limit, with its default and the variable that sets another; 0 is none."""

    variable: str
    default: int
    says: str

    @property
    def value(self) -> int:
        """What holds here. Raises VitalsError where the variable holds no whole number."""
        said = os.environ.get(self.variable, "").strip()
        if not said:
            return self.default
        if not (said.isascii() and said.isdigit()):
            raise VitalsError(f"{self.variable} is no whole number: {said}.", f"It is {self.says}.")
        return int(said)


SESSION_MEMORY = Limit("VITALS_SESSION_MEMORY_MB", 4_096, "the memory of one session's own workspace, in MB")
ALL_MEMORY = Limit("VITALS_ALL_MEMORY_MB", 0, "the memory of all, readers too, in MB, above which no load begins")
ROWS = Limit("VITALS_FILE_ROWS", 0, "the rows of one file that come by the browser")
READERS = Limit("VITALS_READERS", 4, "how many files are read at a time; others wait, and are told their place")
IDLE = Limit("VITALS_IDLE_MINUTES", 0, "after how many minutes without a click a session ends")
LIMITS = (SESSION_MEMORY, ALL_MEMORY, ROWS, READERS, IDLE)


def _resident(process: str) -> int:
    """The memory of a process in bytes; 0 where the system doesn't tell, or it has ended."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _children() -> list[str]:
    found: list[str] = []
    for listed in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            found += listed.read_text().split()
    return found


def used_megabytes() -> int:
    """The memory of this process and of those that read for it; 0 where the system doesn't tell."""
    return sum(map(_resident, ["self", *_children()])) // 1024**2


def check_room() -> None:
    """Refuse to begin a load while all sessions together take more than they may. Raises VitalsError."""
    most = ALL_MEMORY.value
    if most and used_megabytes() > most:
        hint = "Try it again when others have finished; begin anew, or close tabs, where you can."
        raise VitalsError("The server has no memory left for another load.", hint)


def check_rows(rows: int) -> None:
    """Refuse a file of more rows than one may have here. Raises VitalsError."""
    most = ROWS.value
    if most and rows > most:
        raise VitalsError(
            f"It has more than {most:,} rows, the most that a file may have here.", "Export fewer months."
        )

"""Kept workspaces open for reading: one database for all who read the same file, and who of them is changing it."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

import duckdb

from vitals import warehouse
from vitals.kept import file, workplace
from vitals.kept.file import Opener
from vitals.kept.folder import ENDING, Kept
from vitals.kept.shelf import Shelf
from vitals.kept.workplace import Workplace

HOME = ".reading-"
"""Where the tables that readers share are built, beside the files that they are built from."""
Fill = Callable[[warehouse.Connection], None]


@dataclass
class Reading:
    """One state of a kept workspace, built, which nothing can change any more: each reader has a cursor of it."""

    kept: Kept
    con: warehouse.Connection
    built_in: Workplace
    readers: int = 0
    shelf: Shelf = field(default_factory=Shelf)
    """What was asked of it, which its readers share as they share its rows."""
    beside: warehouse.Connection | None = None
    """A copy in memory, made when a reader first supposes something."""
    supposing: threading.Lock = field(default_factory=threading.Lock)
    """Held by the one reader at a time who does: each takes back what it supposed, and sees nothing of the others'."""

    @contextmanager
    def supposed(self, opened: warehouse.Connection) -> Iterator[warehouse.Connection]:
        """The copy in which a reader may suppose something in a transaction of its own that it takes back.

        opened: the reader's cursor, of which it is made where there is none yet.
        """
        with self.supposing:
            if not self.beside:
                self.beside = copied(opened)
            yield self.beside

    def close(self) -> None:
        """Let go of it; a cursor that is still at work ends its work."""
        self.shelf.clear()
        for con in filter(None, (self.con, self.beside)):
            con.close()
        self.built_in.clear()


@dataclass(frozen=True)
class Writer:
    """Who is changing a kept workspace, and since when."""

    session: object
    """By what a session is known, and nothing else."""
    name: str
    since: datetime


OPEN: dict[Path, Reading] = {}
"""File -> its newest state that is read: rows of a workspace that its readers share, each by a right of its own."""
WRITERS: dict[Path, Writer] = {}
BOOKS = threading.Lock()
"""Held while somebody comes or goes; what takes long is done before."""
MAKING: dict[Path, threading.Lock] = {}
BUILDING = threading.Lock()
"""Held while the empty workspace is made."""


def _for_reading(path: Path) -> warehouse.Connection:
    """A locked connection of which no cursor can change anything."""
    con = duckdb.connect(str(path), read_only=True)
    warehouse.lock(con, path)
    return con


def _made(kept: Kept, fill: Fill) -> Reading:
    place = workplace.begun(kept.path.parent, HOME)
    made = place.home / f"w{ENDING}"
    try:
        with closing(warehouse.connect(made, is_built=False)) as con, warehouse.transaction(con):
            fill(con)
        found = Reading(kept, _for_reading(made), place)
        # without a name it ends with the server, however that ends; Windows lets go of it with the last reader
        with suppress(OSError):
            made.unlink()
        return found
    except BaseException as error:
        place.clear()
        known = warehouse.reason(kept.path.parent, error) if isinstance(error, Exception) else None
        raise known or error from error


def _found(kept: Kept) -> Reading | None:
    """What is open of this state, with one reader more."""
    with BOOKS:
        found = OPEN.get(kept.path)
        if not found or found.kept.stamp != kept.stamp:
            return None
        found.readers += 1
        return found


def _stands(made: Reading) -> Reading:
    with BOOKS:
        made.readers += 1
        OPEN[made.kept.path] = made
    return made


def take(kept: Kept, opener: Opener, *, waits: bool = True) -> Reading | None:
    """The tables of a kept workspace for one reader more; who comes first builds them.

    waits: for somebody else who is building them; none is returned to who doesn't wait.
    Raises VitalsError as file.fill does.
    """
    lock = MAKING.setdefault(kept.path, threading.Lock())
    if not lock.acquire(blocking=waits):
        return None
    try:
        fill = partial(file.fill, path=kept.path, name=kept.name, opener=opener)
        return _found(kept) or _stands(_made(kept, fill))
    finally:
        lock.release()


def leave(reading: Reading) -> None:
    """One reader less; what nobody reads is closed."""
    with BOOKS:
        reading.readers -= 1
        is_last = reading.readers < 1
        if is_last and OPEN.get(reading.kept.path) is reading:
            del OPEN[reading.kept.path]
    if is_last:
        reading.close()


@cache
def _made_empty() -> warehouse.Connection:
    home = Path(tempfile.mkdtemp(prefix=f"vitals{HOME}"))
    try:
        made = home / f"w{ENDING}"
        warehouse.connect(made).close()
        return _for_reading(made)
    finally:
        # it holds nobody's rows; without a name it ends with the server, as what is kept and read does
        shutil.rmtree(home, ignore_errors=True)


def empty() -> warehouse.Connection:
    """A new workspace for all who have told theirs nothing yet: each has a cursor of it, and nothing can change it."""
    with BUILDING:
        return _made_empty()


def copied(con: warehouse.Connection) -> warehouse.Connection:
    """A workspace in memory that holds all that another one was told; it can change, and is its owner's alone."""
    made = warehouse.connect(is_built=False)
    try:
        with warehouse.transaction(made):
            file.put(made, file.rows_of(con))
            warehouse.build(made)
    except BaseException:
        made.close()
        raise
    return made


def begin_writing(path: Path, session: object, name: str) -> bool:
    """Take the place of the one who changes a workspace; false if somebody else has it."""
    with BOOKS:
        writer = WRITERS.setdefault(path, Writer(session, name, datetime.now(UTC)))
        return writer.session is session


def end_writing(session: object) -> None:
    """Give the place free."""
    with BOOKS:
        for path in [path for path, writer in WRITERS.items() if writer.session is session]:
            del WRITERS[path]


def writer_of(path: Path) -> Writer | None:
    """Who is changing a workspace."""
    return WRITERS.get(path)

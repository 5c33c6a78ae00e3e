"""When a session's data ends: what runs for it stops as its visitor leaves, all it holds is let go of soon after."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

import duckdb
import pyarrow as pa
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from vitals import limits, warehouse
from vitals.errors import logged, places_of
from vitals.kept import shared
from vitals.kept.published import Published
from vitals.kept.shared import Reading
from vitals.ui.page import signing

RECONNECT_SECONDS = 60
"""A visitor whose network drops finds everything again for so long."""

EVERY_SECONDS = 1

M_PERTURB, FILL = -6, 0x55
AT_HAND_SIZES, MOST_AT_HAND = range(520, 1_041, 16), 7
"""The sizes of freed memory that the C library keeps at hand for a thread, unwritten, and how many of each."""
SMALL_SIZES, EMPTY_BYTES, MOST_BLOCKS = range(48, 513, 16), 33, 10_000
"""The sizes of objects that Python allocates itself, what an empty one of bytes takes, and how many may lie free."""


class Interruptible(Protocol):
    """A query or a reading that can be stopped from outside."""

    def interrupt(self) -> None:
        """Stop it; whoever waits for it is told by an exception."""


@dataclass
class Holding:
    """What a session has: the framework's side of it, its database, and what is at work for it."""

    session: Any = None
    connection: warehouse.Connection | None = None
    """Its own, in memory."""
    live: set[Interruptible] = field(default_factory=set)
    left_at: float | None = None
    seen_at: float = field(default_factory=time.monotonic)
    """When its visitor last did something."""
    reading: Reading | None = None
    """What it reads together with others in place of its own."""
    published: Published | None = None
    """What it reads on an engine in place of both."""

    def interrupt(self) -> None:
        """Stop whatever is at work."""
        for item in list(self.live):
            # a query may have ended by itself meanwhile
            with suppress(duckdb.ConnectionException):
                item.interrupt()

    def now(self) -> warehouse.Connection:
        """What it asks: the workspace that it shares, else its own, else the empty one of all who have none yet.

        Raises VitalsError where it has only what was published of one.
        """
        if self.published:
            raise self.published.needs_the_workspace()
        return self.reading.con if self.reading else self.connection or shared.empty()

    def release(self) -> None:
        """Let go of every workspace that it has, its own and those of others."""
        own, reading, published = self.connection, self.reading, self.published
        self.connection = self.reading = self.published = None
        for held in (own, published):
            if held:
                held.close()
        if reading:
            shared.leave(reading)

    def close(self) -> None:
        """Let go of everything."""
        self.interrupt()
        self.release()
        shared.end_writing(self)
        if self.session:
            state = self.session.session_state
            state.clear()
            # the framework's loop holds the last session until the next one comes, and with it the lists of choices
            state._new_widget_state.widget_metadata.clear()


HELD: dict[str, Holding] = {}
"""Session -> what it has, for the server's clock alone: no page reads it."""


def begun() -> Holding:
    """A holding for the session of this run, which ends with it."""
    found, context = Holding(), get_script_run_ctx()
    if context and runtime.exists():
        found.session = runtime.get_instance().get_app_session(context.session_id)
        HELD[context.session_id] = found
    return found


def overwrite_freed() -> None:
    """Let the C library write over memory as it is freed; only that of Linux can."""
    with suppress(OSError, AttributeError):
        if ctypes.CDLL(None).mallopt(M_PERTURB, FILL):
            pa.set_memory_pool(pa.system_memory_pool())


def give_back() -> None:
    """Write over what Python keeps of its freed memory, and return the rest to the system."""
    gc.collect()
    written = [bytes(size - EMPTY_BYTES) for size in SMALL_SIZES for _ in range(MOST_BLOCKS)]
    written += [bytes([FILL]) * (size - EMPTY_BYTES) for size in AT_HAND_SIZES for _ in range(MOST_AT_HAND)]
    del written
    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _is_idle(holding: Holding, now: float) -> bool:
    """Whether nobody did anything for longer than a session may stay, and nothing is at work."""
    minutes = limits.IDLE.value
    return bool(minutes) and not holding.live and now - holding.seen_at > minutes * 60


def look(server: runtime.Runtime, now: float) -> None:
    """Stop what runs for visitors who have left, and end those sessions to which nobody has come back."""
    has_ended = False
    for name, holding in list(HELD.items()):
        if server.is_active_session(name) and not _is_idle(holding, now):
            holding.left_at = None
            continue
        holding.left_at = holding.left_at or now
        holding.interrupt()
        if now - holding.left_at >= RECONNECT_SECONDS or _is_idle(holding, now):
            server.close_session(name)
            holding.close()
            del HELD[name], holding
            has_ended = True
    if has_ended:
        give_back()


@asynccontextmanager
async def watched(_app: Any) -> AsyncIterator[None]:
    """Look after the sessions for as long as the server runs."""

    async def watch() -> None:
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            try:
                look(runtime.get_instance(), time.monotonic())
            except Exception as error:
                # the clock goes on for the other sessions
                logged(places_of(error))

    signing.check_server()
    overwrite_freed()
    watching = asyncio.create_task(watch())
    try:
        yield
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        for holding in HELD.values():
            holding.interrupt()

"""Work beyond the agreement that nobody bills: since June 2026, for clients that change much."""

from __future__ import annotations

from datetime import date

from .effort import Entry
from .world import clients, stream

SINCE = date(2026, 6, 1)
SHARE = 0.4


def creep(entries: list[Entry]) -> list[Entry]:
    """Moves part of those clients' support out of scope: whole tickets, hours unchanged."""
    draw, restless = stream("scope creep"), {client.name for client in clients() if client.project >= 1.0}
    threads = {id(entry.thread): entry.thread for entry in entries if entry.thread and entry.day >= SINCE}
    for thread in threads.values():
        begins_late = thread.entries[0].day >= SINCE
        if begins_late and thread.entries[0].client in restless and draw.random() < SHARE:
            for entry in thread.entries:
                if entry.coverage == "agreement":
                    entry.coverage = "out_of_scope_unbilled"
    return entries

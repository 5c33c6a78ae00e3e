"""Whose packs there are to make, and for which quarter: one client by name, or all that are due a review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from vitals import warehouse
from vitals.errors import VitalsError
from vitals.exports.pack.facts import Quarter


@dataclass(frozen=True)
class Client:
    """A client that a pack can be made for."""

    key: str
    name: str


@dataclass(frozen=True)
class Due:
    """Who is owed a review at the end of a quarter and had none in time."""

    clients: tuple[Client, ...]
    """Those that a pack is made for."""
    own: tuple[Client, ...] = ()
    """Never billed, though worked for: perhaps the MSP itself, which needs no pack."""
    empty: tuple[Client, ...] = ()
    """Of whom the quarter holds nothing that a pack could say."""
    is_known: bool = True
    """Whether any review is on file, so that one that is missing was missed."""


def all_clients(con: warehouse.Connection) -> list[Client]:
    """Every client in the order of names."""
    rows = warehouse.rows(con, "metrics.qbr_status", as_of=date.max)
    return sorted((Client(row["client_key"], row["client"]) for row in rows), key=lambda one: one.name.casefold())


def due(con: warehouse.Connection, quarter: Quarter) -> Due:
    """Who is due a review at the quarter's end, and who of them gets no pack and why."""
    rows = warehouse.rows(con, "metrics.packs_due", month_from=quarter.start, month_to=quarter.last_month)
    by_reason: dict[str | None, list[Client]] = {}
    for row in rows:
        by_reason.setdefault(row["left_out"], []).append(Client(row["client_key"], row["client"]))
    made, own, empty = (tuple(by_reason.get(reason, ())) for reason in (None, "own", "empty"))
    return Due(made, own, empty, all(row["is_known"] for row in rows))


def named(con: warehouse.Connection, name: str) -> Client:
    """The client of that name, however it is spelt. Raises VitalsError with the nearest names if there is none."""
    known = {client.name.casefold(): client for client in all_clients(con)}
    wanted = " ".join(name.split()).casefold()
    if wanted in known:
        return known[wanted]
    within = [key for key in known if wanted and wanted in key]
    near = (get_close_matches(wanted, known, 3, 0.5) or within or [*known])[:3]
    hint = f"Near it: {', '.join(known[key].name for key in near)}." if near else "Load invoices or tickets first."
    raise VitalsError(f"There is no client named {name}.", hint)


def last_quarter(con: warehouse.Connection) -> Quarter:
    """The last quarter that the data reaches the end of, else the one in which it ends. VitalsError without any."""
    known = warehouse.rows(con, "metrics.default_period")
    if not known or known[0]["month_to"] is None:
        raise VitalsError("Nothing is loaded that a pack could be made of.", "Load tickets or invoices first.")
    found = Quarter.of(known[0]["month_to"])
    return found if known[0]["month_to"] == found.last_month or not _reaches(known[0], found) else found.before


def _reaches(period: dict[str, date], quarter: Quarter) -> bool:
    """Whether the data holds anything of the quarter before, so that it can be shown instead."""
    return bool(period["month_from"] < quarter.start)

"""Which files a number or a page is made from, and the sentence that stands in while one of them is missing."""

from __future__ import annotations

from collections.abc import Iterable

from vitals.contract import entities
from vitals.ui.page import session

INVOICES, TIME, PEOPLE, REVIEWS = "invoice_lines", "time_entries|tickets", "technicians", "reviews"
PAGES = {
    "client_margin": ((INVOICES, TIME), "which clients make money"),
    "utilisation": ((TIME, PEOPLE), "whose hours are sold"),
    "qbr": ((REVIEWS,), "which reviews were owed and not held"),
}
"""Page -> what it needs, and what it would show."""
QUERIES = {
    "client_margin": (INVOICES, TIME),
    "pricing": (INVOICES, TIME),
    "technician_utilisation": (TIME, PEOPLE),
    "utilisation": (TIME, PEOPLE),
    "qbr": (REVIEWS,),
}
"""How the name of a query begins, after its layer -> what its numbers are made from."""


def missing(needs: Iterable[str]) -> list[str]:
    """The needs that the workspace doesn't meet; "time_entries|tickets" is met by either."""
    held = session.held()
    return [need for need in needs if not held & set(need.split("|"))]


def listed(needs: Iterable[str]) -> str:
    """Needs in words: invoice lines, time entries or tickets and technicians."""
    names = [" or ".join(entities()[name].label.lower() for name in need.split("|")) for need in needs]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def or_what_to_load(page: str, sentence: str) -> str:
    """The page's answer, or which files to load to have one."""
    needs, shows = PAGES[page]
    waits = missing(needs)
    return f"Load {listed(waits)} to see {shows}." if waits else sentence


def to_load_for(query: str) -> str:
    """Which files a number of that query waits for; empty if it has all that it is made from."""
    needs = next((needs for name, needs in QUERIES.items() if query.removeprefix("metrics.").startswith(name)), ())
    waits = missing(needs)
    return f"Load {listed(waits)} to see this." if waits else ""

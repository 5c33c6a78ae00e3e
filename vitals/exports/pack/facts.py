"""What the workspace says of one client in one quarter, by the queries made for clients and by no other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from vitals import formats, warehouse
from vitals.queries import all_queries
from vitals.results import rows_of

Row = dict[str, Any]
COVER = "client_safe.cover"
LISTED = 108
"""How many tickets a pack lists at the most; a quarter has thousands at some clients."""


@dataclass(frozen=True)
class Quarter:
    """A calendar quarter by its first day."""

    start: date

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter in which a day lies."""
        return cls(date(day.year, 3 * ((day.month - 1) // 3) + 1, 1))

    @property
    def before(self) -> Quarter:
        """The quarter before it."""
        return Quarter.of(self.start - timedelta(days=1))

    @property
    def after(self) -> Quarter:
        """The quarter after it."""
        return Quarter.of(self.start + timedelta(days=100))

    @property
    def last_month(self) -> date:
        """The first day of its last month."""
        return date(self.start.year, self.start.month + 2, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.after.start - timedelta(days=1)

    @property
    def name(self) -> str:
        """As people say it: Q3 2026."""
        return formats.quarter(self.start)


@dataclass(frozen=True)
class Facts:
    """The rows of each query about the client, and of some the same of the quarter before, where it can be compared."""

    quarter: Quarter
    cover: Row
    found: dict[str, list[Row]]
    responsiveness_before: list[Row]

    def rows(self, name: str) -> list[Row]:
        """The rows of a query of the layer, by its short name."""
        return self.found[f"client_safe.{name}"]

    def now(self, name: str) -> Row:
        """Of rows by quarter, or of a single row, the last."""
        rows = self.rows(name)
        return rows[-1] if rows else {}

    def past(self, name: str) -> Row:
        """Of rows by quarter the one before the last, where the tickets speak of all months of both: else no two can be
        compared."""
        rows = self.rows(name)
        return rows[-2] if len(rows) > 1 and _are_whole(self.rows("demand_quarters")) else {}

    def part(self, quarter_start: date) -> str:
        """Of a quarter of which the tickets speak in part, the months that they do: Aug, Sep; empty of any other. The
        quarter beside it names the year."""
        found = next((row for row in self.rows("demand_quarters") if row["quarter_start"] == quarter_start), None)
        if found is None or found["is_whole"] or not found["months"]:
            return ""
        if begins := found.get("begins_on"):
            return f"from {begins.day}{formats.NO_BREAK}{begins:%b}"
        first, last = found["first_month"], found["last_month"]
        return f"{first:%B} only" if first == last else f"{first:%b}, {last:%b}"

    @property
    def untyped(self) -> str:
        """That no ticket states its type, so that nothing tells incidents apart; empty where any does."""
        now = self.now("demand_quarters")
        is_typed = not now.get("tickets") or now["incidents"] is not None
        return "" if is_typed else "No ticket states its type, so every one counts as an incident. "

    @property
    def part_month(self) -> str:
        """That the first month on the slide of spend is there in part; empty where it is whole."""
        found = next((row for row in self.rows("spend_months") if row["begins_on"]), None)
        if found is None:
            return ""
        return f"Invoices on file begin on {formats.day(found['begins_on'])}: that month is there in part. "

    @property
    def unfinished(self) -> str:
        """That the quarter isn't over yet, or is there only in part; empty where all of its months are complete."""
        kinds = {"tickets": self.cover["ticket_months"], "invoices": self.cover["invoice_months"]}
        short = [f"{kind} for {months} of {self.cover['months']}" for kind, months in kinds.items()
                 if 0 < months < self.cover["months"]]  # fmt: skip
        return f"Not all months are complete: {' and '.join(short)}. " if short else ""

    def notes(self, section: str) -> tuple[str, ...]:
        """What was written for the client about a section."""
        return tuple(row["note"] for row in self.rows("notes") if row["section"] == section)


def _are_whole(quarters: list[Row]) -> bool:
    """Whether the tickets speak of every month of the last two."""
    return len(quarters) > 1 and all(row["is_whole"] for row in quarters[-2:])


def _months(quarter: Quarter) -> Row:
    return {"month_from": quarter.start, "month_to": quarter.last_month}


def queries() -> list[str]:
    """The queries made for clients, all but that of the cover."""
    return sorted(name for name, item in all_queries().items() if item.layer == "client_safe" and name != COVER)


def ask(con: warehouse.Connection, client_key: str, quarter: Quarter) -> Facts | None:
    """All that a pack says of a client in a quarter; nothing where there is no such client."""
    given = {"client_key": client_key, "at_most": LISTED, **_months(quarter)}
    covers = rows_of(con, COVER, given)
    if not covers:
        return None
    found = {name: rows_of(con, name, given) for name in queries()}
    is_comparable = _are_whole(found["client_safe.demand_quarters"])
    before = rows_of(con, "client_safe.responsiveness", given | _months(quarter.before)) if is_comparable else []
    return Facts(quarter, covers[0], found, before)

"""What the workspace says of one client in one quarter, by the queries made for clients and by no other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from vitals import formats, warehouse
from vitals.queries import query

Row = dict[str, Any]
QUERIES = (
    "client_safe.actions", "client_safe.agreements", "client_safe.credits", "client_safe.criteria",
    "client_safe.demand_categories", "client_safe.demand_quarters", "client_safe.exclusions",
    "client_safe.impact_quarters", "client_safe.notes", "client_safe.outcomes", "client_safe.recurring_causes",
    "client_safe.responsiveness", "client_safe.satisfaction_quarters", "client_safe.spend_months",
    "client_safe.ticket_list", "client_safe.work",
)  # fmt: skip


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
    """The rows of each query about the client, and of some the same of the quarter before."""

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
        """Of rows by quarter the one before the last."""
        rows = self.rows(name)
        return rows[-2] if len(rows) > 1 else {}

    def notes(self, section: str) -> tuple[str, ...]:
        """What was written for the client about a section."""
        return tuple(row["note"] for row in self.rows("notes") if row["section"] == section)


def _asked(con: warehouse.Connection, name: str, given: Row) -> list[Row]:
    return warehouse.rows(con, name, **{param: given[param] for param in query(name).params})


def _months(quarter: Quarter) -> Row:
    return {"month_from": quarter.start, "month_to": quarter.last_month}


def ask(con: warehouse.Connection, client_key: str, quarter: Quarter, names: Iterable[str] = QUERIES) -> Facts | None:
    """All that a pack says of a client in a quarter; nothing where there is no such client."""
    given = {"client_key": client_key, **_months(quarter)}
    covers = _asked(con, "client_safe.cover", given)
    if not covers:
        return None
    found = {name: _asked(con, name, given) for name in names}
    before = _asked(con, "client_safe.responsiveness", given | _months(quarter.before))
    return Facts(quarter, covers[0], found, before)

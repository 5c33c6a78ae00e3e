"""Short ways to write the raw rows and periods of a test."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

Row = dict[str, Any]


def day(text: str) -> date:
    """A date from 2026-01-31, or the first of 2026-01."""
    return date.fromisoformat(text if len(text) > 7 else f"{text}-01")


def months(first: str, last: str | None = None) -> dict[str, date]:
    """The parameters of a period, both ends included."""
    return {"month_from": day(first), "month_to": day(last or first)}


def line(client: str, on: str, amount: float | str, **more: Any) -> Row:
    """An invoice line."""
    return {"client": client, "invoiced_on": day(on), "amount": amount, **_dated(more)}


def entry(on: str, hours: float | str, client: str | None = None, **more: Any) -> Row:
    """A time entry."""
    return {"worked_on": day(on), "hours": hours, "client": client, **_dated(more)}


def technician(name: str, **more: Any) -> Row:
    """A row of the technicians file."""
    return {"technician": name, **_dated(more)}


def whole(first: str, last: str | None = None) -> list[Row]:
    """Entries without hours or client on the first and last weekday of each month, so that its labour is complete."""
    month, found = day(first), []
    while month <= day(last or first):
        after = (month + timedelta(days=31)).replace(day=1)
        span = [month + timedelta(days=number) for number in range((after - month).days)]
        weekdays = [one for one in span if one.weekday() < 5]
        found += [entry(str(weekdays[0]), 0), entry(str(weekdays[-1]), 0)]
        month = after
    return found


def reached(on: str) -> list[Row]:
    """A ticket opened on that day, so that the data reaches it."""
    return [{"ticket_id": f"opened {on}", "opened_at": datetime.combine(day(on), time(9))}]


def _dated(fields: Row) -> Row:
    """Fields that end in _on, _from or _at and are text become dates."""
    endings = ("_on", "_from")
    return {
        key: day(value) if key.endswith(endings) and isinstance(value, str) else value for key, value in fields.items()
    }

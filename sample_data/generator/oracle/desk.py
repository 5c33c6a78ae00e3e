"""Service levels, times to resolve and consistency of the desk, minute by minute, from the definitions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from math import log
from typing import Any

from .book import Book, ratio
from .loading import Row
from .margins import quantile

OPENS, CLOSES = 9 * 60, 17 * 60


class Clock:
    """Business minutes: from nine to five on weekdays that are no holidays."""

    def __init__(self, book: Book) -> None:
        self.closed = {row["day"] for row in book.rows("holidays")}
        self.before: dict[date, int] = {}
        day, passed = date(2024, 1, 1), 0
        while day < date(2027, 1, 1):
            self.before[day] = passed
            passed += CLOSES - OPENS if self.is_open(day) else 0
            day += timedelta(days=1)

    def is_open(self, day: date) -> bool:
        """Whether the desk works on the day."""
        return day.weekday() < 5 and day not in self.closed

    def at(self, moment: datetime) -> int:
        """Business minutes that have passed at a moment."""
        day, minute = moment.date(), moment.hour * 60 + moment.minute
        return self.before[day] + (min(max(minute, OPENS), CLOSES) - OPENS if self.is_open(day) else 0)

    def between(self, start: datetime, end: datetime) -> int:
        """Business minutes from one moment to another."""
        return self.at(end) - self.at(start)


Pauses = dict[str, list[tuple[datetime, datetime | None]]]


def pauses(book: Book) -> Pauses:
    """The pauses of each ticket, by their start."""
    found: Pauses = defaultdict(list)
    for row in sorted(book.rows("ticket_pauses"), key=lambda row: row["paused_at"]):
        found[row["ticket_id"]].append((row["paused_at"], row["resumed_at"]))
    return found


def net_minutes(clock: Clock, row: Row, end: datetime, waits: Pauses) -> int:
    """Business minutes from the opening to the end without pauses; overlapping ones count once."""
    total, covered = clock.between(row["opened_at"], end), row["opened_at"]
    for start, resumed in waits.get(row["ticket_id"], []):
        first, last = max(start, covered), min(resumed or end, end)
        if last > first:
            total -= clock.between(first, last)
            covered = last
    return total


def _by_people(book: Book) -> list[Row]:
    return [row for row in book.rows("tickets") if row["auto_resolved"] != "Yes"]


def _resolution(clock: Clock, row: Row, end: datetime, waits: Pauses) -> str:
    """What became of the target to resolve by the end."""
    resolved = row["resolved_at"]
    if resolved and resolved < end:
        is_met = net_minutes(clock, row, resolved, waits) <= row["sla_resolution_minutes"]
        return "resolution_met" if is_met else "resolution_missed"
    return "open_past_due" if net_minutes(clock, row, end, waits) > row["sla_resolution_minutes"] else ""


def _response(clock: Clock, row: Row, end: datetime) -> str:
    """What became of the target to respond by the end."""
    responded, target = row["first_response_at"], row["sla_response_minutes"]
    if responded and responded < end:
        return "met" if clock.between(row["opened_at"], responded) <= target else "missed"
    is_resolved = row["resolved_at"] is not None and row["resolved_at"] < end
    return "missed" if is_resolved or clock.between(row["opened_at"], end) > target else ""


def attainment(book: Book, first: date, last: date) -> dict[str, Any]:
    """Service levels of the tickets opened in the days, as they stood when the last day ended."""
    clock, waits, end = Clock(book), pauses(book), datetime(last.year, last.month, last.day) + timedelta(days=1)
    count: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in _by_people(book):
        if first <= row["opened_at"].date() <= last:
            fate = count[row["priority"] or "(none)"]
            if row["sla_resolution_minutes"] is not None:
                fate[_resolution(clock, row, end, waits)] += 1
            if row["sla_response_minutes"] is not None:
                fate[_response(clock, row, end)] += 1
    return {priority: _attained(fate) for priority, fate in count.items()}


def _attained(fate: dict[str, int]) -> dict[str, Any]:
    names = ("resolution_met", "resolution_missed", "open_past_due")
    return {name: fate[name] for name in names} | {
        "resolution_attainment_pct": ratio(fate["resolution_met"], sum(fate[name] for name in names)),
        "response_attainment_pct": ratio(fate["met"], fate["met"] + fate["missed"]),
    }


def _resolved(book: Book, first: date, last: date) -> list[Row]:
    return [row for row in _by_people(book) if row["resolved_at"] and first <= row["resolved_at"].date() <= last]


def resolution_time(book: Book, first: date, last: date) -> dict[str, Any]:
    """How long incidents took, by priority."""
    clock, waits = Clock(book), pauses(book)
    minutes: dict[str, list[float]] = defaultdict(list)
    for row in _resolved(book, first, last):
        if row["ticket_type"] in ("incident", None):
            minutes[row["priority"] or "(none)"].append(net_minutes(clock, row, row["resolved_at"], waits))
    return {
        priority: {
            "tickets": len(taken),
            "median_business_hours": quantile(taken, 0.5) / 60,
            "p90_business_hours": quantile(taken, 0.9) / 60,
        }
        for priority, taken in minutes.items()
    }


def consistency(book: Book, first: date, last: date) -> dict[str, Any]:
    """How much of the difference in effort within a category comes from who did the work."""
    effort: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in _resolved(book, first, last):
        if row["hours"] and row["hours"] > 0 and row["technician"]:
            effort[row["category"] or "(none)"][row["technician"]].append(log(row["hours"]))
    return {category: _consistency(by_person) for category, by_person in effort.items()}


def _consistency(by_person: dict[str, list[float]]) -> dict[str, Any]:
    groups = [values for values in by_person.values() if len(values) >= 5]
    values = [value for group in groups for value in group]
    mean = sum(values) / len(values)
    total = sum((value - mean) ** 2 for value in values)
    between = sum(len(group) * (sum(group) / len(group) - mean) ** 2 for group in groups)
    share = None if len(groups) == 1 else between / total if total else 0.0
    return {"technicians": len(groups), "tickets": len(values), "technician_share_of_variance": share}

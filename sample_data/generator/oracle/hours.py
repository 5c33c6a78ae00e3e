"""Utilisation and payroll of the technicians, and who carries each client, from the definitions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .book import WEEK, Book, rate_at, ratio
from .loading import Row, month_of, months_later

NAMES = ("gross_hours", "net_hours", "logged_hours", "client_hours", "billable_hours")


def days_of(months: Collection[date]) -> list[date]:
    """Every weekday of the months."""
    spans = ((month, (months_later(month, 1) - month).days) for month in months)
    days = (month + timedelta(days=n) for month, count in spans for n in range(count))
    return [day for day in days if day.weekday() < 5]


def _people(book: Book) -> dict[str, Row]:
    """Each service technician's employment, by the latest row."""
    rows = sorted(book.rows("technicians"), key=lambda row: row["valid_from"] or date.min)
    return {row["technician_key"]: row for row in rows if row["is_service"] != "no"}


def is_employed(row: Row, day: date) -> bool:
    """Both the first and the last day count."""
    return (row["starts_on"] or date.min) <= day <= (row["ends_on"] or date.max)


def _capacity(book: Book, person: Row, days: list[date]) -> tuple[Fraction, Fraction]:
    """Gross and net hours of a technician on the weekdays."""
    full = (person["hours_per_week"] or WEEK) / 5
    closed = {row["day"] for row in book.rows("holidays")}
    away: dict[date, Fraction] = defaultdict(Fraction)
    for row in book.rows("time_off"):
        if row["technician_key"] == person["technician_key"] and row["kind"] != "holiday":
            away[row["day"]] += full if row["hours"] is None else row["hours"]
    employed = [day for day in days if is_employed(person, day)]
    net = [full - min(full, away.get(day, Fraction(0))) for day in employed if day not in closed]
    return full * len(employed), sum(net, Fraction(0))


def _is_billable(row: Row) -> bool:
    return row["coverage"] in ("agreement", "billable") or (not row["coverage"] and row["billable_word"] == "Billable")


def _worked(book: Book, months: Collection[date]) -> dict[str, list[Fraction]]:
    """Logged, client and billable hours of everybody."""
    found: dict[str, list[Fraction]] = defaultdict(lambda: [Fraction(0)] * 3)
    for row in book.work:
        if month_of(row["worked_on"]) in months and row.get("technician_key"):
            sums = found[row["technician_key"]]
            sums[0] += row["hours"]
            sums[1] += 0 if row["is_internal"] else row["hours"]
            sums[2] += 0 if row["is_internal"] or not _is_billable(row) else row["hours"]
    return found


def _ratios(hours: dict[str, Fraction]) -> dict[str, Any]:
    net = hours["net_hours"]
    return {name: float(hours[name]) for name in NAMES} | {
        "utilisation_gross": ratio(hours["client_hours"], hours["gross_hours"]),
        "utilisation_net": ratio(hours["client_hours"], net),
        "billable_utilisation": ratio(hours["billable_hours"], net),
        "time_capture": ratio(hours["logged_hours"], net),
    }


def utilisation(book: Book, months: Collection[date]) -> dict[str, Any]:
    """The hours of every service technician, and of all of them together, over months that the hours cover whole."""
    days, worked, found = days_of(months), _worked(book, months), {}
    total = dict.fromkeys(NAMES, Fraction(0))
    for key, person in _people(book).items():
        hours = dict(zip(NAMES, (*_capacity(book, person, days), *worked.get(key, [Fraction(0)] * 3)), strict=True))
        found[person["technician"]] = _ratios(hours)
        # whoever was not employed at all has no place in the company's ratio, whatever was booked late
        total = {name: total[name] + (hours[name] if hours["gross_hours"] else 0) for name in NAMES}
    return {"technicians": found, "all": _ratios(total)}


def payroll(book: Book, months: Collection[date]) -> tuple[Fraction, Fraction, Fraction]:
    """What the service technicians cost, how much of it clients took, and what other client labour cost."""
    people, paid, allocated, outside = _people(book), Fraction(0), Fraction(0), Fraction(0)
    weekdays = days_of(months)
    in_month = {month: sum(month_of(day) == month for day in weekdays) for month in map(month_of, weekdays)}
    for key, person in people.items():
        monthly = (person["hours_per_week"] or WEEK) * Fraction(52, 12)
        for day in weekdays:
            if is_employed(person, day):
                paid += (rate_at(book, key, day) or 50) * monthly / in_month[month_of(day)]
    for row in book.work:
        if month_of(row["worked_on"]) in months and not row["is_internal"]:
            on_payroll = people.get(row.get("technician_key") or "")
            is_inside = on_payroll is not None and is_employed(on_payroll, row["worked_on"])
            allocated, outside = (allocated + row["cost"], outside) if is_inside else (allocated, outside + row["cost"])
    return paid, allocated, outside


def key_people(book: Book, first: date, last: date, least: int = 0) -> dict[str, Any]:
    """How many technicians hold half of each client's hours, of that many at least, and the one who holds most."""
    hours: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for row in book.work:
        if first <= row["worked_on"] <= last and not row["is_internal"]:
            hours[row["client_key"]][row.get("technician") or ""] += row["hours"]
    judged = {client: by_person for client, by_person in hours.items() if sum(by_person.values()) >= least}
    return {book.shown[client]: _key_person(by_person) for client, by_person in judged.items()}


def _key_person(by_person: dict[str, Fraction]) -> dict[str, Any]:
    total, held, count = sum(by_person.values(), Fraction(0)), Fraction(0), 0
    ranked = sorted(((-worked, name) for name, worked in by_person.items() if name))
    while held * 2 < total:
        held -= ranked[count][0]
        count += 1
    return {"bus_factor": count, "top_technician": ranked[0][1], "top_share": ratio(-ranked[0][0], total)}

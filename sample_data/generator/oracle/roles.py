"""Who does account work, what hangs on the owner, and how much work is out of scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .backlog import human, opened_in
from .book import WEEK, Book, ratio
from .hours import is_employed
from .loading import Row, month_of, months_later
from .reach import is_complete_for_labour, reach_of

ACCOUNT = ("account_mgmt", "sales")
AROUND, EXPECTED = 28, 50


def terms_at(book: Book, person: str | None, day: date) -> Row | None:
    """A technician's row on the day."""
    rows = [
        row for row in book.rows("technicians")
        if row["technician_key"] == person and (row["valid_from"] or date.min) <= day
    ]  # fmt: skip
    return max(rows, key=lambda row: row["valid_from"] or date.min, default=None)


def is_senior(row: Row | None) -> bool:
    """The third level."""
    level = ((row or {}).get("level") or "").lower()
    return "3" in level or "senior" in level


def is_owner(row: Row | None) -> bool:
    """An owner of the firm."""
    return ((row or {}).get("is_owner") or "").lower() == "yes"


def _entries(book: Book, months: Collection[date]) -> list[Row]:
    return [row for row in book.work if month_of(row["worked_on"]) in months]


def conflation(book: Book, months: Collection[date]) -> dict[str, Any]:
    """Hours and account work of everybody."""
    found: dict[str, dict[str, Any]] = {}
    for row in sorted(_entries(book, months), key=lambda entry: entry["worked_on"]):
        if not row.get("technician_key"):
            continue
        terms = terms_at(book, row["technician_key"], row["worked_on"])
        sums = found.setdefault(row["technician"], {"logged_hours": Fraction(0), "account_hours": Fraction(0)})
        sums["level"] = terms["level"] if terms else None
        sums["is_owner"] = is_owner(terms) if terms else None
        sums["logged_hours"] += row["hours"]
        sums["account_hours"] += row["hours"] if row["work_type"] in ACCOUNT else 0
    for sums in found.values():
        sums["account_share"] = ratio(sums["account_hours"], sums["logged_hours"])
        sums |= {name: float(sums[name]) for name in ("logged_hours", "account_hours")}
    return found


def senior_account_share(book: Book, months: Collection[date]) -> float | None:
    """Account work of the third level and owners, of all that they wrote down."""
    hours = account = Fraction(0)
    for row in _entries(book, months):
        terms = terms_at(book, row.get("technician_key"), row["worked_on"])
        if is_senior(terms) or is_owner(terms):
            hours += row["hours"]
            account += row["hours"] if row["work_type"] in ACCOUNT else 0
    return ratio(account, hours)


def _business(book: Book, day: date) -> bool:
    return day.weekday() < 5 and day not in {row["day"] for row in book.rows("holidays")}


def _absences(book: Book) -> set[date]:
    """Business days on which every owner is away for the whole day."""
    owners = [row for row in book.rows("technicians") if is_owner(row)]
    away: dict[tuple[str, date], Fraction] = defaultdict(Fraction)
    for row in book.rows("time_off"):
        full = (
            next(
                (one["hours_per_week"] or WEEK for one in owners if one["technician_key"] == row["technician_key"]),
                WEEK,
            )
            / 5
        )
        away[row["technician_key"], row["day"]] += full if row["hours"] is None else row["hours"]
    days = {day for _, day in away if _business(book, day)}
    return {
        day for day in days
        if all(
            away.get((one["technician_key"], day), Fraction(0)) >= (one["hours_per_week"] or WEEK) / 5
            for one in owners if is_employed(one, day)
        )
        and any(is_employed(one, day) for one in owners)
    }  # fmt: skip


def _absence_ratio(book: Book, gone: set[date], absences: set[date], last: date) -> float | None:
    """Tickets ended on a day without the owner against those of a usual day around it."""
    span = {day + timedelta(days=n) for day in gone for n in range(-AROUND, AROUND + 1)}
    usual = {day for day in span - absences if _business(book, day) and day <= last}
    ended = [row["resolved_at"].date() for row in human(book) if row["resolved_at"]]
    if not gone or not usual:
        return None
    rate = Fraction(sum(day in usual for day in ended), len(usual))
    if rate * len(gone) < EXPECTED:
        return None
    return ratio(Fraction(sum(day in gone for day in ended), len(gone)), rate)


def dependence(book: Book, months: Collection[date]) -> dict[str, Any]:
    """How far the months' work hangs on the owners."""
    client_hours = owners = Fraction(0)
    for row in _entries(book, months):
        if not row["is_internal"]:
            client_hours += row["hours"]
            terms = terms_at(book, row.get("technician_key"), row["worked_on"])
            owners += row["hours"] if is_owner(terms) else 0
    escalated = [row for row in opened_in(human(book), months) if row["escalated"] == "Yes"]
    landed = sum(is_owner(terms_at(book, row.get("technician_key"), row["opened_at"].date())) for row in escalated)
    absences = _absences(book)
    gone = {day for day in absences if month_of(day) in months}
    last = months_later(max(months), 1) - timedelta(days=1)
    return {
        "owner_hours_share": ratio(owners, client_hours), "owner_escalations": landed, "escalations": len(escalated),
        "owner_escalation_share": ratio(landed, len(escalated)), "absence_days": len(gone),
        "absence_ratio": _absence_ratio(book, gone, absences, last),
    }  # fmt: skip


def scope_creep(book: Book) -> dict[str, Any]:
    """Hours out of scope and not billed, month by month."""
    sums: dict[date, list[Fraction]] = defaultdict(lambda: [Fraction(0)] * 3)
    for row in book.work:
        if not row["is_internal"]:
            month = sums[month_of(row["worked_on"])]
            month[0] += row["hours"]
            month[1] += row["hours"] if row["coverage"] == "out_of_scope_unbilled" else 0
            month[2] += row["hours"] if row["coverage"] else 0
    reach, month, found = reach_of(book), min(sums), {}
    while is_complete_for_labour(book, reach, month):
        hours, beyond, stated = sums[month]
        found[str(month)] = {
            "client_hours": float(hours), "out_of_scope_hours": float(beyond) if stated else None,
            "out_of_scope_share": ratio(beyond, stated),
        }  # fmt: skip
        month = months_later(month, 1)
    return found

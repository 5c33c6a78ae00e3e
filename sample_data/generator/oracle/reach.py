"""How far invoices, hours and tickets reach, which months are complete for each, and which a margin may count."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .book import Book
from .loading import month_of, months_later


@dataclass(frozen=True)
class Reach:
    """The latest day of each source, and of the hours the first and last day that has an entry."""

    invoices: date
    labour: date
    tickets: date
    entries: tuple[date, date]

    @property
    def data(self) -> date:
        """The latest day of all."""
        return max(self.invoices, self.labour, self.tickets)


def reach_of(book: Book) -> Reach:
    """How far each source goes."""
    entered = [row["worked_on"] for row in book.rows("time_entries")]
    moments = [row[name] for row in book.rows("tickets") for name in ("opened_at", "resolved_at") if row[name]]
    return Reach(
        max(row["invoiced_on"] for row in book.rows("invoice_lines")),
        max(row["worked_on"] for row in book.work),
        max(moments).date(),
        (min(entered), max(entered)),
    )


def _weekdays(month: date) -> list[date]:
    days = (month + timedelta(days=n) for n in range((months_later(month, 1) - month).days))
    return [day for day in days if day.weekday() < 5]


def business_days(book: Book, month: date) -> list[date]:
    closed = {row["day"] for row in book.rows("holidays")}
    return [day for day in _weekdays(month) if day not in closed]


def is_complete_for_invoices(reach: Reach, month: date) -> bool:
    """Something was billed in it or later, and some source reaches its last weekday."""
    return month <= month_of(reach.invoices) and reach.data >= _weekdays(month)[-1]


def is_complete_for_labour(book: Book, reach: Reach, month: date) -> bool:
    """The hours reach its third-last business day; where entries begin and end they must do so themselves."""
    days = business_days(book, month)
    first, last = reach.entries
    if month == month_of(first) and first > days[2]:
        return False
    through = last if month == month_of(last) else reach.labour
    return through >= days[-3]


def _sums(book: Book) -> dict[date, list[Fraction]]:
    """Revenue and client hours of each month that has a line or an hour at all."""
    found: dict[date, list[Fraction]] = defaultdict(lambda: [Fraction(0), Fraction(0)])
    for row in book.rows("invoice_lines"):
        for month, amount in row["revenue"]:
            found[month][0] += 0 if row["client_key"] in book.internal else amount
    for row in book.work:
        found[month_of(row["worked_on"])][1] += 0 if row["is_internal"] else row["hours"]
    return dict(found)


def covered_months(book: Book) -> list[date]:
    """Months that are complete for invoices and for hours and have at least one of each."""
    reach = reach_of(book)
    billed = {month for row in book.rows("invoice_lines") for month, _ in row["revenue"]}
    worked = {month_of(row["worked_on"]) for row in book.work}
    return sorted(
        month for month in billed & worked
        if is_complete_for_invoices(reach, month) and is_complete_for_labour(book, reach, month)
    )  # fmt: skip


def _median(values: list[Fraction]) -> Fraction:
    ranked = sorted(values)
    return (ranked[(len(ranked) - 1) // 2] + ranked[len(ranked) // 2]) / 2


def thin_months(book: Book) -> list[date]:
    """Covered months with less than half of the usual hours, or of the usual revenue."""
    sums, covered = _sums(book), covered_months(book)
    usual = [_median([sums[month][side] for month in covered]) for side in (0, 1)]
    return [month for month in covered if any(sums[month][side] * 2 < usual[side] for side in (0, 1))]


def default_period(book: Book) -> dict[str, Any]:
    """The last twelve covered months, and the day by which they are judged."""
    reach, months = reach_of(book), covered_months(book)[-12:]
    as_of = min(months_later(months[-1], 1) - timedelta(days=1), reach.data)
    days = {"as_of": as_of, "data_through": reach.data, "invoices_through": reach.invoices}
    days |= {"labour_through": reach.labour, "tickets_through": reach.tickets}
    return {name: str(day) for name, day in ({"month_from": months[0], "month_to": months[-1]} | days).items()}

"""Everything loaded, joined once: whose entry it is, what an hour costs, which month a line belongs to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from ..sheets import Sheet
from .loading import Loaded, Row, load, month_of, months_later

ASSUMED_COST, BURDEN, WEEK = Fraction(50), Fraction(1, 4), Fraction(40)
PLACES = Decimal("0.0001")
NOBODY = "(no client)"


def rounded(value: Fraction, places: Decimal = PLACES) -> Fraction:
    """A sum rounded half away from zero."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return Fraction(exact.quantize(places, ROUND_HALF_UP))


def money(value: Fraction | None) -> str | None:
    """A sum to the cent, as text."""
    return None if value is None else f"{Decimal(str(float(rounded(value, Decimal('0.01'))))):.2f}"


def ratio(part: Fraction | int, whole: Fraction | int) -> float | None:
    """A part of a whole; nothing where the whole is nothing or less."""
    return float(Fraction(part) / Fraction(whole)) if whole > 0 else None


@dataclass(frozen=True)
class Book:
    """The loaded rows and what follows from them at once."""

    loaded: dict[str, Loaded]
    shown: dict[str, str]
    internal: frozenset[str]
    classes: dict[str, tuple[str, int]]
    work: list[Row] = field(default_factory=list)
    """Time entries, and hours of tickets in the months before and after them."""

    def rows(self, entity: str) -> list[Row]:
        """The rows of an entity that count."""
        return self.loaded[entity].rows


def rate_at(book: Book, person: str | None, day: date) -> Fraction | None:
    """What an hour of the technician costs on the day; None where nothing says so."""
    versions = [
        row for row in book.rows("technicians")
        if row["technician_key"] == person and (row["valid_from"] or date.min) <= day
    ]  # fmt: skip
    if not versions:
        return None
    row = max(versions, key=lambda version: version["valid_from"] or date.min)
    if row["hourly_cost"] is not None:
        cost: Fraction = row["hourly_cost"]
        return cost
    if row["annual_wage"] is None:
        return None
    burden = BURDEN if row["burden_pct"] is None else row["burden_pct"]
    burden = burden / 100 if burden > Fraction(3, 2) else burden
    return Fraction(row["annual_wage"] * (1 + burden) / ((row["hours_per_week"] or WEEK) * 52))


def _shown(loaded: dict[str, Loaded]) -> dict[str, str]:
    """Each client's name as it is shown: the clients file's spelling, else the most frequent."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for entity in ("tickets", "time_entries", "invoice_lines", "reviews", "agreements", "outcomes"):
        for row in loaded[entity].rows:
            if row.get("client"):
                spellings[row["client_key"]][" ".join(row["client"].split())] += 1
    found = {key: min(names, key=lambda name: (-names[name], name)) for key, names in spellings.items()}
    return found | {row["client_key"]: row["client"] for row in loaded["clients"].rows}


def covered_by(row: Row) -> str:
    """Who pays for an entry: what it says, else what its agreement, its billing or its kind of work say."""
    is_billable = row["billable_word"] == "Billable"
    if row["coverage"] or row["agreement"]:
        return row["coverage"] or "agreement"
    if is_billable:
        return "agreement" if row["billed_amount"] == 0 else "billable"
    return "internal" if (row["work_type"] or "").lower().startswith("internal") else "agreement"


def _entries(book: Book) -> Iterator[Row]:
    """Every time entry with its client: its own, else its ticket's, else none."""
    tickets = {row["ticket_id"]: row.get("client_key") or NOBODY for row in book.rows("tickets")}
    for row in book.rows("time_entries"):
        row["client_key"] = row.get("client_key") or tickets.get(row["ticket_id"])
        row["covered"] = covered_by(row)
        yield row


def _hours_of_tickets(book: Book) -> Iterator[Row]:
    """Hours on tickets of the months before the first and after the last that has an entry."""
    entered = [month_of(row["worked_on"]) for row in book.rows("time_entries")]
    first, last = min(entered), max(entered)
    for row in book.rows("tickets"):
        day = (row["resolved_at"] or row["opened_at"]).date()
        if row["hours"] and not first <= month_of(day) <= last:
            yield row | {
                "worked_on": day, "client_key": row.get("client_key") or NOBODY, "work_type": None, "covered": "",
                "coverage": None, "billable_word": None,
            }  # fmt: skip


def _place(book: Book) -> None:
    """Gives all work its cost, and says whether it is internal."""
    rates: dict[tuple[Any, ...], Fraction | None] = {}
    for row in (*_entries(book), *_hours_of_tickets(book)):
        client = row["client_key"]
        row["is_internal"] = client is None or client in book.internal or row["covered"] == "internal"
        key = (row.get("technician_key"), row["worked_on"])
        if key not in rates:
            rates[key] = rate_at(book, *key)
        row["is_assumed"] = rates[key] is None
        known = rates[key]
        row["cost"] = row["hours"] * (ASSUMED_COST if known is None else known)
        book.work.append(row)


def _portions(row: Row, amount: Fraction, count: int) -> list[tuple[date, Fraction]]:
    """The months that an amount belongs to, each with its part."""
    start = month_of(row["service_from"] or row["invoiced_on"])
    steps = [rounded(amount * k / count) for k in range(count + 1)]
    return [(months_later(start, k), steps[k + 1] - steps[k]) for k in range(count)]


def _spread(book: Book) -> None:
    """Gives every invoice line its class and its monthly revenue and cost."""
    for row in book.rows("invoice_lines"):
        asked = book.classes.get(row["item"], ("", 1))
        row["class"] = row["revenue_class"] or asked[0]
        count = int(row["service_months"] if row["service_months"] is not None else asked[1]) or 1
        is_credit = row["is_credit"] = row["type"] == "Sales credit note"
        cost = row["direct_cost"] or Fraction(0)
        amount = -abs(row["amount"]) if is_credit else row["amount"]
        row["revenue"] = _portions(row, amount, count)
        row["costs"] = _portions(row, -cost if is_credit and cost > 0 else cost, count)


def open_book(sheets: dict[str, Sheet], classes: list[list[str]]) -> Book:
    """Loads every export and joins what belongs together."""
    loaded = {entity: load(entity, sheet) for entity, sheet in sheets.items()}
    internal = frozenset(row["client_key"] for row in loaded["clients"].rows if row["is_internal"] == "yes")
    right = {item: (kind, int(months)) for item, kind, months in classes}
    book = Book(loaded, _shown(loaded), internal, right)
    _place(book)
    _spread(book)
    return book

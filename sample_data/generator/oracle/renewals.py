"""When each client renews, what an outcome price would bring, and what to do first."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .book import Book, money
from .fees import Price, months_billed
from .ledger import Ledger

Row = dict[str, Any]


def _rolled(day: date, as_of: date) -> date:
    """The day's next return on or after another, year by year."""
    year = day.year
    while True:
        try:
            found = day.replace(year=year)
        except ValueError:
            found = date(year, 2, 28)
        if found >= as_of:
            return found
        year += 1


def coming(row: Row, as_of: date) -> tuple[date | None, date | None]:
    """The next renewal or end of an agreement, whichever comes first, and the last day of notice for it."""
    day = row["renews_on"] or row["ends_on"]
    if not day:
        return None, None
    renews = min(_rolled(day, as_of), row["ends_on"] or date.max)
    return renews, None if row["notice_days"] is None else renews - timedelta(days=int(row["notice_days"]))


def _renewal(book: Book, client: str, as_of: date) -> tuple[date | None, date | None]:
    """The next renewal of the active agreements, and the last day of notice for it."""
    dated: list[tuple[date, date]] = []
    for row in book.rows("agreements"):
        is_active = row["starts_on"] <= as_of <= (row["ends_on"] or date.max)
        renews, last = coming(row, as_of)
        if row["client_key"] == client and is_active and renews:
            # of several on one day the longest notice counts
            dated.append((renews, last or date.max))
    if not dated:
        return None, None
    renews, last = min(dated)
    return renews, None if last == date.max else last


def _step(price: Price, current: Fraction, gain: Fraction | None) -> str:
    if price.verdict == "not_on_this_data":
        return "not_on_this_data"
    is_cheap = price.target is not None and price.current < price.target
    if current < 0 or (price.verdict == "fix_first" and is_cheap):
        return "reprice_first"
    if price.verdict == "fix_first":
        return "fix_service"
    return "convert" if gain is not None and gain > 0 else "hold"


def plan(ledger: Ledger, found: dict[str, Price], months: list[date], as_of: date) -> dict[str, Any]:
    """Every client's renewal."""
    rows = {}
    for client, price in found.items():
        account, billed = ledger.of(client, months), months_billed(ledger, client, months)
        yearly = (account.recurring[1] + account.managed_labour) * 12 / billed
        current, outcome = 12 * price.current - yearly, None
        if price.offered is not None and price.cost is not None and price.credit is not None:
            outcome = 12 * price.offered * (1 - price.credit) - price.cost
        gain = None if outcome is None else outcome - current
        pays = outcome is not None and gain is not None and outcome > 0 and gain > 0
        renews, notice = _renewal(ledger.book, client, as_of)
        rows[ledger.book.shown[client]] = {
            "renews_on": str(renews) if renews else None, "notice_by": str(notice) if notice else None,
            "current_margin": money(current), "outcome_margin": money(outcome), "gain": money(gain),
            "break_even_loss": float(gain / outcome) if pays and gain and outcome else None,
            "step": _step(price, current, gain),
        }  # fmt: skip
    return rows

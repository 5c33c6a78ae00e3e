"""Each client's months: what came in and went out, who its people are, since when it is a client."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .book import Book
from .commitments import recurring
from .loading import Row, months_later
from .margins import Account, accounts
from .reach import covered_months


@dataclass(frozen=True)
class Ledger:
    """The accounts of every client in every covered month, and its recurring revenue."""

    book: Book
    covered: tuple[date, ...]
    accounts: dict[date, dict[str, Account]]
    recurring: dict[str, dict[date, Fraction]]
    known: dict[str, Row]
    """The row of the clients file."""
    first: dict[str, date]
    """The first month that anything was billed for."""

    def of(self, client: str, months: Iterable[date]) -> Account:
        """A client's account over some covered months."""
        return merged_plain(self.accounts[month].get(client, Account()) for month in months)

    def users(self, client: str) -> Fraction:
        """Today's users; 0 where nobody counted them."""
        return self.known.get(client, {}).get("users") or Fraction(0)

    def active_months(self, client: str, months: Iterable[date]) -> list[date]:
        """Those of the months in which the client has revenue or hours."""
        rows = ((month, self.accounts[month].get(client, Account())) for month in months)
        return [month for month, account in rows if account.total()[0] > 0 or account.hours > 0]

    def clients(self, months: Iterable[date]) -> list[str]:
        """Every client of these months."""
        return sorted({client for month in months for client in self.accounts[month]})

    def started(self, client: str) -> date | None:
        """Since when it is a client; unknown where it is billed from the first month of the data on."""
        first = self.first
        stated: date | None = self.known.get(client, {}).get("starts_on")
        return stated or (first[client] if client in first and first[client] > min(first.values()) else None)


def merged_plain(parts: Iterable[Account]) -> Account:
    """The sum of accounts of one client."""
    total = Account()
    for account in parts:
        for kind, amount in account.revenue.items():
            total.revenue[kind] += amount
        for kind, amount in account.cost.items():
            total.cost[kind] += amount
        for name in ("hours", "labour", "assumed_hours", "managed_hours", "managed_labour"):
            setattr(total, name, getattr(total, name) + getattr(account, name))
    return total


def _first_billed(book: Book) -> dict[str, date]:
    found: dict[str, date] = {}
    for row in book.rows("invoice_lines"):
        for month, amount in row["revenue"]:
            if amount > 0:
                found[row["client_key"]] = min(month, found.get(row["client_key"], month))
    return found


def open_ledger(book: Book) -> Ledger:
    """Sorts everything by month once."""
    covered = covered_months(book)
    by_month = {month: accounts(book, {month}) for month in covered}
    known = {row["client_key"]: row for row in book.rows("clients") if row["client_key"] not in book.internal}
    return Ledger(book, tuple(covered), by_month, recurring(book), known, _first_billed(book))


def span(last: date, count: int) -> list[date]:
    """So many months up to and with the last."""
    return [months_later(last, n - count + 1) for n in range(count)]

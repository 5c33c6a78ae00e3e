"""Single figures behind the planted cases: spreads, credits, a raise, two clients on either side of the crossover."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from .book import Book, money, rate_at
from .commitments import recurring
from .loading import Row

RAISED, PREPAID = "hannah lindqvist", "marrowby opticians"


def _closest(regimes: dict[str, Any], share: float) -> str:
    """The client whose outcome fee crosses hours nearest to a share of automated hours."""
    found = {client: rows["outcome"]["crossover_automation_share"] for client, rows in regimes.items()}
    return min((client for client in found if found[client] is not None), key=lambda client: abs(found[client] - share))


def _four_places(value: Fraction) -> str:
    return f"{float(value):.4f}"


def _prepaid(book: Book) -> dict[str, str]:
    """The last year paid in advance: the first month's part and the last's."""
    rows: list[Row] = [
        row for row in book.rows("invoice_lines") if row["client_key"] == PREPAID and len(row["revenue"]) == 12
    ]
    last = max(rows, key=lambda row: row["invoiced_on"])
    parts = [amount for _, amount in last["revenue"]]
    return {
        "amount": str(money(last["amount"])),
        "first_month": _four_places(parts[0]),
        "last_month": _four_places(parts[-1]),
    }


def _credits(book: Book) -> list[dict[str, str | None]]:
    rows = [row for row in book.rows("invoice_lines") if row["type"] == "Sales credit note"]
    return [{"client": book.shown[row["client_key"]], "amount": money(row["revenue"][0][1])} for row in rows]


def _side(regimes: dict[str, Any], *, is_better: bool) -> str:
    """The client for whom an outcome fee differs most from hours, in one direction or the other."""
    gains = {
        client: float(rows["outcome"]["provider_margin"]) - float(rows["hourly"]["provider_margin"])
        for client, rows in regimes.items()
        if rows["outcome"]["crossover_automation_share"] is not None
    }
    return (max if is_better else min)(gains, key=lambda client: gains[client])


def _by_month(book: Book, item: str) -> dict[str, str | None]:
    """The months to which the lines of an item belong."""
    rows = [row for row in book.rows("invoice_lines") if item in row["item"]]
    return {str(month): money(amount) for row in rows for month, amount in row["revenue"]}


def _recurring(book: Book) -> dict[str, str]:
    """Recurring revenue around the two lines that count in it only in part."""
    revenue, spans = recurring(book), {"wexcombe printers": (7, 9), "nettlecombe florists": (5, 8)}
    return {
        book.shown[client]: ", ".join(
            f"2025-{n:02} {money(revenue[client].get(date(2025, n, 1), Fraction(0)))}" for n in range(first, last + 1)
        )
        for client, (first, last) in spans.items()
    }


def _why(row: Row) -> str:
    """Which of the rules for an empty coverage decides."""
    if row["agreement"]:
        return "an agreement is named"
    kind = "internal by its work type" if row["work_type"].startswith("Internal") else "nothing else says how"
    if row["billable_word"] != "Billable":
        return kind
    return "billable, billed at 0" if row["billed_amount"] == 0 else f"billable, {kind}"


def _coverage(book: Book) -> dict[str, list[str]]:
    """How the entries count that leave their coverage open."""
    rows = [row for row in book.rows("time_entries") if not row["coverage"]]
    return {row["entry_id"]: [_why(row), row["covered"]] for row in rows}


def _blocks(book: Book) -> list[dict[str, Any]]:
    """Blocks of hours: how many were bought, and how many time entries name the block since."""
    return [
        {
            "client": book.shown[row["client_key"]], "included": float(row["included_hours"]),
            "used": float(sum(
                entry["hours"] for entry in book.rows("time_entries")
                if (entry["client_key"], entry["agreement"]) == (row["client_key"], row["name"])
            )),
        }
        for row in book.rows("agreements") if row["included_hours"]
    ]  # fmt: skip


def _owed(book: Book, client: str, day: date) -> dict[str, Any]:
    """What a client should have paid by the day and has not."""
    rows = [
        row for row in book.rows("invoice_lines")
        if row["client_key"] == client and row["due_on"] < day and (row["paid_on"] is None or row["paid_on"] > day)
    ]  # fmt: skip
    total = sum((row["amount"] + (row["tax"] or 0) for row in rows), Fraction(0))
    return {"client": book.shown[client], "overdue": money(total)}


def planted(book: Book, regimes: dict[str, Any]) -> dict[str, Any]:
    """What the README says about the planted cases beyond the tables."""
    before, after = (rate_at(book, RAISED, day) for day in (date(2026, 4, 30), date(2026, 5, 1)))
    internal = sum((row["hours"] for row in book.rows("time_entries") if row["is_internal"]), Fraction(0))
    return {
        "prepaid": _prepaid(book), "credits": _credits(book), "internal_hours": f"{float(internal):g}",
        "raise": {"before": money(before), "after": money(after)},
        "coverage": _coverage(book), "recurring": _recurring(book), "instalment": _by_month(book, "instalment"),
        "project": _by_month(book, "network review"),
        "blocks": _blocks(book), "owed": _owed(book, "foxwhistle media", date(2026, 10, 31)),
        "outcome_close": _closest(regimes, 0.2),
        "outcome_worse": _side(regimes, is_better=False), "outcome_better": _side(regimes, is_better=True),
    }  # fmt: skip

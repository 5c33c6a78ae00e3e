"""Recurring revenue, its movement and concentration, and the reviews that were owed, from the definitions."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .book import Book, money, ratio
from .loading import Row, months_later
from .margins import RECURRING, Account

CADENCE = 91


def _repeats(book: Book) -> set[int]:
    """Lines that were billed twice and credited once: of several equal ones each credit of that amount cancels one."""
    equal: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    credits: Counter[tuple[Any, ...]] = Counter()
    for row in book.rows("invoice_lines"):
        key = (row["client_key"], row["item"], row["revenue"][0][0], abs(row["amount"]))
        if row["is_credit"]:
            credits[key] += 1
        elif row["amount"] > 0:
            equal[key].append(row)
    gone = (rows[1 : 1 + credits[key]] for key, rows in equal.items())
    return {id(row) for rows in gone for row in rows}


def recurring(book: Book) -> dict[str, dict[date, Fraction]]:
    """Monthly recurring revenue of each client: without credits, and without months that begin after it left."""
    found: dict[str, dict[date, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    ends = {row["client_key"]: row["ends_on"] for row in book.rows("clients")}
    repeats = _repeats(book)
    for row in book.rows("invoice_lines"):
        client = row["client_key"]
        counts = row["class"] in RECURRING and not row["is_credit"] and id(row) not in repeats
        if counts and client not in book.internal:
            for month, amount in row["revenue"]:
                if month <= (ends.get(client) or date.max):
                    found[client][month] += amount
    return found


def _movement(before: Fraction, now: Fraction, had: bool) -> str:
    if before > 0:
        return "churn" if now <= 0 else "expansion" if now > before else "contraction"
    if now > 0:
        return "reactivation" if had else "new"
    return "expansion" if now > before else "contraction"


def bridge(book: Book, last: date) -> dict[str, Any]:
    """Month by month: opening, each movement, closing."""
    revenue = recurring(book)
    month = min(month for by_month in revenue.values() for month, amount in by_month.items() if amount)
    rows, had = {str(month): {"closing": money(_total(revenue, month))}}, _with_revenue(revenue, month)
    while (month := months_later(month, 1)) <= last:
        moves: dict[str, Fraction] = defaultdict(Fraction)
        for client, by_month in revenue.items():
            before, now = by_month.get(months_later(month, -1), Fraction(0)), by_month.get(month, Fraction(0))
            moves[_movement(before, now, client in had)] += now - before
        ends = {"opening": _total(revenue, months_later(month, -1)), "closing": _total(revenue, month)}
        kinds = ("new", "reactivation", "expansion", "contraction", "churn")
        rows[str(month)] = {name: money((ends | moves).get(name, Fraction(0))) for name in (*ends, *kinds)}
        had |= _with_revenue(revenue, month)
    return rows


def _with_revenue(revenue: dict[str, dict[date, Fraction]], month: date) -> set[str]:
    return {client for client, by_month in revenue.items() if by_month.get(month, Fraction(0)) > 0}


def _total(revenue: dict[str, dict[date, Fraction]], month: date) -> Fraction:
    return sum((by_month.get(month, Fraction(0)) for by_month in revenue.values()), Fraction(0))


def retention(book: Book, first: date, last: date) -> dict[str, Any]:
    """How much of the opening revenue was kept, without and with growth."""
    revenue = recurring(book)
    ends = [(by_month.get(first, Fraction(0)), by_month.get(last, Fraction(0))) for by_month in revenue.values()]
    ends = [(opening, closing) for opening, closing in ends if opening > 0]
    total, lost = sum((opening for opening, _ in ends), Fraction(0)), sum(closing <= 0 for _, closing in ends)
    kept = sum((min(opening, max(closing, Fraction(0))) for opening, closing in ends), Fraction(0))
    return {
        "opening_mrr": money(total), "gross_revenue_retention": ratio(kept, total),
        "net_revenue_retention": ratio(sum((max(closing, Fraction(0)) for _, closing in ends), Fraction(0)), total),
        "clients_opening": len(ends), "clients_lost": lost, "logo_churn": ratio(lost, len(ends)),
    }  # fmt: skip


def concentration(book: Book, found: dict[str, Account]) -> dict[str, Any]:
    """How much hangs on the largest clients, groups taken together."""
    parents = {row["client_key"]: row.get("parent_key") for row in book.rows("clients")}
    groups: dict[str, Fraction] = defaultdict(Fraction)
    for client, account in found.items():
        revenue = account.total(without="product")[0]
        if revenue > 0:
            groups[parents.get(client) or client] += revenue
    ranked, total = sorted(groups.values(), reverse=True), sum(groups.values(), Fraction(0))
    hhi = float(sum((amount / total) ** 2 for amount in ranked)) * 10000
    shares = {f"top{n}_share": ratio(sum(ranked[:n], Fraction(0)), total) for n in (1, 3, 10)}
    return shares | {"hhi": hhi, "effective_clients": 10000 / hhi}


def _terms(book: Book) -> dict[str, tuple[date, date, int]]:
    """First day, last day and cadence of every client."""
    found: dict[str, tuple[date, date, int]] = {}
    first: dict[str, date] = {}
    for row in book.rows("invoice_lines"):
        for month, _ in row["revenue"]:
            first[row["client_key"]] = min(month, first.get(row["client_key"], month))
    known: dict[str, Row] = {row["client_key"]: row for row in book.rows("clients")}
    for client in {*known, *first} - book.internal:
        row = known.get(client, {})
        start = row.get("starts_on") or first.get(client)
        cadence = row.get("review_cadence_days")
        if start:
            found[client] = (start, row.get("ends_on") or date.max, CADENCE if cadence is None else int(cadence))
    return found


def _last_held(book: Book, client: str, as_of: date) -> date | None:
    held = [
        row["held_on"] for row in book.rows("reviews")
        if row["client_key"] == client and row["held_on"] and row["held_on"] <= as_of
        and row["status"] not in ("cancelled", "no_show") and not (row["kind"] or "").lower().startswith("internal")
    ]  # fmt: skip
    return max(held, default=None)


def reviews(book: Book, as_of: date, weighed: date) -> dict[str, Any]:
    """Each client's reviews, and how many of those due were held; weighed by the recurring revenue of a month."""
    found, weights, revenue = {}, [Fraction(0)] * 2, recurring(book)
    for client, (start, end, cadence) in sorted(_terms(book).items()):
        held, window = _last_held(book, client, as_of), timedelta(days=cadence)
        is_due = cadence > 0 and start <= as_of - window and end >= as_of
        is_done = is_due and held is not None and held > as_of - window
        overdue = max(0, (as_of - (held or start)).days - cadence) if is_due else None
        weight = max(revenue[client].get(weighed, Fraction(0)), Fraction(0))
        weights = [weights[0] + weight * is_due, weights[1] + weight * is_done]
        found[book.shown[client]] = {
            "cadence_days": cadence, "last_held_on": str(held) if held else None, "is_due": is_due,
            "is_completed": is_done, "days_overdue": overdue,
        }  # fmt: skip
    due, done = (sum(row[name] is True for row in found.values()) for name in ("is_due", "is_completed"))
    summary = {"clients_due": due, "clients_completed": done, "completion_pct": ratio(done, due)}
    return {"clients": found, "all": summary | {"mrr_weighted_pct": ratio(weights[1], weights[0])}}

"""What to do first: what clients would bring, what a date puts at stake or is owed, then what brings no money."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .book import Book, money
from .commitments import recurring, reviews
from .components import BAND, LEGIBLE, TARGET
from .gaps import Compared, compared
from .hours import utilisation
from .ledger import Ledger
from .loading import month_of, months_later
from .reach import is_complete_for_labour, reach_of
from .receivables import receivables
from .renewals import coming

BILL_RATE, MOST, FEWEST_MONTHS, SOON = Fraction(150), 5, 3, 90
REASONS = ("price", "tools", "demand", "handling", "seniority")
Row = dict[str, Any]


@dataclass(frozen=True)
class Paying:
    """A client that still pays, with what it brought and took over some covered months."""

    client: str
    months: int
    service: Fraction
    service_margin: Fraction
    margin: Fraction
    unbilled: Fraction


def _paying(ledger: Ledger, months: list[date]) -> list[Paying]:
    """Clients with revenue in the last month, three months at least, that haven't left."""
    last, found = max(months), []
    end = months_later(last, 1) - timedelta(days=1)
    for client in ledger.clients(months):
        count, total = len(ledger.active_months(client, months)), ledger.of(client, months)
        left_on = ledger.known.get(client, {}).get("ends_on")
        if count >= FEWEST_MONTHS and ledger.of(client, [last]).total()[0] > 0 and (left_on or date.max) > end:
            service, margin = total.total(without="product")
            unbilled = sum(
                row["hours"] for row in ledger.book.work
                if row["client_key"] == client and not row["is_internal"]
                and month_of(row["worked_on"]) in months and row["coverage"] == "out_of_scope_unbilled"
            )  # fmt: skip
            found.append(Paying(client, count, service, margin, total.total()[1], Fraction(unbilled)))
    return found


def _offers(paying: Paying, gap: Compared | None) -> dict[str, Fraction]:
    """What a client would bring over the months, by what is done."""
    to_tier = gap.parts["gap"] if gap else None
    offers = {"cover_cost": -paying.margin, "bill_out_of_scope": paying.unbilled * BILL_RATE}
    if to_tier is None:
        cost = paying.service - paying.service_margin
        offers["reach_target"] = cost / (1 - Fraction(TARGET)) - paying.service
    else:
        offers["reach_tier"] = -to_tier
    return offers


def _reason(gap: Compared) -> tuple[str | None, float | None]:
    """What costs the client most against its tier, and how many times the tier's that is."""
    names = [name for name in REASONS if gap.parts[name] is not None]
    names += ["effort"] if gap.parts["demand"] is None else []
    worst = min(names, key=lambda name: gap.parts[name] or Fraction(0))
    if (gap.parts[worst] or 0) >= 0:
        return None, None
    own, tier = gap.own, gap.tier
    sides = {
        "price": (own.per_user("revenue"), tier.per_user("revenue")), "seniority": (own.rate, tier.rate),
        "demand": (own.per_user("tickets"), tier.per_user("tickets")),
    }  # fmt: skip
    if worst == "handling":
        sides["handling"] = own.hours / own.tickets, tier.hours / tier.tickets
    return worst, float(sides[worst][0] / sides[worst][1]) if worst in sides else None


def _valued(ledger: Ledger, months: list[date]) -> list[Row]:
    """The best offer of each client, those that bring most first."""
    gaps, found = {one.client: one for one in compared(ledger, months)}, []
    for paying in _paying(ledger, months):
        gap = gaps.get(paying.client)
        kind, amount = min(_offers(paying, gap).items(), key=lambda offer: (-offer[1], offer[0]))
        if amount / paying.months >= 1:
            reason, against = _reason(gap) if gap and kind == "reach_tier" else (None, None)
            found.append({
                "kind": kind, "subject": ledger.book.shown[paying.client], "year": 12 * amount / paying.months,
                "months": paying.months, "reason": reason, "ratio": against,
                "hours": float(paying.unbilled) if kind == "bill_out_of_scope" else None,
            })  # fmt: skip
    return sorted(found, key=lambda row: (-row["year"], row["subject"]))


def _captured(ledger: Ledger, months: Collection[date]) -> bool:
    """Whether so much of the time at work is written down that a margin can be read."""
    return (utilisation(ledger.book, months)["all"]["time_capture"] or 1) >= LEGIBLE


def _employed(ledger: Ledger, months: list[date]) -> dict[str, float]:
    """The weeks in which each technician was employed, of those who were to the end."""
    known = [month for month in months if is_complete_for_labour(ledger.book, reach_of(ledger.book), month)]
    by_month = {month: utilisation(ledger.book, [month])["technicians"] for month in known}
    names = {name for rows in by_month.values() for name in rows}
    count = {name: sum(rows[name]["gross_hours"] > 0 for rows in by_month.values()) for name in names}
    return {
        name: months_ * 52 / 12 for name, months_ in count.items()
        if months_ >= FEWEST_MONTHS and by_month[max(known)][name]["gross_hours"] > 0
    }  # fmt: skip


def _move(ledger: Ledger, months: list[date]) -> list[Row]:
    """Hours a week from who works furthest beyond the band to who has most room below it."""
    weeks, over, under = _employed(ledger, months), [], []
    for name, row in utilisation(ledger.book, months)["technicians"].items():
        if name in weeks and row["time_capture"] >= LEGIBLE:
            beyond = (row["client_hours"] - BAND[1] * row["net_hours"]) / weeks[name]
            if row["utilisation_net"] > BAND[1]:
                over.append((-beyond, name))
            elif row["utilisation_net"] < BAND[0]:
                under.append((beyond, name))
    pairs = [(min(-more, -room), who, to) for (more, who), (room, to) in zip(sorted(over), sorted(under), strict=False)]
    hours, who, to = min(pairs, key=lambda pair: (-pair[0], pair[1]), default=(0.0, "", ""))
    return [{"kind": "move_hours", "subject": who, "partner": to, "hours": hours}] if hours >= 1 else []


def _review(ledger: Ledger, as_of: date) -> list[Row]:
    """The overdue review that most recurring revenue waits for, and how many more are overdue."""
    revenue, month = recurring(ledger.book), month_of(as_of)
    named = {ledger.book.shown[client]: by_month.get(month, Fraction(0)) for client, by_month in revenue.items()}
    waiting = [
        (-named.get(name, Fraction(0)), -row["days_overdue"], name)
        for name, row in reviews(ledger.book, as_of, month)["clients"].items()
        if row["is_due"] and not row["is_completed"]
    ]  # fmt: skip
    if not waiting:
        return []
    exposed, _, name = min(waiting)
    return [
        {"kind": "hold_review", "subject": name, "exposed_a_month": money(-exposed) if exposed else None,
         "more": len(waiting) - 1}
    ]  # fmt: skip


def _notices(book: Book, as_of: date) -> list[Row]:
    """The contracts whose last day of notice comes soon, and what they bring."""
    revenue, month, found = recurring(book), month_of(as_of), []
    in_force = [row for row in book.rows("agreements") if row["starts_on"] <= as_of <= (row["ends_on"] or date.max)]
    for row in in_force:
        client = row["client_key"]
        _, notice_by = coming(row, as_of)
        if not notice_by or not as_of <= notice_by <= as_of + timedelta(days=SOON):
            continue
        billed = (
            revenue[client].get(month, Fraction(0)) if [one["client_key"] for one in in_force].count(client) == 1 else 0
        )
        stake = billed if billed > 0 else row["monthly_fee"] or Fraction(0)
        found.append((notice_by, book.shown[client], stake))
    if not found:
        return []
    whole, (by, name, own) = sum((stake for _, _, stake in found), Fraction(0)), min(found)
    return [
        {
            "kind": "settle_notice",
            "subject": name,
            "year": 12 * whole,
            "month": money(whole),
            "notice_by": by.isoformat(),
            "of_subject": money(own),
            "more": len(found) - 1,
        }
    ]


def _overdue(book: Book, day: date) -> list[Row]:
    """What is owed past its due date, and by whom most of it."""
    owed = receivables(book, day)
    return [
        {
            "kind": "collect",
            "subject": owed["worst_client"],
            "year": Fraction(owed["overdue_amount"]),
            "month": None,
            "of_subject": owed["worst_amount"],
            "more": owed["overdue_clients"] - 1,
        }
    ]


def actions(ledger: Ledger, months: list[date], as_of: date) -> dict[str, Any]:
    """The list by place, at most five; what brings no money of its own stands at its end."""
    valued = _valued(ledger, months) if _captured(ledger, months) else []
    others = [*_move(ledger, months), *_review(ledger, as_of)]
    whole = {"clients_in_all": len(valued), "money_in_all": money(sum((row["year"] for row in valued), Fraction(0)))}
    due = [*_notices(ledger.book, as_of), *_overdue(ledger.book, as_of)]
    of_money = sorted([*valued, *due], key=lambda row: (-row["year"], row["subject"]))[: MOST - min(len(others), 1)]
    listed = [
        {name: value for name, value in row.items() if name not in ("year", "month")}
        | {"money_a_year": money(row["year"]), "money_a_month": row.get("month", money(row["year"] / 12))}
        for row in of_money
    ]
    others = others[: MOST - len(listed)]
    rows = [*listed, *(row | {"money_a_year": None, "money_a_month": None} for row in others)]
    return {str(place): row | whole for place, row in enumerate(rows, 1)}

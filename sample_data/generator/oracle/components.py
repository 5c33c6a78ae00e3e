"""The six components of the operating model, each from 1 to 5 by what was found over twelve months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .backlog import health, opened_in
from .book import ratio
from .commitments import retention, reviews
from .desk import attainment, consistency
from .hours import key_people, utilisation
from .ledger import Ledger, span
from .loading import month_of, months_later
from .margins import Account, accounts, dispersion, merged
from .roles import dependence, senior_account_share
from .signals import last_month

TARGET, BAND, LEGIBLE, JUDGED = 0.5, (0.7, 0.8), 0.9, 40
Values = dict[str, float | None]
BOUNDS = {
    "delivery": {
        "tickets resolved in time": (0.75, 0.95), "effort that hangs on who does it": (0.14, 0.06),
        "spread of margins in a tier": (0.25, 0.05),
    },
    "people": {
        "clients that hang on one person": (0.5, 0.1), "account work of seniors and owners": (0.25, 0.05),
        "technicians in the healthy band": (0.3, 0.8), "escalations to the owner": (0.3, 0.05),
    },
    "commercial": {
        "unbilled work out of scope": (0.08, 0.01), "revenue at the target margin": (0.3, 0.8),
        "clients that lose money": (0.15, 0), "recurring revenue": (0.5, 0.8),
    },
    "technology": {
        "tickets resolved by automation": (0.05, 0.3), "tickets a user and month": (1.5, 0.5),
        "hours a ticket": (2, 0.75),
    },
    "client_relationship": {
        "reviews held when owed": (0.5, 0.9), "revenue kept over a year": (0.8, 0.95),
        "tickets rated well": (0.8, 0.95),
    },
    "metrics": {
        "time that is written down": (0.7, 0.95), "tickets with categories and first responses": (0.7, 0.98),
        "revenue with a confirmed class": (0.5, 0.95),
    },
}  # fmt: skip
"""Component -> part -> where it scores 1, and where 5."""


@dataclass(frozen=True)
class Year:
    """The twelve months that a day closes."""

    ledger: Ledger
    as_of: date
    last: date

    @property
    def months(self) -> list[date]:
        """Its months."""
        return span(self.last, 12)

    @property
    def days(self) -> tuple[date, date]:
        """Its first and last day."""
        return self.months[0], months_later(self.last, 1) - timedelta(days=1)


def _weighed(pairs: Iterable[tuple[float | None, float]]) -> float | None:
    """The mean of what is known, by its weights."""
    known = [(value, weight) for value, weight in pairs if value is not None]
    return sum(value * weight for value, weight in known) / sum(weight for _, weight in known) if known else None


def _delivery(year: Year) -> Values:
    levels = attainment(year.ledger.book, *year.days).values()
    met = sum(row["resolution_met"] for row in levels)
    judged = met + sum(row["resolution_missed"] + row["open_past_due"] for row in levels)
    categories = consistency(year.ledger.book, *year.days).values()
    tiers = dispersion(year.ledger.book, accounts(year.ledger.book, year.months), year.last)
    return {
        "tickets resolved in time": ratio(met, judged),
        "effort that hangs on who does it": _weighed(
            (row["technician_share_of_variance"], row["tickets"]) for row in categories
        ),
        "spread of margins in a tier": _weighed(
            (row["iqr_gross_margin_pct"], row["clients"]) for tier, row in tiers.items() if tier != "(no tier)"
        ),
    }


def _people(year: Year) -> Values:
    book = year.ledger.book
    carried, owners = key_people(book, *year.days, JUDGED), dependence(book, year.months)
    legible = [
        row["utilisation_net"] for row in utilisation(book, year.months)["technicians"].values()
        if row["time_capture"] is not None and row["time_capture"] >= LEGIBLE
    ]  # fmt: skip
    return {
        "clients that hang on one person": ratio(sum(row["bus_factor"] == 1 for row in carried.values()), len(carried)),
        "account work of seniors and owners": senior_account_share(book, year.months),
        "technicians in the healthy band": ratio(sum(BAND[0] <= one <= BAND[1] for one in legible), len(legible)),
        "escalations to the owner": owners["owner_escalation_share"] if owners["escalations"] >= 10 else None,
    }


def _on_target(rows: list[Account]) -> float | None:
    """Revenue without products of the clients at the target margin, of all that have any."""
    sums = [row.total(without="product") for row in rows]
    sold = [(revenue, margin) for revenue, margin in sums if revenue > 0]
    on_target = sum((revenue for revenue, margin in sold if float(margin / revenue) >= TARGET), Fraction(0))
    return ratio(on_target, sum((revenue for revenue, _ in sold), Fraction(0)))


def _commercial(year: Year) -> Values:
    book = year.ledger.book
    ever = {row["client_key"] for row in book.rows("invoice_lines")}
    found = accounts(book, year.months)
    billed = [account for client, account in found.items() if client in ever]
    total = merged(found)
    work = [row for row in book.work if month_of(row["worked_on"]) in year.months and not row["is_internal"]]
    beyond = sum((row["hours"] for row in work if row["coverage"] == "out_of_scope_unbilled"), Fraction(0))
    return {
        "unbilled work out of scope": ratio(
            beyond, sum((row["hours"] for row in work if row["coverage"]), Fraction(0))
        ),
        "revenue at the target margin": _on_target(billed),
        "clients that lose money": ratio(sum(row.total()[1] < 0 for row in billed), len(billed)),
        "recurring revenue": ratio(total.recurring[0], total.total(without="")[0] - total.revenue[""]),
    }


def _desk(year: Year) -> Values:
    """Technology, and what clients say of the desk."""
    found = health(year.ledger, year.months)
    return {
        "tickets resolved by automation": found["auto_resolved_share"],
        "tickets a user and month": found["tickets_per_user_month"],
        "hours a ticket": found["hours_per_ticket"],
        "tickets rated well": found["csat_positive_pct"] if found["csat_responses"] >= 10 else None,
    }


def _relations(year: Year) -> Values:
    book = year.ledger.book
    return {
        "reviews held when owed": reviews(book, year.as_of, year.last)["all"]["completion_pct"],
        "revenue kept over a year": retention(book, months_later(year.last, -12), year.last)["gross_revenue_retention"],
    }


def _records(year: Year) -> Values:
    book = year.ledger.book
    opened = opened_in([row for row in book.rows("tickets") if row["auto_resolved"] != "Yes"], year.months)
    filled = sum(row["category"] is not None and row["first_response_at"] is not None for row in opened)
    total = merged(accounts(book, year.months))
    revenue = total.total()[0]
    return {
        "time that is written down": utilisation(book, year.months)["all"]["time_capture"],
        "tickets with categories and first responses": ratio(filled, len(opened)),
        "revenue with a confirmed class": ratio(revenue - max(total.revenue[""], Fraction(0)), revenue),
    }


def _score(value: float | None, worse: float, better: float) -> float | None:
    """1 at the worse bound, 5 at the better one, in proportion between."""
    return None if value is None else 1 + 4 * min(max((value - worse) / (better - worse), 0), 1)


def scores(ledger: Ledger, as_of: date) -> tuple[dict[str, Any], dict[str, Any]]:
    """Every part with its score, and every component with the mean of its parts."""
    year = Year(ledger, as_of, last_month(ledger, as_of))
    made = (_delivery, _people, _commercial, _desk, _relations, _records)
    values = {name: value for make in made for name, value in make(year).items()}
    parts = {
        f"{component}/{part}": {"score": _score(values[part], *bounds)}
        for component, bounded in BOUNDS.items() for part, bounds in bounded.items()
    }  # fmt: skip
    return parts, {component: _mean(component, parts) for component in BOUNDS}


def _mean(component: str, parts: dict[str, Any]) -> dict[str, Any]:
    own = [row["score"] for name, row in parts.items() if name.startswith(f"{component}/")]
    known = [score for score in own if score is not None]
    mean = sum(known) / len(known) if 2 * len(known) >= len(own) else None
    return {"data_score": mean, "checklist_score": None, "parts_measured": len(known), "parts": len(own)}

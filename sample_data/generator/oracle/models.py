"""Eight ways to charge a client side by side, and who keeps what automation saves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .backlog import human, opened_in
from .book import money, ratio
from .fees import MARGIN, Price
from .ledger import Ledger
from .loading import months_later
from .margins import Account
from .pricing import BILL_RATE

HYBRID, SHARED = Fraction(2, 10), Fraction(1, 2)


@dataclass(frozen=True)
class Terms:
    """What the models rest on for one client."""

    account: Account
    today: Fraction
    fixed: Fraction
    outcome: Fraction
    per_ticket: Fraction | None

    def pays(self, model: str, share: Fraction) -> Fraction | None:
        """What the client pays over the months under a model."""
        labour, tools = self.account.managed_labour, self.account.recurring[1]
        found: dict[str, Fraction | None] = {
            "hourly": (1 - share) * self.account.managed_hours * BILL_RATE + tools,
            "per_seat": self.today, "per_device": None, "per_ticket": self.per_ticket, "fixed_fee": self.fixed,
            "outcome": self.outcome, "hybrid": (1 - HYBRID) * self.fixed + HYBRID * self.outcome,
            "gain_share": self.fixed - SHARED * share * labour,
        }  # fmt: skip
        return found[model]

    def margin(self, model: str, share: Fraction) -> Fraction | None:
        """What that leaves."""
        pays = self.pays(model, share)
        return None if pays is None else pays - (1 - share) * self.account.managed_labour - self.account.recurring[1]


MODELS = ("hourly", "per_seat", "per_device", "per_ticket", "fixed_fee", "outcome", "hybrid", "gain_share")


def _fixed(ledger: Ledger, client: str, month: date) -> Fraction:
    """The month's fee by the agreements, or what was billed where they don't say."""
    day = months_later(month, 1) - timedelta(days=1)
    fees = [
        row["monthly_fee"] for row in ledger.book.rows("agreements")
        if row["client_key"] == client and row["starts_on"] <= day <= (row["ends_on"] or date.max)
    ]  # fmt: skip
    if not fees or None in fees:
        return ledger.of(client, [month]).recurring[0]
    return sum(fees, Fraction(0))


def _ticket_price(ledger: Ledger, clients: list[str], months: list[date], counts: dict[str, int]) -> Fraction | None:
    """What a ticket must bring for the book to reach the target."""
    accounts = [ledger.of(client, months) for client in clients]
    cost = sum((account.managed_labour + account.recurring[1] for account in accounts), Fraction(0))
    tickets = sum(counts[client] for client in clients)
    return cost / (1 - MARGIN) / tickets if tickets else None


def models(ledger: Ledger, found: dict[str, Price], months: list[date], share: Fraction) -> dict[str, Any]:
    """Every client under every model."""
    opened = [row.get("client_key") for row in opened_in(human(ledger.book), months)]
    counts = {client: opened.count(client) for client in found}
    ticket, rows = _ticket_price(ledger, list(found), months, counts), {}
    for client, price in found.items():
        account, active = ledger.of(client, months), ledger.active_months(client, months)
        cost = account.managed_labour + account.recurring[1]
        outcome = cost / (1 - MARGIN) if price.target is None else price.target * len(active)
        fixed = sum((_fixed(ledger, client, month) for month in active), Fraction(0))
        by_ticket = None if ticket is None else ticket * counts[client]
        terms = Terms(account, account.recurring[0], fixed, outcome, by_ticket)
        rows |= {f"{ledger.book.shown[client]}/{model}": _named(terms, model, share) for model in MODELS}
    return rows


def _named(terms: Terms, model: str, share: Fraction) -> dict[str, Any]:
    pays, margin = terms.pays(model, share), terms.margin(model, share)
    before, had = terms.pays(model, Fraction(0)), terms.margin(model, Fraction(0))
    if pays is None or margin is None or before is None or had is None:
        return dict.fromkeys(
            ("customer_pays", "provider_margin", "provider_margin_pct", "customer_gain", "provider_gain")
        )
    return {
        "customer_pays": money(pays), "provider_margin": money(margin), "provider_margin_pct": ratio(margin, pays),
        "customer_gain": money(before - pays), "provider_gain": money(margin - had),
    }  # fmt: skip

"""What was billed beside plans and work: products, onboarding, subscriptions, credits, a client without tickets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from . import blocks
from .billing import BILLED_ONLY, TAX, Line, asked, cents, every_recurring, month_end, work_lines
from .effort import Entry
from .world import Client, clients, first_month, months, stream, world

MARGIN = 0.15


def _product(client: Client, month: date, budget: float) -> Line:
    """Something resold at fifteen per cent, tax on top."""
    draw = stream(f"product:{client.name}:{month}")
    product = draw.choice(world()["products"])
    quantity = max(1, round(budget / product["unit"]))
    amount = cents(quantity * product["unit"])
    cost, tax = cents(amount * Decimal(str(1 - MARGIN))), cents(amount * TAX)
    return Line(client.name, month_end(month), product["item"], amount, cost, quantity, "1", None, "product", tax)


def _products() -> list[Line]:
    """Each client with a budget buys in about one month of three."""
    found = []
    for client in clients():
        draw = stream(f"buys:{client.name}")
        for month in months():
            if draw.random() < 0.36 and client.spend and client.is_active(month):
                found.append(_product(client, month, client.spend / 0.36 * draw.uniform(0.7, 1.3)))
    return found


def _onboarding() -> list[Line]:
    """The fixed price of taking over a new client."""
    spec, found = world()["items"]["onboarding"], []
    for client in clients():
        start = date.fromisoformat(client.since)
        if start >= first_month():
            money = (cents(client.users * 85), cents(client.users * 6))
            found.append(Line(client.name, start, spec["item"], *money, 1, "1", start, spec["class"]))
    return found


def _asked() -> list[Line]:
    """The items whose lines say neither class nor months."""
    draw, found = stream("asked"), []
    for client in clients():
        for month in months():
            if not client.price or not client.is_active(month):
                continue
            if "firewall" in client.extras and month.month == 1 + len(client.name) % 12:
                found.append(asked("firewall", client.name, month, 1, 1890, 1420))
            if draw.random() < 0.035:
                found.append(asked("laptop", client.name, month_end(month), draw.randint(1, 3), 1495, 1270.75))
            if draw.random() < 0.02:
                found.append(asked("callout", client.name, month_end(month), draw.choice((1, 2, 3)), 210, 0))
            if draw.random() < 0.004:
                found.append(asked("migration", client.name, month_end(month), 1, 4800, 350))
    return found


def _billed_only() -> list[Line]:
    """A client that is in no tickets, no time entries and no clients file."""
    found = [asked("hosting", BILLED_ONLY, date(year, 3, 3), 1, 1150, 400) for year in (2025, 2026)]
    spec = world()["items"]["backup"]
    for month in months():
        money = (cents(7 * spec["price"]), cents(7 * spec["cost"]))
        found.append(Line(BILLED_ONLY, month, spec["item"], *money, 7, "1", month, spec["class"]))
    return found


def credits() -> list[Line]:
    """Credit notes: some with a minus, some without, one long after the client left, one that returns products."""
    rows = [
        ("Dovecrest Accounting", date(2026, 3, 20), "Service credit", "450.00", "0.00", "managed"),
        ("Wexcombe Printers", date(2026, 6, 15), "Service credit", "-780.00", "0.00", "managed"),
        ("Hollowpine School", date(2026, 4, 10), "Network switch", "1280.00", "1088.00", "product"),
        ("Oldacre Textiles", date(2026, 4, 9), "Service credit", "1900.00", "0.00", "managed"),
    ]
    return [
        Line(client, on, item, Decimal(amount), Decimal(cost), 1, "1", None, kind, is_credit=True)
        for client, on, item, amount, cost, kind in rows
    ]


def _billed_twice(found: list[Line]) -> list[Line]:
    """A month's plan that was billed again, and the credit note that took one of the two back."""
    month, on = date(2025, 8, 1), date(2025, 8, 20)
    once = next(
        line for line in found if (line.client, line.on) == ("Wexcombe Printers", month) and "plan" in line.item
    )
    return [replace(once, on=on), replace(once, on=on, service_from=None, is_credit=True)]


def _odd_months() -> list[Line]:
    """What words alone would spread over a year, and what a client paid for beyond its last day."""
    instalment, project = "Annual compliance retainer, instalment", "Annual network review project"
    return [
        Line("Glimmerford Lighting", date(2025, 7, 1), instalment, *_money(400, 0), 1, "", None, "managed"),
        Line("Glimmerford Lighting", date(2025, 8, 1), instalment, *_money(400, 0), 1, "", None, "managed"),
        Line("Ironbarrow Engineering", date(2025, 8, 15), project, *_money(12000, 480), 1, "", None, "project"),
        Line(
            "Nettlecombe Florists", date(2025, 5, 1), "Cloud backup half-year prepaid", *_money(810, 450), 1, "6", None,
            "other_recurring",
        ),
    ]  # fmt: skip


def _seasonal() -> list[Line]:
    """A recurring charge by use that follows a travel agency's year: most in winter, hardly any in autumn."""
    client, item = "Thistledown Travel", "Booking system hosting by use"
    uses = {month: 520 if month.month <= 3 else 260 if month.month <= 7 else 60 for month in months()}
    draw = stream("hosting by use")
    return [
        Line(client, month, item, *_money(round(use * draw.uniform(0.9, 1.1)), 0.3 * use), use, "1", month,
             "other_recurring")
        for month, use in uses.items()
    ]  # fmt: skip


def _money(amount: float, cost: float) -> tuple[Decimal, Decimal]:
    return cents(amount), cents(cost)


def _numbered(lines: list[Line], after: int = 20000) -> list[Line]:
    """One invoice for each client and day, in order of date."""
    lines.sort(key=lambda line: (line.on, line.is_credit, line.client))
    invoices = groupby(lines, key=lambda line: (line.on, line.is_credit, line.client))
    for number, (_, group) in enumerate(invoices, start=1):
        for place, line in enumerate(group, start=1):
            line.number, line.line = f"{'CN' if line.is_credit else 'INV'}-{after + number}", place
    return lines


def lines(entries: list[Entry]) -> list[Line]:
    """Every invoice line, numbered."""
    paid_later = [entry for entry in entries if not blocks.block_of(entry)]
    found = every_recurring() + work_lines(paid_later) + _products() + _onboarding() + _asked()
    found = _numbered(found + _billed_only() + credits())
    return found + _numbered(_billed_twice(found) + _odd_months() + _seasonal() + blocks.lines(), 30000)

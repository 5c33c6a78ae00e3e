"""What the accounting system billed: recurring lines in advance, work and products at the month's end."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .effort import Entry
from .world import Client, clients, month_number, months, stream, world

CENT = Decimal("0.01")
BILLED_ONLY = "Umberleigh Storage"
TAX = Decimal("0.0825")


def cents(value: float | Decimal) -> Decimal:
    """Money to the cent."""
    return Decimal(str(value)).quantize(CENT, ROUND_HALF_UP)


@dataclass
class Line:
    """One invoice line; number and line are given once all lines are known."""

    client: str
    on: date
    item: str
    amount: Decimal
    cost: Decimal = Decimal("0.00")
    quantity: float = 1
    months: str = "1"
    service_from: date | None = None
    revenue_class: str = ""
    tax: Decimal = Decimal("0.00")
    is_credit: bool = False
    agreement: str = ""
    number: str = ""
    line: int = 0


def price_level(month: date) -> float:
    """List prices rise by four per cent each January."""
    return 1.04 ** (month.year - 2024)


def asked(key: str, client: str, on: date, quantity: float, unit: float, cost: float) -> Line:
    """A line of an item that carries neither class nor months, as most accounting systems write it."""
    spec = world()["unclassified"][key]
    tax = cents(quantity * unit) * TAX if spec["class"] == "product" else Decimal(0)
    money = (cents(quantity * unit), cents(quantity * cost))
    return Line(client, on, spec["item"], *money, quantity, "", None, "", cents(tax))


def plan_of(client: Client) -> str:
    """What the agreements, the time sheets and the invoices call the client's plan."""
    return f"{client.tier} plan"


def _plan(client: Client, month: date, users: int, share: float) -> Line:
    """The plan's line: a price for each user."""
    tier = world()["tiers"][client.tier]
    unit = cents(tier["price"] * client.price * price_level(month))
    money = (cents(unit * users * Decimal(str(share))), cents(tier["tools"] * users * share))
    plan = plan_of(client)
    return Line(client.name, month, f"{plan} per user", *money, users, "1", month, "managed", agreement=plan)


def _extra(client: Client, month: date, users: int, key: str) -> Line:
    """Another recurring line beside the plan."""
    if key == "phones":
        return asked("phones", client.name, month, users - 4, 21.5, 13.25)
    spec = world()["items"][key]
    money = (cents(spec["price"] * users), cents(spec["cost"] * users))
    return Line(client.name, month, spec["item"], *money, users, "1", month, spec["class"])


def _prepaid(client: Client, month: date, users: int, span: int) -> list[Line]:
    """The plan paid for a quarter or a year at once, with two and a half per cent off for it."""
    since = month_number(date.fromisoformat(client.since)) if client.since > "2024-11" else 0
    if (month_number(month) - since) % span:
        return []
    one = _plan(client, month, users, 1.0)
    item = f"{plan_of(client)} {'annual prepaid' if span == 12 else 'prepaid quarter'}"
    money = (cents(one.amount * span * Decimal("0.975")), one.cost * span)
    return [Line(client.name, month, item, *money, users, str(span), month, "managed", agreement=plan_of(client))]


def recurring(client: Client, month: date) -> list[Line]:
    """The lines billed in advance for a month."""
    last = date(month.year, month.month, monthrange(month.year, month.month)[1])
    start = max(month, date.fromisoformat(client.since))
    if not client.price or not client.is_active(start) or start > last:
        return []
    users, share = client.users_in(month_number(month)), (last - start).days + 1
    span = {"Marrowby Opticians": 12, "Pelham Quay Surveyors": 3}.get(client.name, 1)
    extras = [key for key in client.extras.split() if key != "firewall"]
    lines = [_extra(client, start, users, key) for key in extras]
    plan = _prepaid(client, month, users, span) if span > 1 else [_plan(client, start, users, share / last.day)]
    return plan + lines


def month_end(month: date) -> date:
    """The last day of a month."""
    return date(month.year, month.month, monthrange(month.year, month.month)[1])


def work_lines(entries: list[Entry]) -> list[Line]:
    """Projects and additional support, billed at the end of the month in which the hours were worked."""
    hours: dict[tuple[str, date, str], float] = defaultdict(float)
    for entry in entries:
        if entry.coverage == "billable":
            kind = "project" if entry.kind == "project" else "hourly"
            hours[entry.client, entry.day.replace(day=1), kind] += entry.hours
    free = {client.name for client in clients() if not client.price}
    return [_work(*key, worked) for key, worked in sorted(hours.items()) if key[0] not in free]


def quoted_share(client: str, month: date) -> float:
    """How much of a month's project hours the quoted price pays."""
    return stream(f"quote:{client}:{month}").uniform(0.62, 0.98)


def _work(client: str, month: date, kind: str, hours: float) -> Line:
    """Hours at the rate; a project at the price that was quoted, which is not quite the hours."""
    spec, rate = world()["items"][kind], world()["bill_rate"]
    quoted = quoted_share(client, month) if kind == "project" else 1.0
    money = cents(hours * rate * quoted)
    cost = cents(money * Decimal("0.04")) if kind == "project" else Decimal("0.00")
    return Line(client, month_end(month), spec["item"], money, cost, hours, "1", month, spec["class"])


def every_recurring() -> list[Line]:
    """All lines billed in advance."""
    return [line for month in months() for client in clients() for line in recurring(client, month)]

"""What is said of automation: what it would leave, what of that is cash, and where it would lose money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vitals.formats import count, hours_spoken, is_missing, money_exact, money_short, plural

Row = Mapping[str, Any]
CLAIMS = (
    "Vendor claims, none from your data: 25–40 % of operating cost; 30 % of first-level work, whose own example "
    "adds up to $110k a year and not to the $180k that it states; a support example that saves $8,655 at 70 % success "
    "loses money below 28.8 %, which it doesn't say."
)
JUDGED = "What stands in the fields is our judgement until you change it, for this view only."


def gain(categories: Sequence[Row]) -> str:
    """What automation would save less what it costs, what of that is cash, and where it would lose."""
    known = [row for row in categories if not is_missing(row["net_gain"])]
    if not categories:
        return "No month of these is covered by both invoices and hours, so no saving is known."
    if not known:
        return "No ticket of these months says how long people worked on it, so no saving is known."
    net, cash = sum(row["net_gain"] for row in known), sum(row["cash_gain"] for row in known)
    hours = sum(row["saved_hours"] for row in known)
    losing = sum(row["net_gain"] < 0 for row in known)
    verb = "would leave" if net >= 0 else "would lose"
    said = f"Automation {verb} {money_short(abs(net))}, with {hours_spoken(max(hours, 0))} of work saved"
    in_cash = f"in cash it {'leaves' if cash >= 0 else 'costs'} {money_short(abs(cash))}"
    lost = f" It loses money on {count(losing)} of {plural(len(known), 'category', 'categories')}." if losing else ""
    return f"{said}; {in_cash}.{lost}"


def counted(categories: Sequence[Row], label: str) -> str:
    """Of which months and how many tickets the figures are, and which ones no saving is known of."""
    if not categories:
        return ""
    worked, without = (sum(row[name] for row in categories) for name in ("worked", "without_hours"))
    said = f"Of {plural(worked, 'ticket')} of clients with hours, opened in {label}"
    apart = "has no hours and is" if without == 1 else "have no hours and are"
    more = f" {count(without)} more {apart} left out: no saving is known of them." if without else ""
    return f"{said}; your own tickets are left out.{more}"


def scale(costs: Sequence[Row]) -> str:
    """What an endpoint costs at the least and the largest size, and that one more costs the same at each."""
    if not costs or is_missing(costs[0]["automated"]):
        return ""
    first, last = costs[0], costs[-1]
    same = "One endpoint more costs the same at every size"
    return (
        f"{same}, {money_exact(first['marginal'])} a month; with its share of the fixed cost "
        f"{money_exact(first['automated'])} at {count(first['endpoints'])} endpoints and "
        f"{money_exact(last['automated'])} at {count(last['endpoints'])}. By people alone it is "
        f"{money_exact(first['by_people'])} at any size."
    )

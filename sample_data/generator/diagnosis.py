"""The planted cases of the operating model in words: signals, gaps, hours sold in blocks, what is owed."""

from __future__ import annotations

from typing import Any

from .figures import percent

Case = tuple[str, str, str]

SIGNALS = {
    "margin_falls_while_revenue_grows": ("the margin falls while revenue grows", "margin {:+.2%}, revenue {:+.2%}"),
    "new_clients_add_complexity": ("new clients add complexity", "{:.2f} times"),
    "seniors_do_account_work": ("seniors do account work", "{:.2%} of their hours"),
    "scope_creep_recurs": ("scope creep recurs", "{:g} of 12 months"),
    "cannot_run_without_the_owner": (
        "it can't run without the owner", "{:.2%} of escalations, {:.2%} of the tickets on days without the owner"
    ),
}  # fmt: skip
GAPS = {
    "price": ("earns less because of its price", "Greywether Research"),
    "demand": ("because it files more tickets", "Silverbeck Architects"),
    "handling": ("because its tickets take longer", "Jackdaw & Reed Lettings"),
    "seniority": ("because seniors serve it", "Yarrowfield Clinic"),
}


def _signal(right: dict[str, Any], name: str) -> Case:
    case, form = SIGNALS[name]
    row = right["signals"][name]
    if row["state"] == "not_testable":
        return f"signal: {case}", "Everlight Diagnostics", "not testable: of two new clients nobody counted one's users"
    values = [value for value in (row["value"], row["second_value"]) if value is not None]
    return f"signal: {case}", "the company", f"{row['state']}: {form.format(*values).replace('%', ' %')}"


def _gap(right: dict[str, Any], part: str) -> Case:
    case, client = GAPS[part]
    row = right["client_margin_gap"][client]
    parts = ", ".join(f"{name} {row[name]}" for name in ("price", "tools", "demand", "handling", "seniority"))
    return f"margin gap: {case}", client, f"gap {row['gap']}: {parts}"


def _verdict(right: dict[str, Any]) -> Case:
    row = right["signal_verdict"]
    return "signals together", "the company", f"{row['reading']}: {row['fired']} of {row['tested']} tested ones fire"


def diagnosis(right: dict[str, Any]) -> list[Case]:
    """Every planted case of the operating model."""
    desk, owner, owed = right["desk_health"], right["owner_dependence"], right["planted"]["owed"]
    landed = f"{owner['owner_escalations']} of {owner['escalations']}"
    blocks = [
        ("a block of hours", row["client"], f"{row['used']:g} of {row['included']:g} hours used")
        for row in right["planted"]["blocks"]
    ]
    return [
        *(_signal(right, name) for name in SIGNALS), _verdict(right), *(_gap(right, part) for part in GAPS), *blocks,
        ("stopped paying", owed["client"], f"{owed['overdue']} overdue on 31 October 2026, tax included"),
        ("resolved by software", "the desk", f"{percent(desk['auto_resolved_share'])} of all tickets, alerts too"),
        ("escalations on the owner's desk", "Nora Castellan", landed),
        ("days without the owner", "Nora Castellan", f"{owner['absence_days']}"),
    ]  # fmt: skip

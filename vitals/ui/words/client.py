"""The answers about one client: its margin, its review, its team, its price; the caller escapes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vitals import formats
from vitals.formats import is_missing, money, percent, percent_whole

Row = Mapping[str, Any]


def _zero(value: Any) -> Any:
    return 0 if is_missing(value) else value


def one_client(row: Row, label: str) -> str:
    """What is behind this client's numbers?"""
    name: Any = row.get("client")
    earned: Any = row.get("gross_margin")
    unbilled: Any = row.get("is_unbilled")
    if not is_missing(unbilled) and unbilled:
        return (
            f"{name} has {formats.hours(row.get('labour_hours'))} of work in {label}, which cost "
            f"{money(row.get('labour_cost'))}, and no invoice: what an hour earns, and a seat, is not known."
        )
    if is_missing(earned):
        return f"{name} brought {money(row.get('revenue'))} in {label}; what it cost is not known."
    share: Any = row.get("gross_margin_pct")
    revenue = money(row.get("revenue"))
    of_revenue = f", a margin of {percent(share)} on {revenue} of revenue"
    verb = "lost" if earned < 0 else "left"
    if is_missing(share):
        of_revenue = ""
    elif share < 0:
        of_revenue = f": its costs exceeded {revenue} of revenue by {percent(-share)}"
    hours = formats.hours(row.get("labour_hours"))
    return f"{name} {verb} {money(abs(earned))} in {label}{of_revenue}, for {hours} of work."


def one_review(row: Row) -> str:
    """Where a client's review stands."""
    held = formats.day(row.get("last_held_on"))
    overdue: Any = row.get("days_overdue")
    if held == formats.MISSING:
        return "It has no review on file, and is owed one." if _zero(overdue) else "It has no review on file."
    last = f"The last review was on {held}."
    if is_missing(overdue):
        return f"{last} None is owed."
    return f"{last} It is {formats.days(overdue)} overdue." if overdue > 0 else f"{last} The next is not due yet."


def one_person(row: Row) -> str:
    """How far a client hangs on one technician."""
    if is_missing(row.get("top_share")) or not row.get("top_technician"):
        return ""
    return f"{row['top_technician']} does {percent_whole(row['top_share'])} of the work."


def one_price(regimes: Sequence[Row], share: Any) -> str:
    """From which share of automation on an outcome fee would leave more of a client than hours."""
    outcome = next((row for row in regimes if row["regime"] == "outcome"), {})
    crossover: Any = outcome.get("crossover_automation_share")
    if is_missing(crossover) or is_missing(share):
        return ""
    when = formats.from_share(crossover)
    always = {"always": "An outcome fee always leaves more than hours", "never": "An outcome fee never beats hours"}
    said = always.get(when, f"{when.capitalize()} automation on, an outcome fee leaves more than hours")
    return f"{said}. The bars are with {percent_whole(share)} of the hours automated."

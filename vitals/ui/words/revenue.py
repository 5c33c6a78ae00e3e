"""What the pages about revenue say, in a sentence from the rows of queries; the caller escapes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from vitals import formats
from vitals.formats import count, is_missing, money, or_zero, percent, plural

Row = Mapping[str, Any]
MOST_NAMED = 3
FEW_CLIENTS = 20
"""Below this many clients one that leaves moves the share by more than five points."""


def kept_year_after_year(row: Row) -> str:
    """Is revenue kept, year after year?"""
    if is_missing(row.get("gross_revenue_retention")):
        held = or_zero(row.get("months_on_file"))
        return (
            f"A year cannot be judged yet: invoices hold {plural(held, 'month')} with recurring revenue, and it takes "
            "two that are twelve apart."
        )
    month: Any = row["month_start"]
    before = formats.month(month.replace(year=month.year - 1))
    return (
        f"Of the {money(row['opening_mrr'])} a month that recurred in {before}, "
        f"{percent(row['gross_revenue_retention'])} was still there in {formats.month(month)}; "
        f"{count(or_zero(row['clients_lost']))} of {plural(row['clients_opening'], 'client')} left."
    )


def kept_before(row: Row) -> str:
    """How retention over a year stood earlier, and how far one client moves it."""
    if is_missing(row.get("gross_revenue_retention")):
        return ""
    parts = []
    if not is_missing(row.get("earlier_retention")):
        parts = [f"In {formats.month(row['earlier_month'])} it was {percent(row['earlier_retention'])}."]
    if row["clients_opening"] < FEW_CLIENTS:
        parts.append(f"Of {plural(row['clients_opening'], 'client')} each that leaves weighs much: read it with care.")
    return " ".join(parts)


def renamed(lost: Sequence[Row]) -> str:
    """Who may not have left at all, since another name is billed the same from the next month on; empty without any."""
    pairs = [f"{row['client']} may go on as {row['may_be']}" for row in lost if not is_missing(row.get("may_be"))]
    if not pairs:
        return ""
    more = f" and {count(len(pairs) - MOST_NAMED)} more" if len(pairs) > MOST_NAMED else ""
    return (
        f"A question is open: {'; '.join(pairs[:MOST_NAMED])}{more}: the same item and amount from the next month on. "
        "Until Start is told, they count as lost and as new."
    )


def mix(row: Row) -> str:
    """What is revenue made of?"""
    if is_missing(row.get("revenue")):
        return "There is no revenue in these months."
    if is_missing(row.get("recurring_share")):
        return (
            f"What part of {money(row['mix_revenue'])} recurs cannot be said: credits of other classes make it less "
            f"than the {money(row['recurring_revenue'])} that does."
        )
    said = f"{percent(row['recurring_share'])} of {money(row['mix_revenue'])} recurs"
    if not or_zero(row.get("product_revenue")):
        return f"{said}; no products were sold."
    return f"{said}; without products, {money(row['product_revenue'])}, it is " + (
        f"{percent(row['recurring_share_without_products'])}."
    )


def mix_as_agent(row: Row) -> str:
    """The same where products only pass through, and which months are not whole yet."""
    parts = []
    if not is_missing(row.get("recurring_share_as_agent")) and or_zero(row.get("product_revenue")):
        parts.append(
            f"Booked as an agent books them, products at what they leave over their cost, "
            f"{percent(row['recurring_share_as_agent'])} recurs."
        )
    if or_zero(row.get("incomplete_months")):
        months = row["incomplete_months"]
        parts.append(
            f"{plural(months, 'month')} of these {'is' if months == 1 else 'are'} not whole: not all invoices of "
            f"{'it' if months == 1 else 'them'} can be there yet."
        )
    return " ".join(parts)


def _owes(row: Row) -> str:
    """Who owes the most past its due date."""
    if is_missing(row.get("worst_client")):
        return ""
    return f" {row['worst_client']} owes the most, {money(row['worst_amount'])}."


def receivables(row: Row) -> str:
    """Who pays late?"""
    if is_missing(row.get("open_amount")):
        return (
            "No invoice line says on which day it was paid, so nobody can tell what is open: statuses, open balances "
            "and amounts paid or due aren't read, since they hold for the day of the export alone. Export the invoices "
            "with the day of payment (Paid Date, Date Paid) and load them again."
        )
    if is_missing(row.get("overdue_amount")):
        return (
            f"{money(row['open_amount'])} is not paid yet, and no invoice line says when it is due. Export the "
            "invoices with their Due Date."
        )
    if not row["overdue_amount"]:
        return f"Nothing is overdue; {money(row['open_amount'])} is not paid yet."
    invoices, clients = plural(row["overdue_invoices"], "invoice"), plural(row["overdue_clients"], "client")
    said = f"{money(row['overdue_amount'])} is overdue: {invoices} of {clients}"
    old = f", {money(row['over_90_amount'])} of it for more than 90 days" if or_zero(row["over_90_amount"]) else ""
    return f"{said}{old}.{_owes(row)}"


def account_of_payments(row: Row, day: Any) -> str:
    """That what was billed is paid, open or not known, to the cent, and as of which day."""
    if is_missing(row.get("billed_amount")):
        return ""
    parts = []
    if not is_missing(row.get("open_amount")):
        parts += [f"{money(row['paid_amount'])} paid", f"{money(row['open_amount'])} open, credit notes taken off"]
    if or_zero(row.get("unknown_amount")):
        parts.append(f"{money(row['unknown_amount'])} in files that never say when anything was paid")
    tax = "tax included" if row.get("has_tax") else "without tax, which no line states"
    return f"As of {formats.day(day)}: of {money(row['billed_amount'])} billed, {tax}, {'; '.join(parts)}."


def paid_over(row: Row) -> str:
    """On how many invoices the days to pay rest; that few carry little."""
    paid = or_zero(row.get("paid_invoices"))
    return f"Of {plural(paid, 'invoice')} paid in twelve months." if paid else ""


def renewals(row: Row) -> str:
    """Which contracts come up, and by when must notice be given?"""
    if not or_zero(row.get("in_force")):
        return f"No agreement is in force on that day; {count(or_zero(row.get('agreements')))} are on file."
    if is_missing(row.get("next_client")):
        return (
            f"No notice is open: of {plural(row['in_force'], 'agreement')} in force none has a date and days of notice "
            "still to come."
        )
    within = or_zero(row["notices_90"])
    said = (
        f"{plural(within, 'notice')} {'falls' if within == 1 else 'fall'} due within 90 days, "
        f"{money(row['stake_90'])} of monthly revenue at stake"
        if within
        else "No notice falls due within 90 days"
    )
    return f"{said}; the next is {row['next_client']}, by {formats.day(row['next_notice_by'])}."


def notices(row: Row) -> str:
    """Which notices have gone by, and what the agreements don't say."""
    parts = []
    if or_zero(row.get("notices_past")):
        past = row["notices_past"]
        parts.append(
            f"{plural(past, 'notice')} {'has' if past == 1 else 'have'} gone by: {money(row['stake_past'])} a month "
            "that renews or ends as agreed."
        )
    for name, words in (
        ("without_notice", "with a date and no days of notice"),
        ("without_date", "with neither renewal nor end"),
        ("without_stake", "of which nothing says what they bring"),
        ("unsaid_agreements", "that include hours and never say whether for a month or the term"),
    ):
        if or_zero(row.get(name)):
            parts.append(f"{plural(row[name], 'agreement')} {words}.")
    return " ".join(parts)


def _standing(row: Row) -> str:
    """Where one agreement's notice stands."""
    if row["state"] == "open":
        left: Any = row["days_to_notice"]
        return f"{formats.days(left)} left" if left else "today"
    return {"notice_past": "notice gone by", "no_notice": "no days of notice", "no_date": "no date"}[row["state"]]


def with_standing(calendar: pd.DataFrame) -> pd.DataFrame:
    """The agreements with where their notice stands, in words."""
    return calendar.assign(said=[_standing(row) for row in formats.rows(calendar)])


BLOCK_STATES = {
    "used_up": "used up",
    "runs_out": "runs out at this pace",
    "lasts": "lasts beyond its term at this pace",
    "nothing_booked": "no entry names it",
    "too_early": "too little data: under three whole months",
    "hours_begin_later": "too little data: hours on file begin later",
}


def with_block_states(blocks: pd.DataFrame) -> pd.DataFrame:
    """The blocks of hours with what becomes of them, in words."""
    return blocks.assign(said=blocks["state"].map(BLOCK_STATES))


def blocks_of_hours(states: Sequence[str]) -> str:
    """Which blocks of hours run out?"""
    if not states:
        return (
            "No agreement in force is a block of hours: its type or name says block or prepaid, and it states the "
            "hours included."
        )
    used, out = states.count("used_up"), states.count("runs_out")
    unknown = len(states) - used - out - states.count("lasts")
    parts = [
        f"{count(number)} {words}"
        for number, words in (
            (used, "used up"),
            (out, "run out at their pace" if out > 1 else "runs out at its pace"),
            (unknown, "cannot be judged yet"),
        )
        if number
    ]
    of = plural(len(states), "block")
    return f"Of {of} of hours {', '.join(parts)}." if parts else f"No block of hours of {count(len(states))} runs out."

"""What the pages about revenue say, in a sentence from the rows of queries; the caller escapes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vitals import formats
from vitals.formats import count, is_missing, money, or_zero, percent, plural

Row = Mapping[str, Any]
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


def mix(row: Row) -> str:
    """What is revenue made of?"""
    if is_missing(row.get("recurring_share")):
        return "There is no revenue in these months."
    said = f"{percent(row['recurring_share'])} of {money(row['revenue'])} recurs"
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
            "No invoice line says when it was paid, so nobody can tell what is open. Export the invoices with the day "
            "of payment (Paid Date, Date Paid) and load them again."
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
    parts = [f"{money(row['paid_amount'])} paid"]
    if not is_missing(row.get("open_amount")):
        parts.append(f"{money(row['open_amount'])} open, credit notes taken off")
    if or_zero(row.get("unknown_amount")):
        parts.append(f"{money(row['unknown_amount'])} in files that never say when anything was paid")
    return f"As of {formats.day(day)}: of {money(row['billed_amount'])} billed, tax included, {'; '.join(parts)}."


def paid_over(row: Row) -> str:
    """On how many invoices the days to pay rest; that few carry little."""
    paid = or_zero(row.get("paid_invoices"))
    return f"Of {plural(paid, 'invoice')} paid in twelve months." if paid else ""

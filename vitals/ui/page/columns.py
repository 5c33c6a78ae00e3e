"""The columns of each table on screen, and which rows of a result a table or chart shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from vitals.ui.page.filters import Period
from vitals.ui.page.tables import TableColumn

CLIENT = TableColumn("client", "Client", width=170)

MARGIN = [
    CLIENT,
    TableColumn("service_tier", "Tier"),
    TableColumn("gross_margin", "Gross margin", "money", "Revenue less direct cost and labour cost"),
    TableColumn("gross_margin_pct", "Gross margin, %", "percent", "Over the whole period, all revenue"),
    TableColumn("service_gross_margin_pct", "Service margin, %", "percent", "Without the resale of products"),
    TableColumn("managed_gross_margin_pct", "Managed margin, %", "percent", "Managed services alone"),
    TableColumn("revenue", "Revenue", "money", "Net of tax, spread over the months that it pays for"),
    TableColumn("direct_cost", "Direct cost", "money", "Tools and third parties, from the invoice lines"),
    TableColumn("labour_cost", "Labour", "money", "Hours at the rate of who worked them"),
    TableColumn("labour_hours", "Hours", "hours", "Client hours in the period"),
    TableColumn("earned_an_hour", "Earned an hour", "money_exact", "Managed revenue less its direct cost, an hour"),
    TableColumn("assumed_rate_hours", "At assumed rate", "hours", "Hours whose technician has no rate of their own"),
]

UTILISATION = [
    TableColumn("technician", "Technician", width="medium"),
    TableColumn("utilisation_net", "Utilisation, net", "percent", "Client hours of the hours present"),
    TableColumn("billable_utilisation", "Billable", "percent", "Agreement and billable hours of the hours present"),
    TableColumn("utilisation_gross", "Utilisation, gross", "percent", "Client hours of all paid hours"),
    TableColumn("time_capture", "Time captured", "percent", "Logged hours of the hours present"),
    TableColumn("client_hours", "Client hours", "hours"),
    TableColumn("billable_hours", "Billable hours", "hours"),
    TableColumn("logged_hours", "Logged hours", "hours"),
    TableColumn("net_hours", "Hours present", "hours", "Paid hours less time off and holidays"),
    TableColumn("gross_hours", "Paid hours", "hours"),
]

REVIEWS = [
    CLIENT,
    TableColumn("standing", "Where it stands"),
    TableColumn("days_waited", "Overdue", "days", "Days beyond the cadence since the last review"),
    TableColumn("last_held_on", "Last held", "day"),
    TableColumn("cadence_days", "Every", "days", "Days between two reviews"),
    TableColumn("is_due", "Owed", "yes_no"),
    TableColumn("is_completed", "Held", "yes_no"),
    TableColumn("mrr", "Monthly revenue", "money"),
]

COMPANY = [
    TableColumn("month_start", "Month", "month"),
    TableColumn("revenue", "Revenue", "money"),
    TableColumn("gross_margin", "Gross margin", "money"),
    TableColumn("gross_margin_pct", "Gross margin, %", "percent"),
    TableColumn("service_gross_margin_pct", "Service margin, %", "percent", "Without the resale of products"),
]

CLIENT_MONTHS = [
    TableColumn("month_start", "Month", "month"),
    TableColumn("revenue", "Revenue", "money"),
    TableColumn("direct_cost", "Direct cost", "money"),
    TableColumn("labour_cost", "Labour", "money"),
    TableColumn("labour_hours", "Hours", "hours"),
    TableColumn("gross_margin", "Gross margin", "money"),
    TableColumn("gross_margin_pct", "Gross margin, %", "percent"),
]

CLIENT_TECHNICIANS = [
    TableColumn("technician", "Technician", width="medium"),
    TableColumn("labour_hours", "Hours", "hours"),
    TableColumn("hours_share", "Of its hours", "percent"),
    TableColumn("labour_cost", "Cost", "money"),
    TableColumn("hourly_cost", "Cost an hour", "money_exact"),
    TableColumn("assumed_rate_hours", "At assumed rate", "hours", "Hours whose technician has no rate of their own"),
]

CLIENT_REVIEWS = [
    TableColumn("scheduled_on", "Planned for", "day"),
    TableColumn("held_on", "Held on", "day"),
    TableColumn("is_held", "Counts as held", "yes_no"),
    TableColumn("not_held_because", "Why not", "words"),
]

PRICING = [
    CLIENT,
    TableColumn("outcome_gain", "Outcome less hourly", "money", "Margin under an outcome fee less margin by the hour"),
    TableColumn("provider_margin_hourly", "Margin hourly", "money"),
    TableColumn("provider_margin_per_seat", "Margin per seat", "money"),
    TableColumn("provider_margin_outcome", "Margin outcome", "money"),
    TableColumn("customer_pays_hourly", "Pays hourly", "money"),
    TableColumn("customer_pays_per_seat", "Pays per seat", "money"),
    TableColumn("customer_pays_outcome", "Pays outcome", "money"),
    TableColumn(
        "crossover_automation_share_outcome", "Outcome beats hours", "from_share", "From this share of hours automated"
    ),
]


def only(frame: pd.DataFrame, keys: Sequence[Any], column: str = "client_key") -> pd.DataFrame:
    """The rows of the chosen keys, or all while none is chosen."""
    return frame[frame[column].isin(keys)] if keys else frame


def within(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The rows whose month lies in the period."""
    months = pd.to_datetime(frame["month_start"])
    inside = (months >= pd.Timestamp(period.month_from)) & (months <= pd.Timestamp(period.month_to))
    return frame[inside].sort_values("month_start", kind="stable").reset_index(drop=True)


def until(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The rows up to the period's end: revenue paid in advance is known for months that have not happened."""
    known = frame[pd.to_datetime(frame["month_start"]) <= pd.Timestamp(period.month_to)]
    return known.sort_values("month_start", kind="stable").reset_index(drop=True)


def highest_first(people: pd.DataFrame) -> pd.DataFrame:
    """Technicians in the order of their chart, the unknown last."""
    ranked = people.sort_values("utilisation_net", ascending=False, kind="stable", na_position="last")
    return ranked.reset_index(drop=True)


def priced(regimes: pd.DataFrame) -> pd.DataFrame:
    """Without what a client pays per seat where neither an invoice nor a seat price says it: that is not 0."""
    unknown = (regimes["left_out_because"] == "no invoice") & (regimes["price_basis"] == "recurring revenue")
    return regimes[~unknown]


def regimes_side_by_side(regimes: pd.DataFrame) -> pd.DataFrame:
    """One row for each client with the three models beside each other, first where outcome loses most against hours."""
    keys = [name for name in ("client_key", "client") if name in regimes]
    values = ["provider_margin", "customer_pays", "crossover_automation_share"]
    wide = regimes.pivot_table(index=keys, columns="regime", values=values, aggfunc="first", dropna=False)
    wide.columns = [f"{value}_{regime}" for value, regime in wide.columns]
    wide = wide.reset_index().dropna(subset=["provider_margin_outcome", "provider_margin_hourly"], how="all")
    gain = wide["provider_margin_outcome"].astype("float64") - wide["provider_margin_hourly"].astype("float64")
    return wide.assign(outcome_gain=gain).sort_values(["outcome_gain", "client"]).reset_index(drop=True)

"""The columns of each table on screen, and which rows of a result a table or chart shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from vitals.ui.filters import Period
from vitals.ui.tables import Column

CLIENT = Column("client", "Client", width=170)

MARGIN = [
    CLIENT,
    Column("service_tier", "Tier"),
    Column("gross_margin", "Gross margin, $", "money", "Revenue less direct cost and labour cost"),
    Column("gross_margin_pct", "Gross margin, %", "percent", "Over the whole period, all revenue"),
    Column("service_gross_margin_pct", "Service margin, %", "percent", "Without the resale of products"),
    Column("managed_gross_margin_pct", "Managed margin, %", "percent", "Managed services alone"),
    Column("revenue", "Revenue, $", "money", "Net of tax, spread over the months that it pays for"),
    Column("direct_cost", "Direct cost, $", "money", "Tools and third parties, from the invoice lines"),
    Column("labour_cost", "Labour, $", "money", "Hours at the rate of who worked them"),
    Column("labour_hours", "Hours", "hours", "Client hours in the period"),
    Column("effective_hourly_rate", "Earned an hour, $", "money", "Managed revenue less its direct cost, an hour"),
    Column("assumed_rate_hours", "At assumed rate", "hours", "Hours whose technician has no rate of their own"),
]

UTILISATION = [
    Column("technician", "Technician", width="medium"),
    Column("utilisation_net", "Utilisation, net", "percent", "Client hours of the hours present"),
    Column("billable_utilisation", "Billable", "percent", "Agreement and billable hours of the hours present"),
    Column("utilisation_gross", "Utilisation, gross", "percent", "Client hours of all paid hours"),
    Column("time_capture", "Time captured", "percent", "Logged hours of the hours present"),
    Column("client_hours", "Client hours", "hours"),
    Column("billable_hours", "Billable hours", "hours"),
    Column("logged_hours", "Logged hours", "hours"),
    Column("net_hours", "Hours present", "hours", "Paid hours less time off and holidays"),
    Column("gross_hours", "Paid hours", "hours"),
]

REVIEWS = [
    CLIENT,
    Column("days_overdue", "Overdue", "days", "Days beyond the cadence"),
    Column("last_held_on", "Last held", "day"),
    Column("cadence_days", "Every", "days", "Days between two reviews"),
    Column("is_due", "Owed", "yes_no"),
    Column("is_completed", "Held", "yes_no"),
    Column("mrr", "Monthly revenue, $", "money"),
]

COMPANY = [
    Column("month_start", "Month", "month"),
    Column("revenue", "Revenue, $", "money"),
    Column("gross_margin", "Gross margin, $", "money"),
    Column("gross_margin_pct", "Gross margin, %", "percent"),
    Column("service_gross_margin_pct", "Service margin, %", "percent", "Without the resale of products"),
]

CLIENT_MONTHS = [
    Column("month_start", "Month", "month"),
    Column("revenue", "Revenue, $", "money"),
    Column("direct_cost", "Direct cost, $", "money"),
    Column("labour_cost", "Labour, $", "money"),
    Column("labour_hours", "Hours", "hours"),
    Column("gross_margin", "Gross margin, $", "money"),
    Column("gross_margin_pct", "Gross margin, %", "percent"),
]

PRICING = [
    CLIENT,
    Column("provider_margin_hourly", "Margin: hourly, $", "money"),
    Column("provider_margin_per_seat", "Per seat, $", "money"),
    Column("provider_margin_outcome", "Outcome, $", "money"),
    Column("customer_pays_hourly", "Client pays: hourly, $", "money"),
    Column("customer_pays_per_seat", "Per seat, $", "money"),
    Column("customer_pays_outcome", "Outcome, $", "money"),
    Column(
        "crossover_automation_share_outcome", "Outcome beats hours", "from_share", "From this share of hours automated"
    ),
]

BALANCES = [
    Column("file_name", "File", width="medium"),
    Column("label", "What it is"),
    Column("is_balanced", "Balances", "yes_no"),
    Column("rows_read", "Rows read", "count"),
    Column("rows_loaded", "Loaded", "count"),
    Column("rows_quarantined", "Can't be read", "count"),
    Column("rows_set_aside", "Not data", "count"),
    Column("money_read", "Money read, $", "money_exact"),
    Column("money_loaded", "Loaded, $", "money_exact"),
    Column("money_quarantined", "Can't be read, $", "money_exact"),
    Column("money_set_aside", "Not data, $", "money_exact"),
    Column("hours_read", "Hours read", "number"),
    Column("hours_loaded", "Loaded, h", "number"),
    Column("hours_quarantined", "Can't be read, h", "number"),
    Column("hours_set_aside", "Not data, h", "number"),
    Column("undone_at", "Taken back", "moment"),
]

ACCOUNTS = [
    Column("file_name", "File", width="medium"),
    Column("label", "What it is"),
    Column("system", "System"),
    Column("evidence", "How its captions are known", width="medium"),
    Column("loaded_at", "Loaded", "moment"),
    Column("short_hash", "SHA-256", help="The first digits of the file's hash: the same file has the same"),
    Column("first_month", "From", "month"),
    Column("last_month", "To", "month"),
    Column("months_covered", "Months", "count", "Months with a row in use"),
    Column("missing_months", "Without rows", "count", "Months between without a single row"),
    Column("rows_in_use", "Rows in use", "count"),
    Column("rows_replaced", "Replaced", "count", "Rows for which a row of another load counts"),
    Column("replaced_by", "By", help="The files whose rows count instead", width="medium"),
    Column("rows_replacing", "Replaces", "count", "Rows of other loads that these replace"),
]

STEPS = [
    Column("step", "Step", "words", width="medium"),
    Column("measure", "What", "words", width="medium"),
    Column("left_side", "Before", "number"),
    Column("right_side", "After", "number"),
    Column("difference", "Difference", "number"),
    Column("is_balanced", "Balances", "yes_no"),
]

LEFT_OUT_COUNTS = [
    Column("words", "Why", width="large"),
    Column("fate", "What happened", "words"),
    Column("file_name", "File", width="medium"),
    Column("rows", "Rows", "count"),
]

LEFT_OUT = [
    Column("file_name", "File", width="medium"),
    Column("row_number", "Row", "count"),
    Column("fate", "What happened", "words"),
    Column("words", "Why", width="medium"),
    Column("column_name", "Column", "words"),
    Column("value", "Cell"),
    Column("raw_text", "As found", width="large"),
    Column("stands_for", "Counts in its place", width="medium"),
]

FLAGS = [
    Column("label", "What is odd", width="large"),
    Column("rows", "Rows", "count"),
]

FLAGGED = [
    Column("file_name", "File", width="medium"),
    Column("entity", "What it is", "words"),
    Column("row_number", "Row", "count"),
    Column("detail", "What exactly", width="large"),
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


def overdue_first(status: pd.DataFrame) -> pd.DataFrame:
    """The longest overdue at the top."""
    return status.sort_values(["days_overdue", "client"], ascending=[False, True], na_position="last")


def regimes_side_by_side(regimes: pd.DataFrame) -> pd.DataFrame:
    """One row for each client with the three models beside each other, the worst outcome for the provider first."""
    keys = [name for name in ("client_key", "client") if name in regimes]
    values = ["provider_margin", "customer_pays", "crossover_automation_share"]
    wide = regimes.pivot_table(index=keys, columns="regime", values=values, aggfunc="first", dropna=False)
    wide.columns = [f"{value}_{regime}" for value, regime in wide.columns]
    wide = wide.reset_index().dropna(subset=["provider_margin_outcome", "provider_margin_hourly"], how="all")
    return wide.sort_values("provider_margin_outcome").reset_index(drop=True)

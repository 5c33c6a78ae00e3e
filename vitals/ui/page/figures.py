"""A number of the catalogue as it stands for a period: its value, what it was in the period before, and its trend."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from vitals import formats
from vitals.catalogue import Number, number
from vitals.queries import Query, query
from vitals.ui.page import session
from vitals.ui.page.filters import Period

LOADED = {"invoice_lines": "has_invoices", "time_entries|tickets": "has_labour", "tickets": "has_tickets"}
"""What a number is made from -> the column that says whether it is loaded for each month of the period before."""


@dataclass(frozen=True)
class Figure:
    """One number with its value; missing is None or NaN."""

    number: Number
    value: Any
    before: Any = None
    trend: tuple[float, ...] = ()
    """Month by month up to the period's end; empty if the catalogue names no query of its months."""


def _params(item: Query, period: Period, given: dict[str, Any]) -> dict[str, Any]:
    known = {**period.months, "as_of": period.as_of, **given}
    return {name: known[name] for name in item.params}


def _of(rows: pd.DataFrame, given: dict[str, Any]) -> pd.DataFrame:
    """The rows of the client, or whatever else the number is asked of."""
    for column in given.keys() & set(rows.columns):
        rows = rows[rows[column] == given[column]]
    return rows


def _value(item: Number, period: Period, given: dict[str, Any]) -> Any:
    asked = query(item.query)
    params = _params(asked, period, given)
    if asked.grain == ("one", "row"):
        return session.one(item.query, **params).get(item.column)
    rows = _of(session.run(item.query, **params), given)
    return rows[item.column].iloc[0] if len(rows) == 1 else None


def _before(asked: Query, period: Period) -> Period | None:
    """The period before; none where what the number is made from is not loaded for all of it."""
    if "as_of" in asked.params:
        found = session.one("metrics.previous_day", as_of=period.as_of)
        return replace(period, as_of=found["as_of"]) if found else None
    months = session.one("metrics.previous_period", **period.months)
    needed = [LOADED[need] for need in asked.needs if need in LOADED]
    if not needed or not all(months.get(name) for name in needed):
        return None
    return replace(period, month_from=months["month_from"], month_to=months["month_to"])


def _trend(item: Number, period: Period, given: dict[str, Any]) -> tuple[float, ...]:
    asked = query(item.trend)
    rows = _of(session.run(item.trend, **_params(asked, period, given)), given)
    if "as_of" not in asked.params:
        # revenue paid in advance is known for months that have not happened
        rows = rows[pd.to_datetime(rows["month_start"]) <= pd.Timestamp(period.month_to)]
    return tuple(rows.sort_values("month_start")[item.column].astype("float64"))


def figure(name: str, period: Period, **given: Any) -> Figure:
    """The number of that name; given are a client_key, an automation_share, or what else its query asks for."""
    item = number(name)
    value = _value(item, period, given)
    if item.instead and formats.is_missing(value):
        other = figure(item.instead, period, **given)
        if not formats.is_missing(other.value):
            return other
    before = _before(query(item.query), period) if item.is_compared else None
    return Figure(
        item,
        value,
        _value(item, before, given) if before else None,
        _trend(item, period, given) if item.trend else (),
    )

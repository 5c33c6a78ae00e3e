"""The metric row: value, change against the period before, sparkline, benchmark with its basis in small print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.catalogue import Number, number
from vitals.queries import Query, query
from vitals.ui.page import contents, record, session
from vitals.ui.page.filters import Period
from vitals.ui.page.safe import md

LOADED = {
    "invoice_lines": "has_invoices", "time_entries|tickets": "has_labour", "tickets": "has_tickets",
    "metrics.period_retention": "has_opening",
}  # fmt: skip
"""What a number is made from, or its query -> the column that says whether it is loaded for the period before."""


@dataclass(frozen=True)
class Figure:
    """One number with its value; missing is None or NaN."""

    number: Number
    value: Any
    before: Any = None
    compared_with: str = ""
    """When it was what it was before, in words: the months, or the day."""
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
    needed = [LOADED[need] for need in (*asked.needs, asked.name) if need in LOADED]
    if not needed or not all(months.get(name) for name in needed):
        return None
    return replace(period, month_from=months["month_from"], month_to=months["month_to"])


def _when(item: Number, before: Period) -> str:
    """The months, the last of them or the day that a number is of."""
    if "as_of" in query(item.query).params:
        return formats.day(before.as_of)
    return before.last if item.is_of_last_month else before.label


def _trend(item: Number, period: Period, given: dict[str, Any]) -> tuple[float, ...]:
    asked = query(item.trend)
    rows = _of(session.run(item.trend, **_params(asked, period, given)), given)
    if "as_of" not in asked.params:
        # revenue paid in advance is known for months that have not happened
        rows = rows[pd.to_datetime(rows["month_start"]) <= pd.Timestamp(period.month_to)]
    values = pd.Series(rows[item.column].to_numpy("float64"), index=pd.to_datetime(rows["month_start"])).sort_index()
    # a month without a row is as unknown as one without a value
    return tuple(values.asfreq("MS") if len(values) else values)


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
        _when(item, before) if before else "",
        _trend(item, period, given) if item.trend else (),
    )


MOST_CARDS = 4
NARROWEST, NARROWEST_PAIR = 175, 395
"""Pixels of a tile and of two: four in a row on a laptop, two by two on a tablet, one below the other on a phone."""
LONGEST_BESIDE = 14
"""Letters that fit beside a change: a month or a day. What is longer stands in a line of its own."""
NOT_AVAILABLE = "n/a"
FEW = 20
"""Of fewer than these one more is so many per cent that it reads as a landslide: the number itself is said."""
Colour = Literal["normal", "inverse", "off"]


def change(now: Any, before: Any, form: str) -> str:
    """The change against the period before: shares in points, few of a kind in their number, all else in per cent.

    Empty when either is missing, or when per cent of nothing or of a loss would mean nothing.
    """
    if formats.is_missing(now) or formats.is_missing(before):
        return ""
    now, before = float(now), float(before)
    if form.startswith("percent"):
        return formats.points(now - before)
    if form == "count" and max(now, before) < FEW:
        sign = formats.MINUS if now < before else "+" if now > before else ""
        return f"{sign}{formats.count(abs(now - before))}"
    if before <= 0:
        return ""
    return f"{'+' if now >= before else ''}{formats.percent(now / before - 1)}"


def _colour(shown: Figure, is_fall: bool) -> Colour:
    """Green where it got better, red where worse, neither while it stays as the benchmark asks.

    Streamlit takes a true minus sign for a rise, so a fall is the other way round.
    """
    item = shown.number
    colours: dict[str, tuple[Colour, Colour]] = {"higher": ("normal", "inverse"), "lower": ("inverse", "normal")}
    stays_well = item.benchmark and item.benchmark.holds(shown.value) and item.benchmark.holds(shown.before)
    return "off" if stays_well else colours.get(item.better, ("off", "off"))[is_fall]


def _line(trend: Sequence[float]) -> list[float] | None:
    """The last two years, broken where a month isn't known; at least three months, since two points mean nothing."""
    shown = pd.Series(trend, dtype="float64").tail(24)
    return list(shown.loc[shown.first_valid_index() :]) if shown.count() >= 3 else None


def _benchmark(item: Number) -> str:
    if not item.benchmark:
        return ""
    basis = f" Basis: {item.benchmark.basis}." if item.benchmark.basis else ""
    said = item.benchmark.said
    return f"{said if said.startswith('Compare ') else f'Benchmark: {said}'}.{basis}"


def _draw(shown: Figure, note: str, over: str) -> None:
    item = shown.number
    delta = change(shown.value, shown.before, item.format)
    against = f"vs {shown.compared_with}" if delta else ""
    is_long = len(against) > LONGEST_BESIDE
    moved, is_fall = any(digit in delta for digit in "123456789"), delta.startswith(formats.MINUS)
    is_missing = formats.is_missing(shown.value)
    with st.container(gap="xsmall"):
        st.metric(
            md(item.short or item.label),
            NOT_AVAILABLE if is_missing else md(formats.written(shown.value, item.format)),
            delta=delta or None,
            delta_color=_colour(shown, is_fall) if moved else "off",
            delta_arrow=("down" if is_fall else "up") if moved else "off",
            delta_description=md(against) if against and not is_long else None,
            help=md(f"{item.formula}."),
            chart_data=_line(shown.trend),
            chart_type="line",
        )
        waits_for = contents.to_load_for(item) if is_missing else ""
        for said in (against if is_long else "", waits_for, note, over or _benchmark(item)):
            if said:
                st.caption(md(said))


def draw(
    names: Sequence[str],
    period: Period,
    notes: Mapping[str, str] | None = None,
    over: Mapping[str, str] | None = None,
    **given: Any,
) -> None:
    """The metric row, four at the most: numbers of the catalogue by name, each asked of its own query.

    notes: what a number rests on, where it alone would mislead. over: the months of a number that aren't those of its
    benchmark, said in its place. given: the client_key, or what else the queries ask.
    Missing numbers say n/a and never look like zero.
    """
    record.showed(names)
    halves = st.grid(2, min_column_width=NARROWEST_PAIR, gap=("small", "medium"))
    for pair in (names[:2], names[2:MOST_CARDS]):
        with halves.cell():
            grid = st.grid(2, min_column_width=NARROWEST, gap=("small", "medium"))
            for name in pair:
                with grid.cell():
                    _draw(figure(name, period, **given), (notes or {}).get(name, ""), (over or {}).get(name, ""))

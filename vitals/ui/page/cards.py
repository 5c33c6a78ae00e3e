"""The metric row: value, change against the period before, sparkline, benchmark with its basis in small print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.catalogue import Number
from vitals.ui.page import needs, record
from vitals.ui.page.figures import Figure, figure
from vitals.ui.page.filters import Period
from vitals.ui.page.safe import md

MOST_CARDS = 4
NARROWEST, NARROWEST_PAIR = 175, 395
"""Pixels of a tile and of two: four in a row on a laptop, two by two on a tablet, one below the other on a phone."""
NOT_AVAILABLE = "n/a"
Colour = Literal["normal", "inverse", "off"]


def change(now: Any, before: Any, form: str) -> str:
    """The change against the period before: shares in points, everything else in per cent.

    Empty when either is missing, or when per cent of nothing or of a loss would mean nothing.
    """
    if formats.is_missing(now) or formats.is_missing(before):
        return ""
    now, before = float(now), float(before)
    if form.startswith("percent"):
        return formats.points(now - before)
    if before <= 0:
        return ""
    return f"{'+' if now >= before else ''}{formats.percent(now / before - 1)}"


def _colour(item: Number, is_fall: bool) -> Colour:
    """Green where it got better; Streamlit takes a true minus sign for a rise, so a fall is the other way round."""
    colours: dict[str, tuple[Colour, Colour]] = {"higher": ("normal", "inverse"), "lower": ("inverse", "normal")}
    return colours.get(item.better, ("off", "off"))[is_fall]


def _line(trend: Sequence[float]) -> list[float] | None:
    """At least three months; two points would be a line that means nothing."""
    known = pd.Series(trend, dtype="float64").dropna()
    return list(known.tail(24)) if len(known) >= 3 else None


def _benchmark(item: Number) -> str:
    if not item.benchmark:
        return ""
    basis = f" Basis: {item.benchmark.basis}." if item.benchmark.basis else ""
    said = item.benchmark.said
    return f"{said if said.startswith('Compare ') else f'Benchmark: {said}'}.{basis}"


def _draw(shown: Figure, note: str) -> None:
    item = shown.number
    delta = change(shown.value, shown.before, item.format)
    moved, is_fall = any(digit in delta for digit in "123456789"), delta.startswith(formats.MINUS)
    is_missing = formats.is_missing(shown.value)
    with st.container(gap="xsmall"):
        st.metric(
            md(item.short or item.label),
            NOT_AVAILABLE if is_missing else md(formats.written(shown.value, item.format)),
            delta=delta or None,
            delta_color=_colour(item, is_fall) if moved else "off",
            delta_arrow=("down" if is_fall else "up") if moved else "off",
            delta_description="vs before" if delta else None,
            help=md(f"{item.formula}."),
            chart_data=_line(shown.trend),
            chart_type="line",
        )
        for said in (needs.to_load_for(item.query) if is_missing else "", note, _benchmark(item)):
            if said:
                st.caption(md(said))


def draw(names: Sequence[str], period: Period, notes: Mapping[str, str] | None = None, **given: Any) -> None:
    """The metric row, four at the most: numbers of the catalogue by name, each asked of its own query.

    notes: what a number rests on, where it alone would mislead. given: the client_key, or what else the queries ask.
    Missing numbers say n/a and never look like zero.
    """
    record.showed(names)
    halves = st.grid(2, min_column_width=NARROWEST_PAIR, gap=("small", "medium"))
    for pair in (names[:2], names[2:MOST_CARDS]):
        with halves.cell():
            grid = st.grid(2, min_column_width=NARROWEST, gap=("small", "medium"))
            for name in pair:
                with grid.cell():
                    _draw(figure(name, period, **given), (notes or {}).get(name, ""))

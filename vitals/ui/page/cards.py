"""The metric row: value, change against the period before, sparkline, benchmark with its basis in small print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.catalogue import Number, number
from vitals.ui.page import needs
from vitals.ui.page.safe import md

MOST_CARDS = 4
NARROWEST, NARROWEST_PAIR = 175, 395
"""Pixels of a tile and of two: four in a row on a laptop, two by two on a tablet, one below the other on a phone."""
NOT_AVAILABLE = "n/a"
Colour = Literal["normal", "inverse", "off"]


@dataclass(frozen=True)
class Card:
    """One number of the row: its id in the catalogue and, where known, how it went month by month."""

    metric: str
    trend: Sequence[float] | pd.Series | None = None
    column: str = ""
    """Its column in the row, where that is not the metric's own."""
    label: str = ""
    """Its name on this page, where the catalogue's would be too long."""
    note: str = ""
    """What it rests on, where the number alone would mislead."""


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


def _trend(card: Card) -> list[float] | None:
    """At least three months; two points would be a line that means nothing."""
    if card.trend is None:
        return None
    known = pd.Series(card.trend, dtype="float64").dropna()
    return list(known.tail(24)) if len(known) >= 3 else None


def _benchmark(item: Number) -> str:
    if not item.benchmark:
        return ""
    basis = f" Basis: {item.benchmark.basis}." if item.benchmark.basis else ""
    said = item.benchmark.said
    return f"{said if said.startswith('Compare ') else f'Benchmark: {said}'}.{basis}"


def _draw(card: Card, row: Mapping[str, Any]) -> None:
    item = number(card.metric)
    column = card.column or item.column
    value, before = row.get(column), row.get(f"previous_{column}")
    delta = change(value, before, item.format)
    moved, is_fall = any(digit in delta for digit in "123456789"), delta.startswith(formats.MINUS)
    with st.container(gap="xsmall"):
        st.metric(
            md(card.label or item.label),
            NOT_AVAILABLE if formats.is_missing(value) else md(formats.written(value, item.format)),
            delta=delta or None,
            delta_color=_colour(item, is_fall) if moved else "off",
            delta_arrow=("down" if is_fall else "up") if moved else "off",
            delta_description="vs before" if delta else None,
            help=md(f"{item.formula}."),
            chart_data=_trend(card),
            chart_type="line",
        )
        waits = needs.to_load_for(item.query) if formats.is_missing(value) else ""
        if waits:
            st.caption(md(waits))
        if card.note:
            st.caption(md(card.note))
        if item.benchmark:
            st.caption(md(_benchmark(item)))


def draw(row: Mapping[str, Any], cards: Sequence[Card]) -> None:
    """The metric row, four at the most; missing numbers say n/a and never look like zero."""
    shown = cards[:MOST_CARDS]
    halves = st.grid(2, min_column_width=NARROWEST_PAIR, gap=("small", "medium"))
    for pair in (shown[:2], shown[2:]):
        with halves.cell():
            grid = st.grid(2, min_column_width=NARROWEST, gap=("small", "medium"))
            for card in pair:
                with grid.cell():
                    _draw(card, row)

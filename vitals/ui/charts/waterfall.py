"""The chart of what a sum is made of: each part begins where the one before it ended, and totals stand on zero."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.ui.charts.drawing import (
    BLUE,
    GREY,
    LABEL_LETTER,
    RULE,
    VERMILION,
    bare,
    empty,
    kept,
    label_rows,
    name_rows,
    numbers,
    row_height,
)
from vitals.ui.page.safe import pl

HALF_BAR = 0.34
"""Of a row: half the thickness of its bar."""


def _label(amount: float, is_total: bool) -> str:
    said = formats.money_short(amount)
    return f"+{said}" if amount > 0 and not is_total else said


def _starts(amounts: np.ndarray, is_total: np.ndarray) -> np.ndarray:
    """Where each bar begins: a total at zero, a part at the end of what stands above it."""
    starts, reached = np.zeros(len(amounts)), 0.0
    for row, (amount, total) in enumerate(zip(amounts, is_total, strict=True)):
        starts[row] = 0.0 if total else reached
        reached = starts[row] + amount
    return starts


def _joints(figure: go.Figure, ends: np.ndarray) -> None:
    """A thin line from the end of each bar down to the next."""
    line = {"width": 1, "color": RULE}
    for row, end in enumerate(ends[:-1]):
        figure.add_shape(type="line", x0=end, x1=end, y0=row + HALF_BAR, y1=row + 1 - HALF_BAR, line=line)


def _bars(figure: go.Figure, known: pd.DataFrame, labels: list[str]) -> None:
    amounts, is_total = numbers(known["amount"]), np.asarray(known["is_total"], dtype=bool)
    figure.add_bar(
        x=amounts,
        y=np.arange(len(known)),
        base=_starts(amounts, is_total),
        width=2 * HALF_BAR,
        orientation="h",
        marker={"color": np.where(is_total, GREY, np.where(amounts < 0, VERMILION, BLUE)), "line": {"width": 0}},
        hovertext=[f"{pl(name)}: {label}" for name, label in zip(known["name"], labels, strict=True)],
        hoverinfo="text",
    )


@kept
def waterfall(steps: pd.DataFrame, why_empty: str) -> go.Figure:
    """Rows of name, amount and is_total, from top to bottom: a total is the sum of what stands above it.

    A total may stand first, as what the parts change, and among them. Parts that aren't known are left out.
    """
    known = steps.dropna(subset=["amount"])
    if known.empty:
        return empty(why_empty)
    labels = [_label(*each) for each in zip(known["amount"], known["is_total"], strict=True)]
    figure = bare(row_height(len(known), 16))
    _bars(figure, known, labels)
    starts = figure.data[0].base
    ends = starts + figure.data[0].x
    _joints(figure, ends)
    name_rows(figure, known["name"])
    label_rows(figure, labels, at_least=LABEL_LETTER * (max(map(len, labels)) + 3))
    low, high = min(0.0, starts.min(), ends.min()), max(0.0, starts.max(), ends.max())
    figure.update_xaxes(range=[low, max(high, low + 1)], showticklabels=False)
    figure.add_vline(x=0, line={"width": 1, "color": RULE})
    return figure

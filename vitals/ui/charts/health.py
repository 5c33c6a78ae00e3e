"""The chart of data health: why rows did not reach the numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.ui.charts.drawing import (
    AMBER,
    GREY,
    VERMILION,
    bare,
    empty,
    kept,
    label_rows,
    name_rows,
    numbers,
    row_height,
    say_cut,
)

MOST_ROWS = 20
COLOURS = {"quarantined": VERMILION, "waits": AMBER}
WORDS = {"quarantined": "can't be read", "set_aside": "set aside", "replaced": "another row counts"}


def _said(fate: str, rows: float) -> str:
    waits = "waits for your choice" if rows == 1 else "wait for your choice"
    return f"{formats.count(rows)} {waits if fate == 'waits' else WORDS.get(fate, '')}".rstrip()


@kept
def left_out_bars(reasons: pd.DataFrame) -> go.Figure:
    """Rows left out by reason, most first: vermilion can't be read, amber waits for a choice; the label says it too."""
    if reasons.empty:
        return empty("Every row of every file reached the numbers.")
    shown = reasons.sort_values("rows", ascending=False).head(MOST_ROWS)
    amounts = numbers(shown["rows"])
    fate = list(shown["fate"])
    figure = bare(row_height(len(shown)))
    figure.add_bar(
        x=amounts,
        y=np.arange(len(shown)),
        orientation="h",
        marker={"color": np.asarray([COLOURS.get(name, GREY) for name in fate])},
        hoverinfo="skip",
    )
    name_rows(figure, [str(reason).replace("_", " ") for reason in shown["reason"]])
    label_rows(figure, [_said(name, amount) for name, amount in zip(fate, amounts, strict=True)])
    figure.update_xaxes(range=[0, float(amounts.max())], showticklabels=False)
    say_cut(figure, len(shown), len(reasons), "reasons with the most rows")
    return figure

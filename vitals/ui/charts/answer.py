"""The rows of an answer as bars, whatever they are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.ui.charts.drawing import BLUE, bare, empty, kept, label_rows, name_rows, numbers, row_height, say_cut

MOST_BARS = 30


@kept
def answer_bars(rows: pd.DataFrame, names: str, amounts: str, labels: str = "") -> go.Figure:
    """A bar for each of the first rows, in their order: its name from one column, its length from another.

    labels: the column with what is written beside each; without it the number is.
    """
    shown = rows.head(MOST_BARS)
    lengths = numbers(shown[amounts])
    if shown.empty or np.isnan(lengths).all():
        return empty("The answer has no numbers to draw.")
    figure = bare(row_height(len(shown)))
    figure.add_bar(x=lengths, y=np.arange(len(shown)), orientation="h", marker={"color": BLUE}, hoverinfo="skip")
    name_rows(figure, [formats.text(name) for name in shown[names]])
    say_cut(figure, len(shown), len(rows), "first rows")
    label_rows(figure, list(shown[labels]) if labels else [formats.number(amount) for amount in lengths])
    figure.update_xaxes(
        range=[min(0.0, float(np.nanmin(lengths))), max(0.0, float(np.nanmax(lengths)))], showticklabels=False
    )
    return figure

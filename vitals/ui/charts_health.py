"""The chart of data health: why rows did not reach the numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.ui.charts import AMBER, GREY, bare, empty, name_rows, numbers, row_height

UNREADABLE = "quarantined"


def left_out_bars(reasons: pd.DataFrame) -> go.Figure:
    """Rows left out by reason, most first; those that could not be read in amber."""
    if reasons.empty:
        return empty("Every row of every file reached the numbers.")
    shown = reasons.sort_values("rows", ascending=False).head(20)
    amounts = numbers(shown["rows"])
    unreadable = np.asarray(shown["fate"] == UNREADABLE)
    figure = bare(row_height(len(shown)))
    figure.add_bar(
        x=amounts,
        y=np.arange(len(shown)),
        orientation="h",
        marker={"color": np.where(unreadable, AMBER, GREY)},
        text=[f" {formats.count(amount)}" for amount in amounts],
        textposition="outside",
        cliponaxis=False,
        hoverinfo="skip",
    )
    name_rows(figure, [str(reason).replace("_", " ") for reason in shown["reason"]])
    figure.update_xaxes(range=[0, float(amounts.max()) * 1.15], showticklabels=False)
    return figure

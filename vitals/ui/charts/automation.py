"""The chart of automation at scale: what an endpoint costs to serve as their number grows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.ui.charts.drawing import BLUE, GREY, bare, empty, kept, money_axis, numbers

LINES = {"by_people": ("people alone", GREY), "automated": ("automated", BLUE)}


@kept
def scale_lines(costs: pd.DataFrame) -> go.Figure:
    """Cost of an endpoint and month by people alone and with automation; the upper line is named above its end."""
    known = costs.dropna(subset=["by_people", "automated"])
    if known.empty:
        return empty("How long a ticket takes isn't known, so no cost of an endpoint is either.")
    figure, places = bare(260), numbers(known["endpoints"])
    upper = max(LINES, key=lambda column: float(numbers(known[column])[-1]))
    for column, (word, colour) in LINES.items():
        cost = numbers(known[column])
        hover = [
            f"{formats.count(size)} endpoints, {word}: {formats.money_exact(each)}"
            for size, each in zip(places, cost, strict=True)
        ]
        figure.add_scatter(
            x=places, y=cost, mode="lines", line={"color": colour, "width": 3}, hovertext=hover, hoverinfo="text"
        )
        named = {"showarrow": False, "xanchor": "right", "yshift": 12 if column == upper else -12}
        figure.add_annotation(x=places[-1], y=cost[-1], text=f"{word} {formats.money_exact(cost[-1])}", **named)
    ticks = np.array([1000, 4000, 7000, 10000])
    figure.update_xaxes(tickvals=ticks, ticktext=[formats.count(tick) for tick in ticks], tickangle=0)
    money_axis(figure, np.concatenate([numbers(known[column]) for column in LINES]))
    figure.update_layout(margin={"r": 24, "t": 20})
    return figure

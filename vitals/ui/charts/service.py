"""The charts of the desk: which share of tickets met its target, and how many are open at each month's end."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.catalogue import number
from vitals.ui.charts.drawing import (
    AMBER,
    BLUE,
    GREY,
    RULE,
    bare,
    empty,
    kept,
    label_rows,
    name_rows,
    name_ticks,
    numbers,
    percent_axis,
    row_height,
)
from vitals.ui.page.safe import pl

TARGET = number("resolution_attainment_pct")
# column -> (word, sign): the sign alone tells them apart
MARKS = {
    "resolution_attainment_pct": ("resolved", "circle"),
    "response_attainment_pct": ("answered", "circle-open"),
}
ATTAINMENT_SIGNS = "● resolved within the target · ○ answered within it · amber: below the line."


def _marks(figure: go.Figure, column: str, priorities: pd.DataFrame) -> None:
    word, symbol = MARKS[column]
    shares = numbers(priorities[column])
    colours = np.where(shares < TARGET.low, AMBER, BLUE)
    figure.add_scatter(
        x=shares,
        y=np.arange(len(priorities)),
        mode="markers",
        marker={
            "size": 12,
            "symbol": symbol,
            "color": colours,
            "line": {"width": 2.5, "color": colours},
        },
        hovertext=[
            f"{pl(name)}: {formats.percent(share)} {word} within the target"
            for name, share in zip(priorities["priority"], shares, strict=True)
        ],
        hoverinfo="text",
    )


@kept
def attainment_by_priority(attainment: pd.DataFrame) -> go.Figure:
    """A row for each priority, the lowest share first: resolved and answered in time, and the line to be above."""
    known = attainment.dropna(subset=list(MARKS), how="all")
    if known.empty:
        return empty("No ticket of these months has a target that can be judged yet.")
    shown = known.sort_values(["resolution_attainment_pct", "priority"], na_position="last").reset_index(drop=True)
    figure = bare(row_height(len(shown), 84))
    for column in MARKS:
        _marks(figure, column, shown)
    name_rows(figure, shown["priority"])
    label_rows(figure, [formats.percent(share) for share in shown["resolution_attainment_pct"]], at_least=64)
    lowest = float(shown[list(MARKS)].min().min())
    percent_axis(figure, max(0.0, np.floor(min(lowest, TARGET.low) * 20 - 1) / 20), 1.005)
    figure.add_vline(x=TARGET.low, line={"width": 1.5, "color": RULE, "dash": "dot"})
    said = f"{formats.percent_whole(TARGET.low)} or more"
    figure.add_annotation(x=TARGET.low, y=1, yref="paper", yanchor="bottom", text=said, showarrow=False)
    figure.update_layout(margin={"t": 30, "b": 8, "l": 0})
    return figure


@kept
def backlog_bars(monthly: pd.DataFrame) -> go.Figure:
    """Tickets open at each month's end; of them those over 30 days in full colour, from below."""
    if monthly.empty:
        return empty("No month of these is complete for tickets.")
    whole, old = numbers(monthly["open_at_end"]), numbers(monthly["open_over_30_days"])
    figure = bare(240)
    figure.update_layout(barmode="stack")
    for heights, colour in ((old, AMBER), (whole - old, GREY)):
        figure.add_bar(x=np.arange(len(monthly)), y=heights, marker={"color": colour}, hoverinfo="skip")
    for place, (height, part) in enumerate(zip(whole, old, strict=True)):
        said = formats.count(height) if not part else f"{formats.count(height)}<br>{formats.count(part)} old"
        figure.add_annotation(x=place, y=height, text=said, showarrow=False, yanchor="bottom")
    name_ticks(figure, monthly["month_start"])
    figure.update_yaxes(range=[0, max(1.0, float(whole.max())) * 1.2], showticklabels=False)
    return figure

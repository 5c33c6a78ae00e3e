"""The charts of the desk: targets met, tickets open at each month's end, who asks for how much, and quality."""

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
    label_bars,
    label_rows,
    name_rows,
    name_ticks,
    numbers,
    percent_axis,
    row_height,
    say_cut,
)
from vitals.ui.page.safe import pl

TARGET, EACH_USER = number("resolution_attainment_pct"), number("reactive_tickets_per_user")
MOST_ROWS = 20
# column -> (word, sign): the sign alone tells them apart
MARKS = {
    "resolution_attainment_pct": ("resolved", "circle"),
    "response_attainment_pct": ("answered", "circle-open"),
}
DEMAND_SIGNS = (
    "Hours of reactive tickets by client, the most first; beside them tickets a user and month. "
    f"Amber: more than {formats.number(EACH_USER.high)}."
)
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


@kept
def attainment_by_month(months: pd.DataFrame) -> go.Figure:
    """A row for each priority and a column for each month: per cent resolved in time, amber below the line."""
    known = months.dropna(subset=["resolution_attainment_pct"])
    if known.empty:
        return empty("No month of these is complete for tickets that have a target.")
    names, starts = list(known["priority"].unique()), sorted(known["month_start"].unique())
    shares = numbers(known["resolution_attainment_pct"])
    rows, places = list(known["priority"].map(names.index)), list(known["month_start"].map(starts.index))
    figure = bare(row_height(len(names), 60))
    figure.add_scatter(
        x=np.asarray(places, dtype=float),
        y=np.asarray(rows, dtype=float),
        mode="text",
        text=[f"{formats.percent_whole(share).split(formats.NO_BREAK)[0]}" for share in shares],
        textfont={"color": np.where(shares < TARGET.low, AMBER, BLUE), "size": 11},
        hovertext=[
            f"{pl(row.priority)}, {formats.month(row.month_start)}: "
            f"{formats.percent(row.resolution_attainment_pct)} of {formats.plural(row.tickets, 'ticket')}"
            for row in known.itertuples()
        ],
        hoverinfo="text",
    )
    name_rows(figure, names)
    name_ticks(figure, starts)
    figure.update_xaxes(side="top")
    return figure


@kept
def demand_bars(clients: pd.DataFrame) -> go.Figure:
    """Reactive hours by client, the most first; amber where each user files more tickets than is usual."""
    asking = clients[clients["reactive_hours"] > 0]
    known = asking.head(MOST_ROWS)
    if known.empty:
        return empty("No reactive ticket of these months has hours.")
    hours, each = numbers(known["reactive_hours"]), numbers(known["reactive_tickets_per_user"])
    figure = bare(row_height(len(known)))
    figure.add_bar(
        x=hours,
        y=np.arange(len(known)),
        orientation="h",
        marker={"color": np.where(each > EACH_USER.high, AMBER, GREY)},
        hoverinfo="skip",
    )
    name_rows(figure, known["client"])
    label_bars(figure, [_asked(*pair) for pair in zip(hours, each, strict=True)], hours)
    say_cut(figure, len(known), len(asking), "clients with the most hours")
    figure.update_xaxes(range=[0, float(hours.max())], showticklabels=False)
    return figure


def _asked(hours: float, each: float) -> str:
    known = "" if formats.is_missing(each) else f" · {formats.number(each)}"
    return f"{formats.hours(hours)}{known}"


@kept
def quality_rows(measures: pd.DataFrame) -> go.Figure:
    """A row for each measure: its share as a dot, and the interval that holds the true one as a line."""
    known = measures.dropna(subset=["rate"]).reset_index(drop=True)
    if known.empty:
        return empty("No file says how tickets went: touches, escalations, how often they were opened again, ratings.")
    shares, low, high = (numbers(known[name]) for name in ("rate", "rate_low", "rate_high"))
    figure = bare(row_height(len(known), 48))
    figure.add_scatter(
        x=shares,
        y=np.arange(len(known)),
        error_x={"array": high - shares, "arrayminus": shares - low, "color": GREY, "thickness": 2, "width": 4},
        mode="markers",
        marker={"size": 11, "color": BLUE},
        hovertext=[
            f"{pl(name)}: {formats.percent(share)}" for name, share in zip(known["measure"], shares, strict=True)
        ],
        hoverinfo="text",
    )
    name_rows(figure, known["measure"])
    said = [
        f"{formats.percent(share)} of {formats.count(found)}"
        for share, found in zip(shares, known["tickets"], strict=True)
    ]
    label_rows(figure, said, at_least=64)
    ticks = np.array([0, 0.5, 1])
    figure.update_xaxes(range=[-0.03, 1.03], tickvals=ticks, ticktext=[formats.percent_whole(tick) for tick in ticks])
    return figure

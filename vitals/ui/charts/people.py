"""Charts about people: whose hours are sold, against the band."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.catalogue import number
from vitals.ui.charts.drawing import (
    AMBER,
    BLUE,
    FAINT,
    QUIET,
    VERMILION,
    bare,
    empty,
    kept,
    name_rows,
    name_ticks,
    numbers,
    percent_axis,
    row_height,
)
from vitals.ui.page.safe import pl

BAND, CAPTURE = number("utilisation_net"), number("time_capture")


def _colours(shares: np.ndarray) -> np.ndarray:
    """Amber below the band, vermilion above it (a person near burning out), blue inside."""
    return np.where(shares > BAND.high, VERMILION, np.where(shares < BAND.low, AMBER, BLUE))


def _month_dots(figure: go.Figure, technicians: pd.Series, monthly: pd.DataFrame) -> None:
    rows = {name: row for row, name in enumerate(technicians)}
    shown = monthly[monthly["technician"].isin(rows)].dropna(subset=["utilisation_net"])
    shares = numbers(shown["utilisation_net"])
    hover = [
        f"{pl(name)}, {formats.month(month)}: {formats.percent(share)}"
        for name, month, share in zip(shown["technician"], shown["month_start"], shares, strict=True)
    ]
    figure.add_scatter(
        x=shares,
        y=np.asarray(shown["technician"].map(rows), dtype=float),
        mode="markers",
        marker={"size": 6, "color": QUIET, "line": {"width": 0}},
        hovertext=hover,
        hoverinfo="text",
    )


def _period_dots(figure: go.Figure, people: pd.DataFrame) -> None:
    shares, capture = numbers(people["utilisation_net"]), numbers(people["time_capture"])
    colours = _colours(shares)
    hollow = capture < CAPTURE.low
    hover = [
        f"{pl(name)}: {formats.percent(share)} utilised, {formats.percent(caught)} of time captured"
        for name, share, caught in zip(people["technician"], shares, capture, strict=True)
    ]
    figure.add_scatter(
        x=shares,
        y=np.arange(len(people)),
        mode="markers",
        marker={
            "size": 13,
            "color": colours,
            "symbol": np.where(hollow, "circle-open", "circle"),
            "line": {"width": np.where(hollow, 2.5, 0), "color": colours},
        },
        customdata=np.asarray(people["technician"], dtype=object).reshape(-1, 1),
        hovertext=hover,
        hoverinfo="text",
    )


@kept
def utilisation_rows(technicians: pd.DataFrame, monthly: pd.DataFrame) -> go.Figure:
    """A row for each technician: small dots by month, the period large, the band behind."""
    people = technicians.dropna(subset=["utilisation_net"]).sort_values("utilisation_net", ascending=False)
    if people.empty:
        return empty("No technician has hours and a known capacity in these months.")
    figure = bare(row_height(len(people), 84))
    figure.add_vrect(x0=BAND.low, x1=BAND.high, fillcolor=FAINT, line={"width": 0}, layer="below")
    _month_dots(figure, people["technician"], monthly)
    _period_dots(figure, people)
    name_rows(figure, people["technician"])
    middle = (BAND.low + BAND.high) / 2
    figure.add_annotation(
        x=middle, y=1, yref="paper", yanchor="bottom", text=f"healthy band, {BAND.band}", showarrow=False
    )
    _axis(figure, people, monthly)
    figure.update_layout(margin={"t": 30, "b": 8, "l": 0, "r": 0})
    return figure


def _axis(figure: go.Figure, people: pd.DataFrame, monthly: pd.DataFrame) -> None:
    """From below the lowest mark to above the highest, with each person's share in a column at the right."""
    shares = numbers(people["utilisation_net"])
    every = np.concatenate([shares, numbers(monthly["utilisation_net"])]) if len(monthly) else shares
    low = max(0.0, np.floor(min(BAND.low, float(np.nanmin(every))) * 10) / 10)
    high = np.ceil(max(BAND.high, float(np.nanmax(every))) * 10) / 10
    percent_axis(figure, low, high, room=0.12)
    figure.add_scatter(
        x=np.full(len(people), high + (high - low) * 0.12),
        y=np.arange(len(people)),
        mode="text",
        text=[formats.percent_whole(share) for share in shares],
        textposition="middle left",
        cliponaxis=False,
        hoverinfo="skip",
    )


def _over(hours: float) -> str:
    """What stands above a month: whole hours over the band, which a phone can hold; nothing where there are none."""
    return f"+{formats.count(round(hours))}" if hours >= 0.5 else ""


def technician_bars(monthly: pd.DataFrame) -> go.Figure:
    """Net utilisation by month, the band behind, hours over it as labels; a month that isn't known is a gap."""
    if monthly["utilisation_net"].dropna().empty:
        return empty("No month has hours and a known capacity.")
    shares = numbers(monthly["utilisation_net"])
    months = [formats.month(month) for month in monthly["month_start"]]
    figure = bare(260)
    figure.add_hrect(y0=BAND.low, y1=BAND.high, fillcolor=FAINT, line={"width": 0}, layer="below")
    figure.add_bar(
        x=np.arange(len(monthly)),
        y=shares,
        marker={"color": _colours(shares)},
        text=[_over(hours) for hours in numbers(monthly["hours_over_band"])] if len(monthly) <= 12 else None,
        textposition="outside",
        textfont={"size": 10},
        constraintext="none",
        cliponaxis=False,
        hovertext=[f"{month}: {formats.percent(share)}" for month, share in zip(months, shares, strict=True)],
        hoverinfo="text",
    )
    said = f"healthy band, {BAND.band}"
    figure.add_annotation(
        x=1, xref="paper", xanchor="right", y=1, yref="paper", yanchor="bottom", text=said, showarrow=False
    )
    top = max(1.0, float(np.nanmax(shares)) + 0.05)
    ticks = np.arange(0, top + 0.01, 0.2)
    figure.update_yaxes(range=[0, top], tickvals=ticks, ticktext=[formats.percent_whole(tick) for tick in ticks])
    name_ticks(figure, monthly["month_start"])
    figure.update_layout(margin={"t": 30, "b": 8, "l": 0, "r": 0})
    return figure

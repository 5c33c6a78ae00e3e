"""Charts about people: whose hours are sold, who does whose work, and what hangs on one of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.catalogue import number
from vitals.ui.charts.drawing import (
    AMBER,
    BLUE,
    FAINT,
    GREY,
    QUIET,
    RULE,
    VERMILION,
    bare,
    empty,
    kept,
    label_rows,
    name_rows,
    name_ticks,
    numbers,
    percent_axis,
    row_height,
    say_cut,
    short,
)
from vitals.ui.page.safe import pl

BAND, CAPTURE = number("utilisation_net"), number("time_capture")
MOST_ROWS = 20
HALF = 0.5
CAPACITY_SIGNS = "Client hours by month; paler: to be expected. The mark is what contracted time has room for."
DEPENDENCE_SIGNS = (
    "The share of a client's hours that its main technician did, the highest first; beside it who that is. "
    "Amber: half or more."
)
ROLE_SIGNS = (
    "Logged hours of each technician, seniors and owners first: amber is account work, striped what a lower level "
    "usually does, grey the rest; beside it the share of the first two."
)


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


LINES = ((GREY, "solid"), (BLUE, "solid"), (AMBER, "dash"), (VERMILION, "dot"))
"""Colour and stroke of the levels, one after the other; each has its name at its end, too."""


def _level_line(figure: go.Figure, level: str, shown: pd.DataFrame, starts: list[Any], place: int) -> None:
    colour, dash = LINES[place % len(LINES)]
    known = shown.dropna(subset=["utilisation_net"]).sort_values("month_start")
    shares = numbers(known["utilisation_net"])
    places = np.asarray([starts.index(start) for start in known["month_start"]], dtype=float)
    hover = [
        f"level {pl(level)}, {formats.month(row.month_start)}: {formats.percent(row.utilisation_net)} of "
        f"{formats.plural(row.technicians, 'technician')}"
        for row in known.itertuples()
    ]
    figure.add_scatter(
        x=places,
        y=shares,
        mode="lines+markers",
        line={"color": colour, "dash": dash, "width": 2},
        marker={"size": 5, "color": colour},
        hovertext=hover,
        hoverinfo="text",
    )
    if len(known):
        figure.add_annotation(
            x=places[-1], y=shares[-1], text=f"level {pl(level)}", showarrow=False, xanchor="left", xshift=8
        )


@kept
def level_lines(monthly: pd.DataFrame) -> go.Figure:
    """Net utilisation by month, a line for each level with its name at the end, the band behind."""
    known = monthly.dropna(subset=["utilisation_net"])
    if known.empty:
        return empty("No month of these has hours and a known capacity.")
    starts = sorted(known["month_start"].unique())
    figure = bare(260)
    figure.add_hrect(y0=BAND.low, y1=BAND.high, fillcolor=FAINT, line={"width": 0}, layer="below")
    for place, level in enumerate(sorted(known["level"].unique())):
        _level_line(figure, level, known[known["level"] == level], starts, place)
    every = numbers(known["utilisation_net"])
    low = max(0.0, np.floor(min(BAND.low, float(every.min())) * 10) / 10)
    ticks = np.arange(low, max(BAND.high, float(every.max())) + 0.1, 0.1)
    figure.update_yaxes(
        range=[ticks[0], ticks[-1]], tickvals=ticks, ticktext=[formats.percent_whole(tick) for tick in ticks]
    )
    name_ticks(figure, starts)
    figure.update_layout(margin={"t": 12, "b": 8, "l": 0, "r": 56})
    return figure


@kept
def role_bars(technicians: pd.DataFrame) -> go.Figure:
    """Logged hours by technician: account work, tickets that a lower level usually does, and the rest."""
    working = technicians[technicians["logged_hours"] > 0]
    shown = working.head(MOST_ROWS)
    if shown.empty:
        return empty("Nobody logged any hours in these months.")
    account, above = (np.nan_to_num(numbers(shown[name])) for name in ("account_hours", "above_hours"))
    logged = numbers(shown["logged_hours"])
    figure = bare(row_height(len(shown)))
    figure.update_layout(barmode="stack")
    parts = ((account, AMBER, ""), (above, VERMILION, "/"), (logged - account - above, GREY, ""))
    for hours, colour, pattern in parts:
        marker = {"color": colour, "pattern": {"shape": pattern, "size": 6, "solidity": 0.6}}
        figure.add_bar(x=hours, y=np.arange(len(shown)), orientation="h", marker=marker, hoverinfo="skip")
    name_rows(figure, shown["technician"])
    label_rows(figure, [formats.percent_whole(share) for share in numbers(shown["other_share"])], at_least=48)
    figure.update_xaxes(range=[0, float(logged.max())], showticklabels=False)
    say_cut(figure, len(shown), len(working), "technicians, seniors and owners first")
    return figure


@kept
def capacity_bars(history: pd.DataFrame) -> go.Figure:
    """Client hours by month, those to be expected paler, and a mark for what contracted time has room for."""
    known = history.dropna(subset=["client_hours"])
    if known.empty:
        return empty("No month of these is complete for hours.")
    hours, room = numbers(known["client_hours"]), numbers(known["capacity_hours"])
    ahead = known["is_ahead"].to_numpy(bool)
    figure = bare(280)
    figure.add_bar(
        x=np.arange(len(known)),
        y=hours,
        marker={"color": np.where(ahead, QUIET, np.where(hours > room, AMBER, BLUE))},
        hovertext=[
            f"{formats.month(month)}: {formats.hours(found)} of {formats.hours(fit)} that fit"
            for month, found, fit in zip(known["month_start"], hours, room, strict=True)
        ],
        hoverinfo="text",
    )
    mark = {"symbol": "line-ew", "size": 24, "line": {"width": 2.5, "color": VERMILION}}
    figure.add_scatter(x=np.arange(len(known)), y=room, mode="markers", marker=mark, hoverinfo="skip")
    top = float(np.nanmax(np.concatenate([hours, room, [1.0]])))
    figure.update_yaxes(range=[0, top * 1.05], nticks=5, tickformat=",d")
    name_ticks(figure, known["month_start"])
    return figure


@kept
def dependence_bars(clients: pd.DataFrame) -> go.Figure:
    """The share of each client's hours that one technician did, the highest first, with the line of one half."""
    served = clients.dropna(subset=["top_share"]).sort_values("top_share", ascending=False)
    known = served.head(MOST_ROWS)
    if known.empty:
        return empty("No client has hours of a technician with a name in these months.")
    shares = numbers(known["top_share"])
    figure = bare(row_height(len(known), 72))
    figure.add_bar(
        x=shares,
        y=np.arange(len(known)),
        orientation="h",
        marker={"color": np.where(shares >= HALF, AMBER, GREY)},
        hoverinfo="skip",
    )
    name_rows(figure, known["client"])
    said = [
        f"{short(name)} {formats.percent_whole(share)}"
        for name, share in zip(known["top_technician"], shares, strict=True)
    ]
    label_rows(figure, said)
    figure.add_vline(x=HALF, line={"width": 1.5, "color": RULE, "dash": "dot"})
    figure.add_annotation(x=HALF, y=1, yref="paper", yanchor="bottom", text="half", showarrow=False)
    figure.update_xaxes(range=[0, max(0.6, float(shares.max()))], showticklabels=False)
    figure.update_layout(margin={"t": 30, "b": 8, "l": 0})
    say_cut(figure, len(known), len(served), "clients that rest most on one technician")
    return figure

"""The charts of recurring revenue: what moved it, how much of it is kept, and what all revenue is made of."""

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
    GREY,
    RULE,
    VERMILION,
    bare,
    empty,
    kept,
    money_axis,
    name_rows,
    name_ticks,
    numbers,
    row_height,
    share_grid,
)
from vitals.ui.page.safe import pl

RISES, FALLS = "rgba(59, 126, 191, 0.4)", "rgba(212, 85, 42, 0.4)"
# movement -> (word, colour, pattern): what is pale, full or hatched is told apart without its colour
MOVEMENTS = {
    "expansion": ("rises", RISES, ""),
    "arrived": ("new clients", BLUE, ""),
    "first_seen": ("first seen", BLUE, "x"),
    "reactivation": ("came back", BLUE, "/"),
    "contraction": ("falls", FALLS, ""),
    "churn": ("lost", VERMILION, ""),
}
MOVEMENT_SIGNS = (
    "Above zero: rises (pale), new clients (full), clients first seen at a bill that may be a renewal (crossed), "
    "clients that came back (hatched). "
    "Below it: falls (pale), clients lost (full)."
)


def _hover(month: dict[str, object]) -> str:
    moved = [f"{word} {formats.money(month[name])}" for name, (word, *_) in MOVEMENTS.items() if month[name]]
    return f"{formats.month(month['month_start'])}: {', '.join(moved) or 'nothing moved'}"


def _ends(figure: go.Figure, shown: pd.DataFrame) -> None:
    """The recurring revenue before the first bar and after the last."""
    first, last = shown.iloc[0], shown.iloc[-1]
    for x, side, amount in ((0, "left", first["opening"]), (1, "right", last["closing"])):
        said = f"{'before' if side == 'left' else 'after'}: {formats.money_short(amount)} a month"
        place = {"x": x, "xref": "paper", "xanchor": side, "y": 1, "yref": "paper", "yanchor": "bottom"}
        figure.add_annotation(text=said, showarrow=False, **place)


@kept
def recurring_bridge(bridge: pd.DataFrame) -> go.Figure:
    """Rises, new, first seen and returned clients above zero, falls and lost clients below it, a bar for each month."""
    shown = bridge.dropna(subset=["opening"]).sort_values("month_start")
    if shown.empty:
        return empty("No month here has a month before it to compare with.")
    moved = shown[list(MOVEMENTS)].astype("float64")
    if not moved.to_numpy().any():
        return empty("Nothing moved the recurring revenue of these months.")
    hover = [_hover(month) for month in formats.rows(shown)]
    figure = bare(300)
    figure.update_layout(barmode="relative")
    for name, (_, colour, pattern) in MOVEMENTS.items():
        figure.add_bar(
            x=np.arange(len(shown)),
            y=numbers(shown[name]),
            marker={"color": colour, "pattern": {"shape": pattern}},
            hovertext=hover,
            hoverinfo="text",
        )
    money_axis(figure, np.concatenate([moved.clip(lower=0).sum(axis=1), moved.clip(upper=0).sum(axis=1)]))
    figure.add_hline(y=0, line={"width": 1, "color": RULE})
    name_ticks(figure, shown["month_start"])
    _ends(figure, shown)
    figure.update_layout(margin={"t": 30, "b": 8, "l": 0, "r": 0})
    return figure


KEPT = number("gross_revenue_retention")
# column -> (word, colour, dash): whole or dotted tells them apart
RATES = {
    "net_revenue_retention": ("with rises", GREY, "dot"),
    "gross_revenue_retention": ("without rises", BLUE, "solid"),
}


def _rate(figure: go.Figure, months: pd.DataFrame, column: str) -> None:
    word, colour, dash = RATES[column]
    shares = numbers(months[column])
    figure.add_scatter(
        x=np.arange(len(months)),
        y=shares,
        mode="lines+markers",
        line={"color": colour, "width": 2.5, "dash": dash},
        marker={"size": 6, "color": colour},
        hovertext=[
            f"{formats.month(month['month_start'])}: {formats.percent(month[column])} {word}, "
            f"{formats.count(month['clients_lost'])} of {formats.plural(month['clients_opening'], 'client')} lost"
            for month in formats.rows(months)
        ],
        hoverinfo="text",
    )
    # one above its line and the other below, so that they stay apart where the lines lie close
    beside = {"yanchor": "bottom", "yshift": 6} if dash == "dot" else {"yanchor": "top", "yshift": -6}
    place = {"x": len(months) - 1, "y": shares[-1], "xanchor": "right", **beside}
    figure.add_annotation(text=f"{word} {formats.percent(shares[-1])}", showarrow=False, **place)


@kept
def retention_lines(trajectory: pd.DataFrame) -> go.Figure:
    """What is kept of the revenue of a year before, by month: with rises and without, and the line to be above."""
    if trajectory.empty:
        return empty("No month here has a month twelve before it with recurring revenue.")
    shown = trajectory.sort_values("month_start")
    figure = bare(280)
    for column in RATES:
        _rate(figure, shown, column)
    found = shown[list(RATES)].astype("float64")
    low, high = min(float(found.min().min()), KEPT.low), max(float(found.max().max()), 1.0)
    step = next(step for step in (0.05, 0.1, 0.25, 0.5, 1e9) if (high - low) / step <= 6)
    ticks = np.arange(np.floor(low / step), np.ceil(high / step) + 2) * step
    figure.update_yaxes(
        range=[ticks[0], ticks[-1]], tickvals=ticks, ticktext=[formats.percent_whole(tick) for tick in ticks]
    )
    figure.add_hline(y=KEPT.low, line={"width": 1.5, "color": RULE, "dash": "dot"})
    said = f"{formats.percent_whole(KEPT.low)} or more"
    figure.add_annotation(x=0, xref="paper", xanchor="left", y=KEPT.low, yanchor="bottom", text=said, showarrow=False)
    name_ticks(figure, shown["month_start"])
    return figure


def _cohort_hover(cell: dict[str, Any]) -> str:
    """What became of a cohort up to one quarter."""
    kept_of = f"{formats.count(cell['clients_kept'])} of {formats.plural(cell['clients_start'], 'client')}"
    after = formats.plural(cell["quarters_since"], "quarter")
    return f"{pl(cell['began'])}, after {after}: {kept_of}, {formats.money(cell['mrr_kept'])} a month"


@kept
def cohort_grid(cohorts: pd.DataFrame) -> go.Figure:
    """A row for each quarter in which clients began, a column for each quarter since: revenue kept of that at first."""
    if cohorts.empty:
        return empty("No quarter with recurring revenue is complete yet.")
    names = list(dict.fromkeys(cohorts["began"]))
    shape = (len(names), int(cohorts["quarters_since"].max()) + 1)
    shares, hover = np.full(shape, np.nan), {}
    for cell in formats.rows(cohorts):
        place = names.index(cell["began"]), int(cell["quarters_since"])
        shares[place], hover[place] = cell["mrr_share"], _cohort_hover(cell)
    sizes = cohorts.groupby("began")["clients_start"].first()
    figure = bare(row_height(len(names), 72))
    share_grid(figure, shares, hover)
    name_rows(figure, [f"{name} ({formats.count(sizes[name])})" for name in names])
    ticks = np.arange(shape[1])
    figure.update_xaxes(
        side="top", range=[-0.5, shape[1] - 0.5], tickvals=ticks, ticktext=[formats.count(tick) for tick in ticks]
    )
    return figure


# class -> (word, colour, pattern): what is pale, full or hatched is told apart without its colour
CLASSES = {
    "managed": ("managed", BLUE, ""),
    "other_recurring": ("other recurring", "rgba(59, 126, 191, 0.4)", ""),
    "project": ("projects", AMBER, ""),
    "by_the_hour": ("by the hour", "rgba(201, 133, 26, 0.4)", ""),
    "product": ("products", GREY, "/"),
    "unclassified": ("without a class", VERMILION, "x"),
    "stray_credits": ("credits without a class", VERMILION, "x"),
}
CLASS_SIGNS = (
    "From below: managed (full blue), other recurring (pale), projects (full amber), by the hour (pale), "
    "products (hatched), without a class (crossed; credits below zero)."
)


@kept
def mix_bars(monthly: pd.DataFrame) -> go.Figure:
    """Revenue by class, a bar for each month; what credits take away lies below zero."""
    if monthly.empty:
        return empty("No month of these has revenue.")
    figure = bare(300)
    figure.update_layout(barmode="relative")
    for name, (word, colour, pattern) in CLASSES.items():
        amounts = numbers(monthly[name])
        figure.add_bar(
            x=np.arange(len(monthly)),
            y=amounts,
            marker={"color": colour, "pattern": {"shape": pattern}},
            hovertext=[
                f"{formats.month(month)}: {word} {formats.money(amount)}"
                for month, amount in zip(monthly["month_start"], amounts, strict=True)
            ],
            hoverinfo="text",
        )
    parts = monthly[list(CLASSES)].astype("float64")
    money_axis(figure, np.concatenate([parts.clip(lower=0).sum(axis=1), parts.clip(upper=0).sum(axis=1)]))
    figure.add_hline(y=0, line={"width": 1, "color": RULE})
    name_ticks(figure, monthly["month_start"])
    return figure

"""Charts about money: margin by client, by tier and by month."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.ui.charts.drawing import (
    AMBER,
    BLUE,
    FAINT,
    GREY,
    RULE,
    VERMILION,
    bare,
    empty,
    kept,
    label_bars,
    money_axis,
    name_rows,
    name_ticks,
    numbers,
    percent_axis,
    row_height,
    say_cut,
    short,
)
from vitals.ui.page.safe import pl

MOST_BARS = 20
NO_MARGIN = "No client has a margin in these months."
NO_GAP = "No client can be compared: that takes three of a tier with users, recurring revenue and hours."


def _both_ends(ranked: pd.DataFrame) -> pd.DataFrame:
    """All clients, or the worst and the best half when there are more than a screen shows."""
    if len(ranked) <= MOST_BARS:
        return ranked
    half = MOST_BARS // 2
    return pd.concat([ranked.head(half), ranked.tail(half)])


def _say_both_ends(figure: go.Figure, shown: pd.DataFrame, ranked: pd.DataFrame) -> go.Figure:
    """Have it said below the chart which clients have no bar in it."""
    half = formats.count(len(shown) // 2)
    say_cut(figure, len(shown), len(ranked), f"clients at both ends, {half} lowest and {half} highest")
    return figure


def _bar_label(margin: float, share: float) -> str:
    said = formats.money_short(margin)
    return said if formats.is_missing(share) else f"{said} · {formats.percent_whole(share)}"


def _gap_label(gap: float, reason: object) -> str:
    said = formats.money_short(gap)
    return f"{said} · {reason}".lower() if gap < 0 and not formats.is_missing(reason) else said


def _client_bars(shown: pd.DataFrame, amount: np.ndarray, labels: list[str]) -> go.Figure:
    """A bar for each client, what is below zero in red, its label at its end; clicked, it gives the client's key."""
    figure = bare(row_height(len(shown)))
    figure.add_bar(
        x=amount,
        y=np.arange(len(shown)),
        orientation="h",
        marker={"color": np.where(amount < 0, VERMILION, GREY), "line": {"width": 0}},
        customdata=np.asarray(shown["client_key"], dtype=object).reshape(-1, 1),
        hovertext=[f"{pl(name)}: {label}" for name, label in zip(shown["client"], labels, strict=True)],
        hoverinfo="text",
    )
    name_rows(figure, shown["client"])
    label_bars(figure, labels, amount)
    figure.update_xaxes(range=[min(0.0, float(amount.min())), max(0.0, float(amount.max()))], showticklabels=False)
    figure.add_vline(x=0, line={"width": 1, "color": RULE})
    return figure


@kept
def margin_bars(clients: pd.DataFrame) -> go.Figure:
    """Gross margin of each client in money, worst first, losses in red, each value at the end of its bar."""
    ranked = clients.dropna(subset=["gross_margin"]).sort_values("gross_margin", kind="stable")
    if ranked.empty:
        return empty(NO_MARGIN)
    shown = _both_ends(ranked)
    margin, share = numbers(shown["gross_margin"]), numbers(shown["gross_margin_pct"])
    figure = _client_bars(shown, margin, [_bar_label(*each) for each in zip(margin, share, strict=True)])
    return _say_both_ends(figure, shown, ranked)


@kept
def gap_bars(gaps: pd.DataFrame) -> go.Figure:
    """What each client earns more or less than its tier would, the worst first; what costs those below it most."""
    ranked = gaps.dropna(subset=["gap"]).sort_values("gap", kind="stable")
    if ranked.empty:
        return empty(NO_GAP)
    shown = _both_ends(ranked)
    gap = numbers(shown["gap"])
    figure = _client_bars(shown, gap, [_gap_label(*each) for each in zip(gap, shown["main_reason"], strict=True)])
    return _say_both_ends(figure, shown, ranked)


def _tier_dots(figure: go.Figure, row: int, dots: pd.DataFrame) -> None:
    share = numbers(dots["gross_margin_pct"])
    hover = [f"{pl(name)}: {formats.percent(value)}" for name, value in zip(dots["client"], share, strict=True)]
    figure.add_scatter(
        x=share,
        y=np.full(len(dots), row),
        mode="markers",
        marker={"size": 10, "color": np.where(share < 0, VERMILION, BLUE), "opacity": 0.55},
        customdata=np.asarray(dots["client_key"], dtype=object).reshape(-1, 1),
        hovertext=hover,
        hoverinfo="text",
    )


def _name_lowest(figure: go.Figure, row: int, dots: pd.DataFrame, middle: float) -> None:
    """The name of a tier's lowest client, below its dot and towards the middle of the chart."""
    lowest = dots.loc[dots["gross_margin_pct"].idxmin()]
    is_left = lowest["gross_margin_pct"] < middle
    figure.add_annotation(
        x=lowest["gross_margin_pct"], y=row + 0.16, yanchor="top", xanchor="left" if is_left else "right",
        xshift=-6 if is_left else 6, text=short(lowest["client"]), showarrow=False,
    )  # fmt: skip


def _spread(figure: go.Figure, row: int, tier: Any) -> None:
    """The tier's middle half as a box, and its median as a line that is named."""
    if not formats.is_missing(tier.iqr_gross_margin_pct):
        ends = {"x0": tier.first_quartile_gross_margin_pct, "x1": tier.third_quartile_gross_margin_pct}
        box = {"fillcolor": FAINT, "line": {"width": 1, "color": RULE}, "layer": "below"}
        figure.add_shape(type="rect", y0=row - 0.22, y1=row + 0.22, **ends, **box)
    median = tier.median_gross_margin_pct
    line = {"width": 2.5, "color": AMBER}
    figure.add_shape(type="line", x0=median, x1=median, y0=row - 0.3, y1=row + 0.3, line=line)
    said = f"median {formats.percent_whole(median)}"
    figure.add_annotation(x=median, y=row - 0.3, yanchor="bottom", text=said, showarrow=False)


@kept
def tier_strip(clients: pd.DataFrame, tiers: pd.DataFrame) -> go.Figure:
    """A dot for each client's margin in its tier, with the tier's median and middle half: how alike it is delivered."""
    dots = clients.dropna(subset=["gross_margin_pct"])
    if dots.empty or tiers.empty:
        return empty("No client with revenue has a margin in these months.")
    shares = numbers(dots["gross_margin_pct"])
    low, high = min(0.0, float(shares.min()) - 0.05), max(0.5, float(shares.max()) + 0.05)
    figure = bare(max(160, 84 * len(tiers) + 40))
    for row, tier in enumerate(tiers.itertuples()):
        own = dots[dots["service_tier"] == tier.service_tier]
        _tier_dots(figure, row, own)
        if len(own) and not formats.is_missing(tier.median_gross_margin_pct):
            _spread(figure, row, tier)
            _name_lowest(figure, row, own, (low + high) / 2)
    name_rows(figure, tiers["service_tier"])
    figure.update_yaxes(range=[len(tiers) - 0.45, -0.65])
    percent_axis(figure, low, high)
    figure.add_vline(x=0, line={"width": 1, "color": RULE})
    return figure


@kept
def months_bars(monthly: pd.DataFrame, value: str = "gross_margin", share: str = "gross_margin_pct") -> go.Figure:
    """Gross margin by month in money, the margin in per cent above each bar; a month that isn't known is a gap."""
    shown = monthly.sort_values("month_start")
    if shown[value].dropna().empty:
        return empty("No month has a margin yet.")
    money = numbers(shown[value])
    labels = [formats.percent_whole(part) for part in numbers(shown[share])]
    months = [formats.month(month) for month in shown["month_start"]]
    hover = [
        f"{month}: {formats.money(amount)}, {label}" for month, amount, label in zip(months, money, labels, strict=True)
    ]
    figure = bare(260)
    figure.add_bar(
        x=np.arange(len(shown)),
        y=money,
        marker={"color": np.where(money < 0, VERMILION, BLUE)},
        text=["" if label == formats.MISSING else label for label in labels] if len(shown) <= 12 else None,
        textposition="outside",
        textfont={"size": 10},
        constraintext="none",
        cliponaxis=False,
        hovertext=hover,
        hoverinfo="text",
    )
    money_axis(figure, money)
    name_ticks(figure, shown["month_start"])
    figure.update_layout(margin={"t": 28, "b": 8, "l": 0, "r": 0})
    return figure

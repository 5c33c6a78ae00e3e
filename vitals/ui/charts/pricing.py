"""The chart of pricing: what each model leaves the provider as automation grows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.ui.charts.drawing import (
    AMBER,
    BLUE,
    GREY,
    RULE,
    VERMILION,
    bare,
    empty,
    kept,
    label_rows,
    money_axis,
    name_rows,
    numbers,
    percent_axis,
    row_height,
    say_cut,
)

NAME_SHARE = 0.07
"""Of the chart's height: the least distance of two names."""
MOST_ROWS = 60
REGIMES = {
    "today": ("Today's contract", AMBER, "solid"),
    "hourly": ("Hourly", GREY, "solid"),
    "per_seat": ("Per seat", AMBER, "dot"),
    "outcome": ("Outcome", BLUE, "solid"),
}


def _line(figure: go.Figure, regime: str, curve: pd.DataFrame) -> None:
    word, colour, dash = REGIMES[regime]
    share, margin = numbers(curve["automation_share"]), numbers(curve["provider_margin"])
    hover = [
        f"{word} at {formats.percent_whole(at)} automation: {formats.money(value)}"
        for at, value in zip(share, margin, strict=True)
    ]
    figure.add_scatter(
        x=share,
        y=margin,
        mode="lines",
        line={"color": colour, "width": 3, "dash": dash},
        hovertext=hover,
        hoverinfo="text",
    )


def _name_lines(figure: go.Figure, known: pd.DataFrame, low: float, high: float) -> None:
    """A name at the end of each line, moved apart where the lines end close to each other."""
    last = known.sort_values("automation_share").groupby("regime").tail(1).set_index("regime")
    ends = last["provider_margin"].astype("float64").sort_values()
    apart, at = (high - low) * NAME_SHARE, -np.inf
    for regime, end in ends.items():
        at = max(float(end), at + apart)
        figure.add_annotation(x=1, y=at, text=f" {REGIMES[str(regime)][0]}", showarrow=False, xanchor="left")


def _crossover(figure: go.Figure, curve: pd.DataFrame) -> None:
    """The share from which outcome leaves more than hours, where it lies on the chart."""
    found = curve.loc[curve["regime"] == "outcome", "crossover"].dropna()
    if found.empty or not 0 <= found.iloc[0] <= 1:
        return
    share = float(found.iloc[0])
    figure.add_vline(x=share, line={"width": 1, "color": RULE, "dash": "dot"})
    said = f"outcome pays better<br>from {formats.percent_whole(share)} automation"
    figure.add_annotation(
        x=share,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="left" if share < 0.5 else "right",
        align="left" if share < 0.5 else "right",
        text=said,
        showarrow=False,
    )


def _lines(curve: pd.DataFrame) -> pd.DataFrame:
    """The lines with a margin; seats without a price of their own are today's contract, and one line."""
    known = curve.dropna(subset=["provider_margin"])
    margins = {name: numbers(line["provider_margin"]) for name, line in known.groupby("regime")}
    if "today" in margins and np.array_equal(margins["today"], margins.get("per_seat", np.empty(0))):
        return known[known["regime"] != "per_seat"]
    return known


@kept
def pricing_curve(curve: pd.DataFrame, automation_share: float) -> go.Figure:
    """Provider margin against automation share today and for each model; the crossover and the chosen share marked."""
    known = _lines(curve)
    if known.empty:
        return empty("No client here has what a model is priced from: managed hours, and recurring revenue or a price.")
    figure = bare(360)
    for regime in REGIMES:
        line = known[known["regime"] == regime].sort_values("automation_share")
        if not line.empty:
            _line(figure, regime, line)
    _crossover(figure, known)
    figure.add_vline(x=automation_share, line={"width": 1.5, "color": RULE})
    figure.add_annotation(
        x=automation_share, y=0, yref="paper", yanchor="bottom", xanchor="left", showarrow=False,
        text=f" chosen: {formats.percent_whole(automation_share)}",
    )  # fmt: skip
    percent_axis(figure, 0.0, 1.0)
    money_axis(figure, numbers(known["provider_margin"]))
    _name_lines(figure, known, *figure.layout.yaxis.range)
    figure.update_layout(margin={"t": 44, "b": 8, "l": 0, "r": 118})
    return figure


def _crossed(regimes: pd.DataFrame) -> pd.DataFrame:
    """Each client with its crossover under an outcome fee, the highest first: where hours pay longest."""
    outcome = regimes[regimes["regime"] == "outcome"].dropna(subset=["crossover_automation_share"])
    order = ["crossover_automation_share", "client"]
    return outcome.sort_values(order, ascending=[False, True]).reset_index(drop=True)


def _chosen_share(figure: go.Figure, share: float) -> None:
    """The share on the slider, as a line that says so above the chart."""
    figure.add_vline(x=share, line={"width": 1.5, "color": RULE})
    figure.add_annotation(
        x=share, y=1, yref="paper", yanchor="bottom", showarrow=False, xanchor="left" if share < 0.5 else "right",
        text=f"chosen: {formats.percent_whole(share)}",
    )  # fmt: skip


@kept
def crossovers(regimes: pd.DataFrame, automation_share: float) -> go.Figure:
    """From which automation share on an outcome fee beats hours, client by client; today's share as a line."""
    crossed = _crossed(regimes)
    known = crossed.head(MOST_ROWS)
    if known.empty:
        return empty("No client here has what a model is priced from: managed hours, and recurring revenue or a price.")
    shares = numbers(known["crossover_automation_share"])
    is_better = shares <= automation_share
    figure = bare(row_height(len(known), 40))
    figure.add_scatter(
        x=np.clip(shares, 0, 1),
        y=np.arange(len(known)),
        mode="markers+text",
        marker={
            "size": 11,
            "color": np.where(is_better, BLUE, GREY),
            "symbol": np.where(is_better, "circle", "circle-open"),
        },
        text=[f" {formats.from_share(share)}" for share in shares],
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
    )
    name_rows(figure, known["client"])
    percent_axis(figure, 0.0, 1.0, room=0.16)
    _chosen_share(figure, automation_share)
    say_cut(figure, len(known), len(crossed), "clients for whom hours pay longest")
    figure.update_layout(margin={"t": 28, "b": 8, "l": 0, "r": 0})
    return figure


def _left(margin: float, paid: float) -> str:
    verb, of = ("leaves", "of") if margin >= 0 else ("loses", "on")
    return f"{verb} {formats.money(abs(margin))} {of} {formats.money(paid)}"


def _model(row: dict[str, object]) -> str:
    return "Today's contract" if row.get("price_basis") == "today's contract" else REGIMES[str(row["regime"])][0]


def client_prices(regimes: pd.DataFrame) -> go.Figure:
    """What one client leaves under each model, today's contract first: a bar for each, with what it pays beside it."""
    known = regimes.set_index("regime", drop=False).reindex(["per_seat", "hourly", "outcome"])
    known = known.dropna(subset=["provider_margin"])
    if known.empty:
        return empty("The client had no hours in these months, so no model can be priced.")
    margins, pays = numbers(known["provider_margin"]), numbers(known["customer_pays"])
    figure = bare(150)
    figure.add_bar(
        x=margins,
        y=np.arange(len(known)),
        orientation="h",
        marker={"color": [REGIMES[name][1] for name in known.index]},
        hoverinfo="skip",
    )
    name_rows(figure, map(_model, formats.rows(known)))
    label_rows(figure, [_left(*pair) for pair in zip(margins, pays, strict=True)])
    low, high = min(0.0, float(margins.min())), max(1.0, float(margins.max()))
    figure.update_xaxes(range=[low, high], showticklabels=False)
    return figure


CORRIDOR_SIGNS = (
    "The line goes from floor to ceiling; ○ is today's fee, ◆ the target: amber beyond the ceiling. "
    "✕ no room: the floor lies beyond the ceiling, so the client costs more than it can be asked for."
)


def _corridor(fees: dict[str, object]) -> str:
    """What is written beside a corridor: its target, or that no fee suits both."""
    said = "no room" if fees["room"] == "no_room" else formats.money_short(fees["target_fee"])
    return f"{said}, today {formats.money_short(fees['current_fee'])}"


def _mark_fees(figure: go.Figure, columns: dict[str, np.ndarray], is_closed: np.ndarray) -> None:
    """A mark for each target and today's fee, and for each floor that lies beyond its ceiling."""
    marks = (
        (columns["target_fee"], "diamond", np.where(columns["target_fee"] > columns["ceiling_fee"], AMBER, BLUE)),
        (columns["current_fee"], "circle-open", GREY),
        (np.where(is_closed, columns["floor_fee"], np.nan), "x-thin", VERMILION),
    )
    for fees, symbol, colour in marks:
        figure.add_scatter(
            x=fees,
            y=np.arange(len(fees)),
            mode="markers",
            marker={"size": 10, "symbol": symbol, "color": colour, "line": {"width": 2, "color": colour}},
            hoverinfo="skip",
        )


@kept
def corridors(prices: pd.DataFrame) -> go.Figure:
    """Floor to ceiling of a fee a month for each client that can be priced, its target and today's fee as marks."""
    priced = prices.dropna(subset=["target_fee"])
    known = priced.head(MOST_ROWS)
    if known.empty:
        return empty("No client can be priced: that takes six months of hours, and users.")
    rows = np.arange(len(known))
    columns = {name: numbers(known[name]) for name in ("floor_fee", "ceiling_fee", "target_fee", "current_fee")}
    ends = np.column_stack([columns["floor_fee"], columns["ceiling_fee"], np.full(len(known), np.nan)]).ravel()
    figure = bare(row_height(len(known), 40))
    figure.add_scatter(x=ends, y=np.repeat(rows, 3), mode="lines", line={"color": RULE, "width": 5}, hoverinfo="skip")
    _mark_fees(figure, columns, np.asarray(known["room"] == "no_room"))
    name_rows(figure, known["client"])
    label_rows(figure, [_corridor(fees) for fees in formats.rows(known)])
    figure.update_xaxes(range=[0, float(max(values.max() for values in columns.values())) * 1.04], showticklabels=False)
    say_cut(figure, len(known), len(priced), "clients that pay least of their target")
    return figure


def _gain(figure: go.Figure, amounts: np.ndarray, whose: str, colour: str) -> None:
    figure.add_bar(
        x=amounts,
        y=np.arange(len(amounts)),
        orientation="h",
        marker={"color": colour},
        hovertext=[f"{whose}: {formats.money(amount)}" for amount in amounts],
        hoverinfo="text",
    )


@kept
def gains(models: pd.DataFrame) -> go.Figure:
    """What the client and the provider each keep of what automation saves, a row for each model with a price."""
    known = models.dropna(subset=["customer_pays"])
    if known.empty:
        return empty("No model can be compared: that takes managed hours.")
    client, provider = numbers(known["customer_gain"]), numbers(known["provider_gain"])
    figure = bare(row_height(len(known), 20))
    figure.update_layout(barmode="relative")
    _gain(figure, client, "The client keeps", AMBER)
    _gain(figure, provider, "You keep", BLUE)
    name_rows(figure, [formats.words(model) for model in known["model"]])
    pairs = zip(client, provider, strict=True)
    label_rows(figure, [f"client {formats.money_short(its)}, you {formats.money_short(own)}" for its, own in pairs])
    low, high = min(0.0, client.min(), provider.min()), max(1.0, np.maximum(client, 0).max(), provider.max())
    figure.update_xaxes(range=[low * 1.02, high * 1.02], showticklabels=False)
    figure.add_vline(x=0, line={"width": 1, "color": RULE})
    return figure

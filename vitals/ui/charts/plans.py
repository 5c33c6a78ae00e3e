"""The charts of plans for outcome prices: what each quarter's moves add, and which gates a client passes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.ui.charts.drawing import (
    BLUE,
    QUIET,
    VERMILION,
    add_marks,
    bare,
    empty,
    kept,
    label_rows,
    name_rows,
    numbers,
    row_height,
    say_cut,
)
from vitals.ui.charts.waterfall import waterfall
from vitals.ui.page.safe import pl


def _step(quarter: dict[str, object]) -> tuple[str, object, bool]:
    start = quarter["quarter_start"]
    when = "No date" if formats.is_missing(start) else formats.quarter(start)
    return f"{when}: {formats.plural(quarter['moved'], 'client')}", quarter["plan_gain"], False


@kept
def migration_bridge(bridge: pd.DataFrame) -> go.Figure:
    """From today's margin a year to that of the plan: a step for each quarter in which a client moves."""
    moving = bridge[bridge["moved"] > 0]
    steps = [_step(quarter) for quarter in formats.rows(moving)]
    if steps:
        ends = moving["opening_margin"].iloc[0], moving["closing_margin"].iloc[-1]
        steps = [("Today", ends[0], True), *steps, ("After the plan", ends[1], True)]
    rows = pd.DataFrame(steps, columns=["name", "amount", "is_total"])
    return waterfall(rows, "No client moves: none that can be priced would add to the margin.")


@kept
def engagement(parts: pd.DataFrame) -> go.Figure:
    """What one offer costs over its term: the fee, what comes on top of it, and all together."""
    steps = [(item["item"], item["term_cost"], False) for item in formats.rows(parts.sort_values("place"))]
    total = [("In all", parts["term_cost"].sum(), True)] if steps else []
    rows = pd.DataFrame([*steps, *total], columns=["name", "amount", "is_total"])
    return waterfall(rows, "Write down the fee of an offer to see what it comes to.")


# passed, failed, not to be tested -> (word, sign, colour): the sign alone tells them apart
GATES = {
    True: ("passed", "circle", BLUE),
    False: ("failed", "x-thin", VERMILION),
    None: ("can't be tested", "diamond-open", QUIET),
}
MOST_ROWS = 60
GATE_NAMES = {"history": "History", "time_capture": "Hours", "filled_tickets": "Tickets", "margin": "Margin"}
GATE_SIGNS = "A sign for each client and gate, in the order of the table: ● passed · ✕ failed · ◇ can't be tested."


def _passed(value: object) -> bool | None:
    return None if formats.is_missing(value) else bool(value)


@kept
def gate_grid(gates: pd.DataFrame, clients: Iterable[str]) -> go.Figure:
    """Client by gate, in the order of the clients given."""
    every = list(clients)
    names = every[:MOST_ROWS]
    if gates.empty or not names:
        return empty("No client has recurring revenue in the last of these months.")
    rows = {name: place for place, name in enumerate(names)}
    columns = {name: place for place, name in enumerate(GATE_NAMES)}
    shown = gates[gates["client"].isin(names)]
    states = [_passed(value) for value in shown["is_passed"]]
    figure = bare(row_height(len(names), 40))
    for state, (word, symbol, colour) in GATES.items():
        cells = shown[np.array([found is state for found in states], dtype=bool)]
        hover = [
            f"{pl(client)}, {GATE_NAMES[gate].lower()}: {word}"
            for client, gate in zip(cells["client"], cells["gate"], strict=True)
        ]
        add_marks(figure, cells["gate"].map(columns), cells["client"].map(rows), (symbol, colour), hover)
    name_rows(figure, names)
    figure.update_xaxes(
        side="top", tickvals=np.arange(len(columns)), ticktext=list(GATE_NAMES.values()), range=[-0.6, 3.6]
    )
    say_cut(figure, len(names), len(every), "clients first in the table")
    return figure


STATES = {"met": BLUE, "missed": VERMILION, "not_known": QUIET}


@kept
def criteria_bars(criteria: pd.DataFrame) -> go.Figure:
    """A row for each client: how many of its criteria are met, missed, or not known."""
    if criteria.empty:
        return empty("No success criterion is written down yet.")
    counts = criteria.groupby(["client", "state"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(STATES), fill_value=0)
    figure = bare(row_height(len(counts), 16))
    figure.update_layout(barmode="stack")
    for state, colour in STATES.items():
        figure.add_bar(
            x=counts[state].to_numpy("float64"),
            y=np.arange(len(counts)),
            orientation="h",
            marker={"color": colour},
            hoverinfo="skip",
        )
    name_rows(figure, counts.index)
    labels = [
        f"{row.met} met, {row.missed} missed" + (f", {row.not_known} not known" if row.not_known else "")
        for row in counts.itertuples()
    ]
    label_rows(figure, labels)
    figure.update_xaxes(range=[0, 6], showticklabels=False)
    return figure


@kept
def proposals(compared: pd.DataFrame) -> go.Figure:
    """What each proposal leaves the provider after credits: a bar for each, with what clients pay beside it."""
    known = compared.dropna(subset=["margin_left"])
    if known.empty:
        return empty("No proposal can be priced on these months.")
    left, pays = numbers(known["margin_left"]), numbers(known["customer_pays"])
    figure = bare(row_height(len(known), 40))
    figure.add_bar(
        x=left,
        y=np.arange(len(known)),
        orientation="h",
        marker={"color": np.where(left < 0, VERMILION, BLUE)},
        hoverinfo="skip",
    )
    name_rows(figure, known["name"])
    label_rows(
        figure,
        [f"{formats.money_short(rest)} of {formats.money_short(paid)}" for rest, paid in zip(left, pays, strict=True)],
    )
    figure.update_xaxes(range=[min(0.0, float(left.min())), max(1.0, float(left.max()))], showticklabels=False)
    return figure

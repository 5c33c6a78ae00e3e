"""The chart of service credits: how far each client's contract would have escalated month by month, and the money."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.ui.charts.drawing import (
    AMBER,
    BESIDE_NAMES,
    BLUE,
    QUIET,
    VERMILION,
    add_marks,
    bare,
    empty,
    kept,
    label_rows,
    name_rows,
    name_ticks,
    row_height,
    say_cut,
)
from vitals.ui.page.safe import pl

# step -> (word, sign, colour): the sign alone tells them apart
STEPS = {
    "met": ("every measure met", "line-ew", QUIET),
    "warning": ("warning: a measure missed", "circle-open", BLUE),
    "remediation": ("remediation plan: chronic", "diamond", AMBER),
    "penalty": ("penalty: the credit is at its cap", "square", AMBER),
    "termination": ("the client may leave", "x-thin", VERMILION),
}
CREDIT_SIGNS = "– met · ○ warning, a miss · ◆ remediation, chronic · ■ penalty, at the cap · ✕ termination, may leave"
MOST_CREDITED = 60


def _signs(figure: go.Figure, step: str, cells: pd.DataFrame, rows: dict[str, int], columns: dict[Any, int]) -> None:
    word, symbol, colour = STEPS[step]
    hover = [
        f"{pl(client)}, {formats.month(start)}: {word}, {formats.money(amount)}"
        for client, start, amount in zip(cells["client"], cells["month_start"], cells["credit_amount"], strict=True)
    ]
    x, y = cells["month_start"].map(columns), cells["client_key"].map(rows)
    add_marks(figure, x, y, (symbol, colour), hover, size=8, line=2)


@kept
def credit_strip(months: pd.DataFrame, clients: pd.DataFrame) -> go.Figure:
    """Client by month, most credits first: how far the ladder was climbed, and at the row's end what was given back."""
    if months.empty or clients.empty:
        return empty("No service level can be measured in these months: that takes tickets with targets, or outcomes.")
    shown = clients.head(MOST_CREDITED)
    rows = {key: row for row, key in enumerate(shown["client_key"])}
    starts = sorted(months["month_start"].unique())
    columns = {start: place for place, start in enumerate(starts)}
    figure = bare(row_height(len(rows), 60))
    for step in STEPS:
        _signs(figure, step, months[(months["step"] == step) & months["client_key"].isin(list(rows))], rows, columns)
    name_rows(figure, shown["client"])
    name_ticks(figure, starts, at_most=BESIDE_NAMES)
    figure.update_xaxes(side="top")
    label_rows(figure, [formats.money(amount) for amount in shown["kept_amount"]])
    say_cut(figure, len(shown), len(clients), "clients with the most credits")
    return figure

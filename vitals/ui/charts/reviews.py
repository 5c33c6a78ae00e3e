"""The charts of reviews: which were owed, held, late or missed, and which part of those owed was held."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.ui.charts.drawing import (
    AMBER,
    BLUE,
    QUIET,
    VERMILION,
    add_marks,
    bare,
    empty,
    kept,
    name_rows,
    name_ticks,
    row_height,
    share_grid,
)
from vitals.ui.page.safe import pl

# state -> (word, sign, colour): the sign alone tells them apart
STATES = {
    "held": ("held", "circle", BLUE),
    "late": ("held late", "circle-open", AMBER),
    "missed": ("missed", "x-thin", VERMILION),
    "open": ("not held yet", "square-open", QUIET),
    "not_due": ("not due", "line-ew", QUIET),
    "not_known": ("not known", "diamond-open", QUIET),
}
REVIEW_SIGNS = (
    "● held · ○ held late · ✕ missed · □ not held yet, in a quarter that isn't over · – not due · ◇ not known, as it "
    "goes back to before the first review on file"
)


def _signs(figure: go.Figure, state: str, cells: pd.DataFrame, rows: dict[str, int], columns: dict[Any, int]) -> None:
    word, symbol, colour = STATES[state]
    hover = [
        f"{pl(client)}, {formats.quarter(start)}: {word}"
        for client, start in zip(cells["client"], cells["quarter_start"], strict=True)
    ]
    add_marks(figure, cells["quarter_start"].map(columns), cells["client"].map(rows), (symbol, colour), hover)


@kept
def review_grid(quarters: pd.DataFrame, clients: Iterable[str]) -> go.Figure:
    """Client by quarter, in the order of the clients given: each state has a sign of its own."""
    if quarters.empty:
        return empty("No client has owed a review yet.")
    known = set(quarters["client"])
    names = [name for name in clients if name in known]
    rows = {name: row for row, name in enumerate(names)}
    figure = bare(row_height(len(names), 60))
    starts = sorted(quarters["quarter_start"].unique())
    columns = {start: place for place, start in enumerate(starts)}
    for state in STATES:
        _signs(figure, state, quarters[quarters["state"] == state], rows, columns)
    name_rows(figure, names)
    name_ticks(figure, starts, quarters=True)
    figure.update_xaxes(side="top")
    return figure


def _completion_hover(cell: dict[str, Any]) -> str:
    """How many of a group's reviews were owed at a quarter's end, and held."""
    of = f"{formats.count(cell['clients_completed'])} of {formats.plural(cell['clients_due'], 'client')}"
    return f"{pl(cell['group_name'])}, {formats.quarter(cell['quarter_start'])}: {of} had it"


@kept
def completion_grid(groups: pd.DataFrame) -> go.Figure:
    """A row for all clients and each manager and tier, a column for each quarter: the part of reviews owed and held."""
    owed = groups[groups["clients_due"] > 0]
    if owed.empty:
        return empty("No review was owed at the end of a quarter of which reviews are on file.")
    names = list(dict.fromkeys(zip(owed["group_kind"], owed["group_name"], strict=True)))
    starts = sorted(owed["quarter_start"].unique())
    shares, hover = np.full((len(names), len(starts)), np.nan), {}
    for cell in formats.rows(owed):
        place = names.index((cell["group_kind"], cell["group_name"])), starts.index(cell["quarter_start"])
        shares[place], hover[place] = cell["completion_pct"], _completion_hover(cell)
    figure = bare(row_height(len(names), 72))
    share_grid(figure, shares, hover)
    name_rows(figure, [name for _, name in names])
    name_ticks(figure, starts, quarters=True)
    figure.update_xaxes(side="top", range=[-0.5, len(starts) - 0.5])
    return figure

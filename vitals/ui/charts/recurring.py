"""The chart of recurring revenue: what moved it, month by month."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.ui.charts.drawing import BLUE, RULE, VERMILION, bare, empty, kept, money_axis, name_ticks, numbers

RISES, FALLS = "rgba(59, 126, 191, 0.4)", "rgba(212, 85, 42, 0.4)"
# movement -> (word, colour, pattern): what is pale, full or hatched is told apart without its colour
MOVEMENTS = {
    "expansion": ("rises", RISES, ""),
    "new": ("new clients", BLUE, ""),
    "reactivation": ("came back", BLUE, "/"),
    "contraction": ("falls", FALLS, ""),
    "churn": ("lost", VERMILION, ""),
}
MOVEMENT_SIGNS = (
    "Above zero: rises (pale), new clients (full), clients that came back (hatched). "
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
    """Rises, new and returned clients above zero, falls and lost clients below it, a bar for each month."""
    shown = bridge.dropna(subset=["opening"]).sort_values("month_start")
    if shown.empty:
        return empty("No month here has a month before it to compare with.")
    hover = [_hover(month) for month in shown.to_dict("records")]
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
    moved = shown[list(MOVEMENTS)].astype("float64")
    money_axis(figure, np.concatenate([moved.clip(lower=0).sum(axis=1), moved.clip(upper=0).sum(axis=1)]))
    figure.add_hline(y=0, line={"width": 1, "color": RULE})
    name_ticks(figure, shown["month_start"])
    _ends(figure, shown)
    figure.update_layout(margin={"t": 30, "b": 8, "l": 0, "r": 0})
    return figure

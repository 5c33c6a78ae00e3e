"""The chart of the operating model's components: what the data says of each, and what the answers do."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.ui.charts.drawing import (
    AMBER,
    BLUE,
    QUIET,
    VERMILION,
    bare,
    empty,
    kept,
    label_rows,
    name_rows,
    numbers,
    row_height,
)
from vitals.ui.words.components import judged

COMPONENT_SIGNS = "A full dot is what the data says, a hollow one what you answered; 1 is poor, 5 is mature."
WEAK, POOR = 3.0, 2.0
"""Below these a score is amber, and vermilion."""


def _colours(scores: np.ndarray) -> np.ndarray:
    return np.where(scores < POOR, VERMILION, np.where(scores < WEAK, AMBER, BLUE))


@kept
def component_rows(components: pd.DataFrame) -> go.Figure:
    """A row for each component from 1 to 5: a full dot by the data, a hollow one by the answers."""
    if components[["data_score", "checklist_score"]].isna().all(axis=None):
        return empty("No component can be judged yet, and no question is answered.")
    rows, data = np.arange(len(components), dtype=float), numbers(components["data_score"])
    figure = bare(row_height(len(components)))
    hollow = {"size": 15, "color": "rgba(0,0,0,0)", "line": {"width": 2, "color": QUIET}}
    figure.add_scatter(
        x=numbers(components["checklist_score"]), y=rows, mode="markers", marker=hollow, hoverinfo="skip"
    )
    full = {"size": 10, "color": _colours(data)}
    figure.add_scatter(x=data, y=rows, mode="markers", marker=full, hoverinfo="skip")
    name_rows(figure, [str(name).replace("_", " ").capitalize() for name in components["component"]])
    label_rows(figure, [judged(row) for row in formats.rows(components)])
    ticks = np.arange(1, 6)
    figure.update_xaxes(range=[0.8, 5.2], tickvals=ticks, ticktext=[str(tick) for tick in ticks], showgrid=True)
    return figure

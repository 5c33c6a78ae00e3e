"""What all charts share: colours, the bare layout, labels, the empty chart, and drawing one on a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from vitals.ui.safe import pl

# Told apart without colour vision, and legible on paper and on ink; a word or a sign always says it too.
BLUE, AMBER, VERMILION, GREY = "#3b7ebf", "#c9851a", "#d4552a", "#8d949b"
FAINT = "rgba(141, 148, 155, 0.18)"
RULE = "rgba(141, 148, 155, 0.55)"
QUIET = "rgba(141, 148, 155, 0.55)"
NAME_LENGTH = 26
ROW_HEIGHT = 24
CONFIG = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False, "doubleClick": False}


def bare(height: int) -> go.Figure:
    """A figure without boxes, legend or grid; its text takes the theme's colour and face."""
    figure = go.Figure()
    figure.update_layout(
        height=height,
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        bargap=0.32,
        margin={"l": 0, "r": 0, "t": 8, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    plain_axis = {"showgrid": False, "zeroline": False, "fixedrange": True, "automargin": True, "title": None}
    figure.update_xaxes(**plain_axis)
    figure.update_yaxes(**plain_axis)
    return figure


def empty(why: str) -> go.Figure:
    """A chart without data: it says why."""
    figure = bare(140)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.add_annotation(text=pl(why), showarrow=False, x=0, y=0.5, xref="paper", yref="paper", xanchor="left")
    return figure


def short(name: Any) -> str:
    """A name that fits beside a row; the whole one is in the hover text."""
    text = str(name)
    return pl(text if len(text) <= NAME_LENGTH else f"{text[: NAME_LENGTH - 1].rstrip()}…")


def name_rows(figure: go.Figure, names: Iterable[Any]) -> None:
    """One row for each name, the first at the top; equal shortened names stay rows of their own."""
    labels = [f"{short(name)}  " for name in names]
    count = len(labels)
    figure.update_yaxes(
        tickvals=np.arange(count), ticktext=labels, range=[count - 0.4, -0.6], showticklabels=True, ticks=""
    )


def numbers(column: Any) -> np.ndarray:
    """A column as floats, missing as NaN: lists would be serialised number by number."""
    return np.asarray(column.astype("float64"), dtype=float)


def row_height(count: int, extra: int = 48) -> int:
    """The height of a chart with one row for each of count names."""
    return max(120, count * ROW_HEIGHT + extra)


def draw(figure: go.Figure, alt: str, key: str | None = None) -> None:
    """Draw a chart with a text for those who can't see it."""
    st.plotly_chart(figure, config=CONFIG, alt=alt, key=key)


def draw_pickable(figure: go.Figure, alt: str, key: str) -> list[Any]:
    """Draw a chart whose marks can be clicked; returns the keys of the marks that are chosen."""
    chosen = st.plotly_chart(figure, config=CONFIG, alt=alt, key=key, on_select="rerun", selection_mode="points")
    points = chosen["selection"]["points"] if chosen else []
    picked = [point.get("customdata") for point in points]
    return [item[0] if isinstance(item, list | tuple) else item for item in picked if item is not None]

"""What all charts share: colours, the bare layout, labels, the empty chart, and drawing one on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any, ParamSpec

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from vitals.formats import count, money_short, percent_whole
from vitals.ui.page import memory
from vitals.ui.page.safe import md, pl

P = ParamSpec("P")

# Told apart without colour vision, and legible on paper and on ink; a word or a sign always says it too.
BLUE, AMBER, VERMILION, GREY = "#3b7ebf", "#c9851a", "#d4552a", "#8d949b"
INK = {"light": "#3a4047", "dark": "#cfcdc8"}
FAINT = "rgba(141, 148, 155, 0.18)"
RULE = "rgba(141, 148, 155, 0.55)"
QUIET = "rgba(141, 148, 155, 0.55)"
NAME_LENGTH = 24
BESIDE_NAMES = 6
"""Months that a phone can name in a chart that has names at its left and labels at its right."""
ROW_HEIGHT, LABEL_LETTER = 24, 6
"""Pixels of a row, and of a letter in a label beside it."""
CONFIG = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False, "doubleClick": False}
FILES = (
    '<div class="vitals-files" role="group" aria-label="This chart as a file">'
    '<button type="button" data-form="png">PNG</button><button type="button" data-form="svg">SVG</button></div>'
)
"""The visitor's own browser makes the file: static/chart.js. Nothing sends a chart anywhere."""


def _content(given: Any) -> Any:
    """What tells one argument of a chart from another: of rows and names what they hold, of anything else itself."""
    if isinstance(given, list | pd.Series):
        return tuple(given)
    if not isinstance(given, pd.DataFrame):
        return given
    return tuple(given.columns), pd.util.hash_pandas_object(given, index=False).to_numpy().tobytes()


def kept(make: Callable[P, go.Figure]) -> Callable[P, go.Figure]:
    """A chart that is made once of the same rows: checking each of its parts takes longer than all else on a page.

    Nothing changes it afterwards: several visitors may be drawing it.
    """

    @wraps(make)
    def found(*args: P.args, **kwargs: P.kwargs) -> go.Figure:
        given = (*args, *kwargs.values())
        key = ("chart", make.__name__, *kwargs, *map(_content, given))
        return memory.once(key, lambda: make(*args, **kwargs), shelf=memory.rests_on(given))

    return found


def bare(height: int) -> go.Figure:
    """A figure without boxes, legend or grid; its text takes the theme's colour and face."""
    plain_axis = {"showgrid": False, "zeroline": False, "fixedrange": True, "automargin": True, "title": None}
    # all at once: each update would check all of it again
    return go.Figure(
        layout={
            "height": height,
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "bargap": 0.32,
            "margin": {"l": 0, "r": 0, "t": 8, "b": 8},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "xaxis": plain_axis,
            "yaxis": plain_axis,
        }
    )


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
    rows = len(labels)
    figure.update_yaxes(
        tickvals=np.arange(rows), ticktext=labels, range=[rows - 0.4, -0.6], showticklabels=True, ticks=""
    )


def percent_axis(figure: go.Figure, low: float, high: float, room: float = 0.0) -> None:
    """A horizontal axis of shares, written as everywhere else; room is left free at its right end."""
    step = next(step for step in (0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 1e9) if (high - low) / step <= 6)
    ticks = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    labels = [percent_whole(tick) for tick in ticks]
    figure.update_xaxes(range=[low, high + (high - low) * room], tickvals=ticks, ticktext=labels)


def money_axis(figure: go.Figure, values: np.ndarray, steps: int = 4) -> None:
    """A vertical axis of money from zero (or the loss) to the highest value, written as everywhere else."""
    low, high = min(0.0, float(np.nanmin(values))), max(0.0, float(np.nanmax(values)))
    rough = ((high - low) or 1.0) / steps
    size = 10 ** np.floor(np.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough)
    ticks = np.arange(np.floor(low / step), np.ceil(high / step) + 1) * step
    labels = [money_short(tick) for tick in ticks]
    figure.update_yaxes(range=[ticks[0], ticks[-1]], tickvals=ticks, ticktext=labels, showgrid=True)


def numbers(column: Any) -> np.ndarray:
    """A column as floats, missing as NaN: lists would be serialised number by number."""
    return np.asarray(column.astype("float64"), dtype=float)


def label_rows(figure: go.Figure, labels: Sequence[str], at_least: int = 0) -> None:
    """A label for each row in a column of its own at the right: no width of screen can clip it."""
    width = max(at_least, LABEL_LETTER * (max(map(len, labels)) + 1))
    place = {"x": 1, "xref": "paper", "xanchor": "right", "xshift": width, "yref": "y", "showarrow": False}
    texts = [{**place, "y": row, "text": pl(label)} for row, label in enumerate(labels)]
    # all at once: each single annotation would check all those before it again
    figure.update_layout(margin_r=width, annotations=[*figure.layout.annotations, *texts])


def label_bars(figure: go.Figure, labels: Sequence[str], ends: np.ndarray) -> None:
    """A label at the right end of each bar, which of a loss is at zero: room for it is kept beside the chart."""
    place = {"xanchor": "left", "xshift": 4, "showarrow": False}
    texts = [
        {**place, "x": max(0.0, end), "y": row, "text": pl(label)}
        for row, (label, end) in enumerate(zip(labels, ends, strict=True))
    ]
    # all at once: each single annotation would check all those before it again
    figure.update_layout(
        margin_r=LABEL_LETTER * (max(map(len, labels)) + 2), annotations=[*figure.layout.annotations, *texts]
    )


def _turns(stamps: Sequence[pd.Timestamp]) -> list[bool]:
    """Where the year stands under a tick: at each turn of the year, and at the start if no turn is near."""
    turns = [place > 0 and stamp.year != stamps[place - 1].year for place, stamp in enumerate(stamps)]
    return [not any(turns[:3]), *turns[1:]] if turns else []


def name_ticks(figure: go.Figure, starts: Iterable[Any], quarters: bool = False, at_most: int = 0) -> None:
    """Months or quarters as narrow ticks, which a phone can hold beside each other; of many every n-th, if asked."""
    every = [pd.Timestamp(start) for start in starts]
    step = -(-len(every) // at_most) if at_most else 1
    stamps = every[::step] if step > 1 else every
    names = [f"Q{stamp.quarter}" if quarters else f"{stamp:%b}" for stamp in stamps]
    labels = [
        f"{name}<br>{stamp.year}" if turn else name
        for name, stamp, turn in zip(names, stamps, _turns(stamps), strict=True)
    ]
    places = np.arange(len(every))[:: max(step, 1)]
    figure.update_xaxes(tickvals=places, ticktext=labels, tickangle=0, range=[-0.6, len(every) - 0.4])


GRID_COLOURS = ((0.0, "rgba(59, 126, 191, 0.06)"), (1.0, "rgba(59, 126, 191, 0.6)"))
"""From nothing to all: the ink on it is legible on paper and on ink."""


def share_grid(figure: go.Figure, shares: np.ndarray, hover: Mapping[tuple[int, int], str]) -> None:
    """Shares as a grid of cells, the fuller the darker, each with its per cent; what is missing stays empty.

    hover: what is said of the cell of a row and column.
    """
    down, across = map(np.arange, shares.shape)
    figure.add_heatmap(
        x=across, y=down, z=shares, zmin=0, zmax=1, colorscale=GRID_COLOURS, showscale=False, xgap=2, ygap=2,
        hoverinfo="skip",
    )  # fmt: skip
    known = np.argwhere(~np.isnan(shares))
    figure.add_scatter(
        x=known[:, 1].astype(float),
        y=known[:, 0].astype(float),
        mode="text",
        text=[percent_whole(shares[y, x]).split("\N{NO-BREAK SPACE}")[0] for y, x in known],
        textfont={"size": 11},
        hovertext=[hover[int(y), int(x)] for y, x in known],
        hoverinfo="text",
    )


def add_marks(
    figure: go.Figure,
    x: pd.Series,
    y: pd.Series,
    sign: tuple[str, str],
    hover: list[str],
    size: float = 11,
    line: float = 2.5,
) -> None:
    """Marks of one state in a grid, each with what is said of it; sign: its symbol and its colour."""
    symbol, colour = sign
    figure.add_scatter(
        x=np.asarray(x, dtype=float),
        y=np.asarray(y, dtype=float),
        mode="markers",
        marker={"size": size, "symbol": symbol, "color": colour, "line": {"width": line, "color": colour}},
        hovertext=hover,
        hoverinfo="text",
    )


def say_cut(figure: go.Figure, shown: int, known: int, which: str) -> None:
    """Have it said below the chart that it shows only so many of its rows, and which these are."""
    if known > shown:
        figure.update_layout(meta=f"The {count(shown)} {which}, of {count(known)}; all are in the table.")


def row_height(names: int, extra: int = 48) -> int:
    """The height of a chart with one row for each of so many names."""
    return names * ROW_HEIGHT + extra


class _Ready(go.Figure):
    """A figure in an ink, to be drawn many times: its parts are neither checked nor copied again."""

    def __init__(self, figure: go.Figure, ink: str) -> None:
        super().__init__()
        self._said = figure.to_dict()
        layout = self._said["layout"]
        places = [(layout, "font"), (layout.setdefault("hoverlabel", {}), "font")]
        places += [(layout[name], "tickfont") for name in layout if name[1:5] == "axis"]
        for place, font in places:
            place[font] = {**place.get(font, {}), "color": ink}

    def to_dict(self) -> dict[str, Any]:
        """What it says, as it was worked out."""
        return self._said


def _inked(figure: go.Figure) -> _Ready:
    """The figure with its text in the ink of the theme: the framework's own grey is too faint to read."""
    ink = INK["dark" if st.context.theme.type == "dark" else "light"]
    made: dict[str, _Ready] = vars(figure).setdefault("_inked", {})
    return made.get(ink) or made.setdefault(ink, _Ready(figure, ink))


def _drawn(figure: go.Figure, **said: Any) -> Any:
    """A chart, and below it the buttons that make a file of it in the browser; none where it has no data."""
    with st.container(gap=None):
        chosen = st.plotly_chart(_inked(figure), config=CONFIG, **said)
        if figure.layout.meta:
            st.caption(md(figure.layout.meta))
        if figure.data:
            st.html(FILES)
    return chosen


def draw(figure: go.Figure, alt: str, key: str | None = None) -> None:
    """Draw a chart with a text for those who can't see it."""
    _drawn(figure, alt=alt, key=key)


def draw_pickable(figure: go.Figure, alt: str, key: str) -> list[Any]:
    """Draw a chart whose marks can be clicked; returns the keys of the marks that are chosen."""
    chosen = _drawn(figure, alt=alt, key=key, on_select="rerun", selection_mode="points")
    points = chosen["selection"]["points"] if chosen else []
    picked = [point.get("customdata") for point in points]
    return [item[0] if isinstance(item, list | tuple) else item for item in picked if item is not None]

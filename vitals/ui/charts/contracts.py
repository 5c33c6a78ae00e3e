"""The charts of what clients owe, and of when their contracts come up."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.ui.charts.drawing import (
    AMBER,
    BLUE,
    GREY,
    QUIET,
    RULE,
    VERMILION,
    bare,
    empty,
    kept,
    label_bars,
    label_rows,
    name_rows,
    numbers,
    row_height,
    say_cut,
)
from vitals.ui.page.safe import pl

# span -> colour; the row's name says it too
SPANS = {"not_due": GREY, "1_30": AMBER, "31_60": AMBER, "61_90": VERMILION, "over_90": VERMILION}


def _label(span: dict[str, object]) -> str:
    return f"{formats.money_short(span['open_amount'])} · {formats.count(span['invoices'])}"


@kept
def ageing_bars(ageing: pd.DataFrame) -> go.Figure:
    """What is open, a bar for each span since it was due; the amount and the number of invoices beside it."""
    shown = ageing[ageing["invoices"] > 0].reset_index(drop=True)
    if shown.empty:
        return empty("Nothing is open, or no file says when anything was paid.")
    amounts = numbers(shown["open_amount"])
    figure = bare(row_height(len(shown)))
    figure.add_bar(
        x=amounts,
        y=np.arange(len(shown)),
        orientation="h",
        marker={"color": [SPANS.get(bucket, QUIET) for bucket in shown["bucket"]]},
        hovertext=[
            f"{row['label']}: {formats.money(row['open_amount'])}, {formats.plural(row['invoices'], 'invoice')} of "
            f"{formats.plural(row['clients'], 'client')}"
            for row in formats.rows(shown)
        ],
        hoverinfo="text",
    )
    name_rows(figure, shown["label"])
    label_bars(figure, [_label(row) for row in formats.rows(shown)], amounts)
    figure.add_vline(x=0, line={"width": 1, "color": RULE})
    figure.update_xaxes(showticklabels=False)
    return figure


MOST_ROWS = 30
"""Of agreements; the table has them all."""
# state -> (word, sign, colour) of the last day of notice: the sign alone tells them apart
NOTICES = {"open": ("notice by", "diamond", BLUE), "notice_past": ("notice was due", "diamond-open", VERMILION)}
RENEWAL_SIGNS = "◆ last day of notice · ◇ gone by · ● renews or ends · the line: the day that this stands as of."


def _comings(figure: go.Figure, shown: pd.DataFrame) -> None:
    """A line from the last day of notice to the renewal, and a mark for the renewal."""
    for row, item in enumerate(formats.rows(shown)):
        if not formats.is_missing(item["notice_by"]):
            figure.add_scatter(
                x=np.asarray([item["notice_by"], item["renews_on"]], dtype="datetime64[D]"),
                y=np.asarray([row, row], dtype=float),
                mode="lines",
                line={"width": 2, "color": QUIET},
                hoverinfo="skip",
            )
    figure.add_scatter(
        x=np.asarray(shown["renews_on"], dtype="datetime64[D]"),
        y=np.arange(len(shown)),
        mode="markers",
        marker={"size": 10, "color": GREY},
        hovertext=[
            f"{pl(item['client'])}, {pl(item['agreement'])}: {item['comes_as']} {formats.day(item['renews_on'])}, "
            f"{formats.money(item['at_stake'])} a month"
            for item in formats.rows(shown)
        ],
        hoverinfo="text",
    )


@kept
def renewal_marks(calendar: pd.DataFrame, as_of: date) -> go.Figure:
    """A row for each agreement that comes up, the earliest notice first: by when it is to be given, and the renewal."""
    known = calendar.dropna(subset=["renews_on"])
    first = known["notice_by"].fillna(known["renews_on"])
    shown = known.loc[first.sort_values(kind="stable").index].head(MOST_ROWS).reset_index(drop=True)
    if shown.empty:
        return empty("No agreement in force says when it renews or ends.")
    figure = bare(row_height(len(shown), 60))
    _comings(figure, shown)
    for state, (word, symbol, colour) in NOTICES.items():
        noticed = shown[shown["state"] == state]
        figure.add_scatter(
            x=np.asarray(noticed["notice_by"], dtype="datetime64[D]"),
            y=noticed.index.to_numpy(dtype=float),
            mode="markers",
            marker={"size": 11, "symbol": symbol, "color": colour, "line": {"width": 2, "color": colour}},
            hovertext=[
                f"{pl(item['client'])}: {word} {formats.day(item['notice_by'])}" for item in formats.rows(noticed)
            ],
            hoverinfo="text",
        )
    name_rows(figure, shown["client"])
    label_rows(figure, [formats.money_short(amount) for amount in shown["at_stake"]], at_least=48)
    figure.add_vline(x=str(as_of), line={"width": 1.5, "color": RULE, "dash": "dot"})
    figure.update_xaxes(side="top", tickformat="%b<br>%Y", nticks=5, tickangle=0)
    say_cut(figure, len(shown), len(known), "agreements that come up first")
    return figure

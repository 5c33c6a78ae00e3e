"""The charts of what clients owe, and of when their contracts come up."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vitals import formats
from vitals.ui.charts.drawing import (
    AMBER,
    GREY,
    QUIET,
    RULE,
    VERMILION,
    bare,
    empty,
    kept,
    label_bars,
    name_rows,
    numbers,
    row_height,
)

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
            for row in shown.to_dict("records")
        ],
        hoverinfo="text",
    )
    name_rows(figure, shown["label"])
    label_bars(figure, [_label(row) for row in shown.to_dict("records")], amounts)
    figure.add_vline(x=0, line={"width": 1, "color": RULE})
    figure.update_xaxes(showticklabels=False)
    return figure

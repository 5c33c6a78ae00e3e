"""Native charts of the book: of the columns of a table, with a text for who can't see them."""

from __future__ import annotations

from itertools import cycle

from xlsxwriter.worksheet import Worksheet

from vitals.exports.book.paper import FONT, INK, LINE, NUMBERS, Paper
from vitals.exports.book.plan import Block
from vitals.exports.book.table import Placed

COLOURS = ("#1D4ED8", "#D97706", "#0F766E", "#7C3AED", "#64748B", "#B91C1C", "#0891B2")
KINDS = {
    "line": {"type": "line"}, "column": {"type": "column"}, "stacked": {"type": "column", "subtype": "stacked"},
}  # fmt: skip
WIDTH, HEIGHT, ROWS = 860, 300, 17


def draw(paper: Paper, sheet: Worksheet, block: Block, placed: Placed, at: int) -> int:
    """A chart below the table; returns the first free row after it."""
    said = block.chart
    assert said is not None
    chart = paper.book.add_chart(dict(KINDS[said.kind]))
    captions = {column.name: column.label for column in block.columns}
    forms = {column.name: column.form for column in block.columns}
    last = placed.latest.get(said.until, placed.last)
    columns = [name for name in said.columns if placed.sizes.get(name, 1)] or said.columns
    for colour, name in zip(cycle(COLOURS), columns, strict=False):
        column = placed.columns[name]
        chart.add_series({
            "name": captions[name],
            "categories": [placed.sheet, placed.first, 0, last, 0],
            "values": [placed.sheet, placed.first, column, last, column],
            "line": {"color": colour, "width": 2.25} if said.kind == "line" else {"none": True},
            "fill": {"color": colour}, "gap": 60,
        })  # fmt: skip
    font = {"name": FONT, "size": 9, "color": INK}
    shape = NUMBERS.get(forms[said.columns[0]], "#,##0").replace(".0", "").removesuffix("_)")
    chart.set_title({"name": said.title, "name_font": {"name": FONT, "size": 11, "bold": True, "color": INK}})
    chart.set_x_axis({"num_font": font, "num_format": "yyyy-mm", "text_axis": True, "line": {"color": LINE}})
    grid = {"visible": True, "line": {"color": LINE, "width": 0.5}}
    axis = {"num_font": font, "num_format": shape, "major_gridlines": grid, "line": {"none": True}}
    chart.set_y_axis(axis if said.kind != "column" else {**axis, "min": 0})
    chart.set_legend({"none": True} if len(columns) == 1 else {"position": "bottom", "font": font})
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    what = ", ".join(captions[name] for name in columns)
    sheet.insert_chart(at, 0, chart, {"description": f"{said.title}: {what}; the numbers are in the table above."})
    return at + ROWS

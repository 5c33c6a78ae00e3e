"""How the book looks: formats of cells, widths, print settings; every text is text, whatever it begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from math import ceil, isfinite
from typing import Any
from unicodedata import combining, east_asian_width

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from vitals.exports.book.mask import Mask
from vitals.exports.tables import CELL_LETTERS, CONTROLS, SHAPES

FONT, SIZE = "Arial", 10
INK, PALE, LINE, BLUE = "#1F2A37", "#EEF2F6", "#C9D2DC", "#0000FF"
DAYS = {"month": "yyyy-mm", "day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"}
# a little room on the right, so that a number and the text after it stay apart
NUMBERS = {
    **{form: f"{shape}_)" for form, shape in SHAPES.items()}, **DAYS, "points": '0.0" pp"_)',
    "as_is": "General_)",
}  # fmt: skip
"""As it is: where rows, hours and money stand in one column, none gets decimals that it hasn't."""
STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "total": {"bold": True, "top": 1, "top_color": INK, "bg_color": PALE},
    "input": {"font_color": BLUE, "bg_color": "#FFFBE6", "border": 1, "border_color": LINE},
    "header": {"bold": True, "font_color": "#FFFFFF", "bg_color": INK, "text_wrap": True, "valign": "vcenter"},
    "title": {"bold": True, "font_size": 15, "font_color": INK},
    "caption": {"bold": True, "font_size": 11, "font_color": INK},
    "note": {"font_color": "#52606D", "italic": True},
    "link": {"font_color": "#1D4ED8", "underline": 1},
    "wrapped": {"text_wrap": True},
    "alert": {"bold": True, "font_color": "#B42318"},
}
LEFT, CENTRED = ("month", "day", "moment"), ("yes_no",)
WIDEST, NARROWEST, SENTENCE, LINE_HEIGHT, HEAD = 44, 9, 60, 13.5, 30
FILLS = 0.9
"""How much of the room that a column counts for a letter one takes, with what a line's end leaves free."""
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "default_date_format": NUMBERS["day"],
}


def number_of(value: Any) -> float | None:
    """A number as a cell holds it; nothing of what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return float(value) if isfinite(value) else None


def cell(row: int, column: int, *, fixed: bool = False) -> str:
    """The address of a cell."""
    return str(xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed))


@dataclass
class Paper:
    """A workbook that is being written, and the names that it hides."""

    book: xlsxwriter.Workbook
    mask: Mask
    _formats: dict[tuple[str, str], Format] = field(default_factory=dict)

    def look(self, style: str, form: str = "text") -> Format:
        """The format of a cell by its style and by what it holds."""
        if (style, form) not in self._formats:
            shape = {"num_format": NUMBERS[form]} if form in NUMBERS else {}
            base = {"font_name": FONT, "font_size": SIZE, "valign": "top", **aligned(form)}
            self._formats[style, form] = self.book.add_format({**base, **shape, **STYLES[style]})
        return self._formats[style, form]

    def fit(self, sheet: Worksheet, row: int, texts: Sequence[tuple[Any, float]]) -> None:
        """A row as high as its longest text needs in its column's width: not every program does so by itself."""
        said = [(breadth(self.words(text)) * FILLS, wide) for text, wide in texts if text is not None]
        lines = max((ceil(long / wide) for long, wide in said), default=1)
        if lines > 1:
            sheet.set_row(row, LINE_HEIGHT * lines)

    def words(self, text: Any) -> str:
        """A text as the book may say it: no hidden name, no sign that no cell can hold."""
        return CONTROLS.sub("", self.mask.hide(str(text)))[:CELL_LETTERS]

    def write(
        self, sheet: Worksheet, row: int, column: int, value: Any, style: str = "plain", form: str = "text"
    ) -> None:
        """One value in a cell, by what it is."""
        look = self.look(style, form)
        number = number_of(value)
        if number is not None:
            sheet.write_number(row, column, number, look)
        elif isinstance(value, datetime | date):
            sheet.write_datetime(row, column, value, look)
        elif isinstance(value, bool):
            sheet.write_string(row, column, "yes" if value else "no", look)
        elif value is None or isinstance(value, float | Decimal):
            sheet.write_blank(row, column, None, look)
        else:
            sheet.write_string(row, column, self.words(value), look)

    def write_formula(
        self, sheet: Worksheet, row: int, column: int, formula: str, value: Any, style: str, form: str
    ) -> None:
        """A formula with what it comes to, for whoever only looks."""
        sheet.write_formula(row, column, formula, self.look(style, form), "" if value is None else value)

    def page(self, sheet: Worksheet, title: str, note: str) -> None:
        """What every sheet begins with, and how it is printed."""
        self.write(sheet, 0, 0, title, "title")
        self.write(sheet, 1, 0, note, "note")
        sheet.set_row(0, 24)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        sheet.set_footer("&L&8 &A&R&8 Page &P of &N")


def breadth(text: str) -> int:
    """How many letters wide a text is: those of East Asia take twice the room, marks upon a letter take none."""
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def aligned(form: str) -> dict[str, Any]:
    """Where a cell's content stands: numbers to the right, yes and no in the middle, all else to the left."""
    if form in LEFT or form == "text":
        return {"align": "left"}
    if form in CENTRED:
        return {"align": "center"}
    return {"align": "left"} if form not in NUMBERS else {"align": "right"}


def width_of(label: str, shown: Sequence[str], form: str) -> float:
    """A column's width by its longest cell; sentences are wrapped."""
    longest = max(map(breadth, shown), default=0)
    word = max((len(part) for part in label.split()), default=0)
    wide = max(longest * 1.12 + 2, word * 1.25 + 2, len(label) * 0.62 + 3, NARROWEST)
    return min(wide, SENTENCE if form == "sentence" else WIDEST)


def shown(value: Any, form: str) -> str:
    """About what a cell shows, to measure it."""
    number = number_of(value)
    if number is None:
        return "0000-00-00" if isinstance(value, date) else "" if value is None else str(value)
    if form.startswith("percent"):
        return f"{number:.1%}"
    return f"{number:,.0f}" if form in ("money", "count", "days") else f"{number:,.2f}"

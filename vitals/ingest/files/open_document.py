"""What the cells of an ODS file show beside their values: their currencies, and over how many rows they reach."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from vitals.ingest.files.archive import CHUNK, OVERLAP, Archive, Merged
from vitals.ingest.files.number_formats import MOST_BYTES, CurrencyCells, currency_shown

CONTENT, STYLES = "content.xml", "styles.xml"
SAID = (b":currency=", b":number-rows-spanned=")
"""What cells say of themselves, whatever their styles are."""
MOST_REPEATED = 1 << 20
"""No sheet has more rows or columns."""
NUMBERS = ("float", "currency")
Attributes = Mapping[str, str]


@dataclass
class Styles:
    """The styles of cells by name, and the currencies that the forms of numbers show which they name."""

    forms: dict[str, str] = field(default_factory=dict)
    """Name of a form of numbers -> the currency it shows."""
    form_of: dict[str, str] = field(default_factory=dict)
    parent_of: dict[str, str] = field(default_factory=dict)

    def currency(self, style: str) -> str:
        """The currency that cells of a style show; empty for none."""
        seen = set[str]()
        while style and style not in seen:
            if style in self.form_of:
                return self.forms.get(self.form_of[style], "")
            seen.add(style)
            style = self.parent_of.get(style, "")
        return ""


@dataclass
class Sheets:
    """What a parser of the XML calls for each element; it keeps the styles and the cells with currencies."""

    styles: Styles
    has_said: bool
    """Whether any cell says something of itself."""
    found: dict[str, CurrencyCells] = field(default_factory=dict)
    merged: dict[str, list[Merged]] = field(default_factory=dict)
    """Name of a sheet -> its cells that reach over several rows."""
    name: str = ""
    form: str = ""
    written: list[str] = field(default_factory=list)
    """The texts beside the number of the form that is being read."""
    is_text: bool = False
    defaults: list[tuple[int, str]] = field(default_factory=list)
    """The last column and the style of each stretch of columns."""
    cells: CurrencyCells = field(default_factory=CurrencyCells)
    row: int = 1
    column: int = 1
    rows: int = 1
    row_style: str = ""
    depth: int = 0
    """How deep tables stand in each other: those within a cell, such as a chart's, are none of the workbook's."""

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        kind = tag.rpartition("}")[2]
        if kind in STARTS:
            STARTS[kind](self, {name.rpartition("}")[2]: value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        """An element ends."""
        kind = tag.rpartition("}")[2]
        if kind in FORMS and self.form:
            self._keep_form()
        elif kind in ("text", "currency-symbol"):
            self.is_text = False
        elif kind == "table-row" and self.depth == 1:
            self.row += self.rows
        elif kind == "table":
            self.depth -= 1

    def data(self, text: str) -> None:
        """The text of an element, or a part of it."""
        if self.is_text and len(self.written) < OVERLAP:
            self.written.append(text)

    def close(self) -> None:
        """The end of the file."""

    def begin_form(self, said: Attributes) -> None:
        """Begin a form of numbers."""
        self.form, self.written = said.get("name", ""), []

    def begin_text(self, said: Attributes) -> None:
        """Begin a text that stands beside a number, whatever its language."""
        if self.form:
            self.is_text = True
            self.written.append('"')

    def _keep_form(self) -> None:
        texts = "".join(self.written).split('"')
        shown = (currency_shown(f'"{text}"') for text in texts if text.strip())
        self.styles.forms[self.form] = next((mark for mark in shown if mark), "")
        self.form = ""

    def keep_style(self, said: Attributes) -> None:
        """A style of cells: its form of numbers, and the style whose form it has otherwise."""
        name = said.get("name", "")
        if said.get("family") == "table-cell":
            self.styles.parent_of[name] = said.get("parent-style-name", "")
            if "data-style-name" in said:
                self.styles.form_of[name] = said["data-style-name"]

    def begin_body(self, _said: Attributes) -> None:
        """The styles are known: where no cell has anything to show, the rows needn't be looked at."""
        if not self.has_said and not any(self.styles.forms.values()):
            raise StopIteration

    def begin_table(self, said: Attributes) -> None:
        """Begin a sheet."""
        self.depth += 1
        if self.depth == 1:
            self.name = said.get("name", "")
            self.cells = self.found.setdefault(self.name, CurrencyCells())
            self.row, self.defaults = 1, []

    def add_columns(self, said: Attributes) -> None:
        """Columns whose cells have a style unless they say another."""
        if self.depth == 1:
            last = (self.defaults[-1][0] if self.defaults else 0) + _count(said, "number-columns-repeated")
            self.defaults.append((last, said.get("default-cell-style-name", "")))

    def begin_row(self, said: Attributes) -> None:
        """Begin a row, or several that are alike."""
        if self.depth == 1:
            self.column, self.rows = 1, _count(said, "number-rows-repeated")
            self.row_style = said.get("default-cell-style-name", "")

    def add_cell(self, said: Attributes) -> None:
        """A cell, or several that are alike."""
        if self.depth != 1:
            return
        columns, reach = (_count(said, name) for name in ("number-columns-repeated", "number-rows-spanned"))
        if reach > 1:
            self.merged.setdefault(self.name, []).append((self.row, self.row + reach - 1, self.column))
        if said.get("value-type") in NUMBERS:
            for column in range(self.column, self.column + columns):
                currency = self._currency(said, column)
                if currency:
                    self.cells.add(self.row, column, currency, self.rows)
        self.column += columns

    def _currency(self, said: Attributes, column: int) -> str:
        own = said.get("currency", "")
        style = said.get("style-name") or self.row_style or self._default(column)
        return currency_shown(f'"{own}"') if own else self.styles.currency(style)

    def _default(self, column: int) -> str:
        return next((style for last, style in self.defaults if column <= last), "")


FORMS = ("currency-style", "number-style")
STARTS: Mapping[str, Callable[[Sheets, Attributes], None]] = {
    **dict.fromkeys(FORMS, Sheets.begin_form),
    **dict.fromkeys(("text", "currency-symbol"), Sheets.begin_text),
    "style": Sheets.keep_style, "body": Sheets.begin_body, "table": Sheets.begin_table,
    "table-column": Sheets.add_columns, "table-row": Sheets.begin_row,
    "table-cell": Sheets.add_cell, "covered-table-cell": Sheets.add_cell,
}  # fmt: skip
"""Name of an element, of whatever prefix, and what is done where it begins."""


def _count(said: Attributes, name: str) -> int:
    return min(max(int(said.get(name, "1")), 1), MOST_REPEATED)


@dataclass(frozen=True)
class OpenDocument:
    """An ODS file, whose cells are looked at once. No part of its archive declares an entity."""

    archive: Archive

    @cached_property
    def _sheets(self) -> Sheets:
        styles = Styles()
        if self.archive.has(STYLES) and self.archive.members[STYLES].size <= MOST_BYTES:
            _read(self.archive, STYLES, Sheets(styles, has_said=False))
        sheets = Sheets(styles, self._has_said())
        _read(self.archive, CONTENT, sheets)
        return sheets

    def currencies(self) -> dict[str, CurrencyCells]:
        """The cells that show a currency, by the name of their sheet."""
        return self._sheets.found

    def merged(self) -> dict[str, list[Merged]]:
        """The cells that reach over several rows, by the name of their sheet."""
        return self._sheets.merged

    def _has_said(self) -> bool:
        tail = b""
        with self.archive.file.open(CONTENT) as content:
            while chunk := content.read(CHUNK):
                if any(mark in tail + chunk for mark in SAID):
                    return True
                tail = chunk[-max(map(len, SAID)) :]
        return False


def _read(archive: Archive, member: str, sheets: Sheets) -> None:
    parser: Any = ElementTree.XMLParser(target=sheets)
    with archive.file.open(member) as content:
        try:
            while chunk := content.read(CHUNK):
                parser.feed(chunk)
        except StopIteration:
            return
    parser.close()

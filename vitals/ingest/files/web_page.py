"""The tables of a web page, as older systems save them under the name of a spreadsheet."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from vitals.ingest.files.encoding import text_source
from vitals.ingest.model import TextTable
from vitals.ingest.table.layout import tables_in
from vitals.ingest.table.rows import Row, joined

CELLS, UNSHOWN = ("td", "th"), ("script", "style")
MOST_SPANNED = 1_000
BLANKS = " \t\r\n"
"""What a web page holds between its words without a meaning: blanks of other kinds are text."""


class TableParser(HTMLParser):
    """Collects the rows of every table; inner tables give their text to the cell they stand in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[Row] = []
        self.cells: list[str] | None = None
        self.text: list[str] | None = None
        self.span, self.depth = 1, 1
        self.reaching: dict[int, int] = {}
        """Columns whose cell reaches down from a row above, and how many more rows it covers."""
        self.unshown = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a row or a cell."""
        if tag == "tr":
            self._close_row()
            self.cells = []
        elif tag in CELLS:
            self._close_cell()
            spans = dict(attrs)
            self.text, self.span, self.depth = [], _span(spans.get("colspan")), _span(spans.get("rowspan"))
        elif tag in UNSHOWN:
            self.unshown += 1
        elif tag == "br" and self.text is not None:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close a cell, a row or a table."""
        if tag in CELLS:
            self._close_cell()
        elif tag in ("tr", "table"):
            self._close_row()
            self.reaching = {} if tag == "table" else self.reaching
        elif tag in UNSHOWN:
            self.unshown = max(self.unshown - 1, 0)

    def handle_data(self, data: str) -> None:
        """Add text to the open cell."""
        if self.text is not None and not self.unshown:
            self.text.append(data)

    def _close_cell(self) -> None:
        if self.text is not None and self.cells is not None:
            self._pass_reaching(self.cells)
            text = "".join(self.text).replace("\0", "").strip(BLANKS)
            if self.depth > 1:
                self.reaching.update(dict.fromkeys(range(len(self.cells), len(self.cells) + self.span), self.depth))
            self.cells += [text, *[""] * (self.span - 1)]
        self.text = None

    def _pass_reaching(self, cells: list[str]) -> None:
        """Leave blank what a cell from above covers, as the other cells of merged ones are."""
        while len(cells) in self.reaching:
            cells.append("")

    def _close_row(self) -> None:
        self._close_cell()
        if self.cells is not None:
            self._pass_reaching(self.cells)
            self.rows.append(Row(len(self.rows) + 1, self.cells, joined(self.cells)))
            self.reaching = {column: rows - 1 for column, rows in self.reaching.items() if rows > 1}
        self.cells = None


def _span(text: str | None) -> int:
    return min(int(text), MOST_SPANNED) if text and text.isascii() and text.isdigit() and int(text) else 1


def tables_of_html(data: bytes | Path, head: bytes) -> list[TextTable]:
    """The tables of the page."""
    parser = TableParser()
    for block in text_source(data, head).blocks():
        parser.feed(block.decode())
    parser.close()
    return tables_in(parser.rows, "")

"""The tables of a web page, as older systems save them under the name of a spreadsheet."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

from vitals.ingest.files.encoding import page_named, text_source
from vitals.ingest.model import TextTable
from vitals.ingest.table.layout import TooMuchError, tables_in
from vitals.ingest.table.rows import Row, joined

CELLS, UNSHOWN = ("td", "th"), ("script", "style")
MOST_SPANNED = 1_000
MOST_CELLS_SPANNED = 1_000_000
MARK = re.compile(r"<[a-zA-Z/!?]")
ENDS = {name: re.compile(rf"</{name}\b", re.I) for name in UNSHOWN}
TAG = re.compile(r"""<(?:[^=>]++|=\s*+"[^"]*"|=\s*+'[^']*'|=)*+>""")
CHARSET = re.compile(rb"""<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]{1,20})""", re.I)
NAME = re.compile(r"<(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*)")
SPAN = re.compile(r"""\b((?:col|row)span)\s*=\s*["']?\s*(\d{1,9})""", re.I)
BLANKS = " \t\r\n"
"""What a web page holds between its words without a meaning: blanks of other kinds are text."""


class TableParser:
    """Collects the rows of every table; inner tables give their text to the cell they stand in.

    It goes through the page once and never back, so that no page takes longer than its size.
    """

    def __init__(self) -> None:
        self.unshown = ""
        """The tag within which text isn't shown."""
        self.rows: list[Row] = []
        self.cells: list[str] | None = None
        self.text: list[str] | None = None
        self.span, self.depth = 1, 1
        self.spanned = 0
        self.merged: dict[int, str] = {}
        """Columns of the row whose cell reaches down from a row above, and its text."""
        self.reaching: dict[int, tuple[int, str]] = {}
        """The same of the rows to come, and how many more of them it covers."""

    def feed(self, page: str) -> None:
        """Take in the page; what begins in it and never ends is left."""
        at = 0
        while (opened := self._next_mark(page, at)) >= 0:
            self._add_text(page[at:opened])
            ended = _end_of_mark(page, opened)
            if ended < 0:
                return
            self._take_mark(page[opened:ended])
            at = ended
        self._add_text(page[at:])

    def _next_mark(self, page: str, start: int) -> int:
        """Where the next tag or comment begins; within a script only its own end counts."""
        found = (ENDS[self.unshown] if self.unshown else MARK).search(page, start)
        return found.start() if found else -1

    def _take_mark(self, mark: str) -> None:
        named = NAME.match(mark)
        if named is None:
            return
        name = named["name"].lower()
        if named["slash"]:
            self._end_tag(name)
        else:
            self._start_tag(name, mark)

    def _start_tag(self, tag: str, mark: str) -> None:
        if tag == "tr":
            self._close_row()
            self.cells, self.merged = [], {}
        elif tag in CELLS:
            self._close_cell()
            spans = {name.lower(): number for name, number in SPAN.findall(mark)}
            self.text, self.span, self.depth = [], _span(spans.get("colspan")), _span(spans.get("rowspan"))
        elif tag in UNSHOWN:
            self.unshown = tag
        elif tag == "br" and self.text is not None:
            self.text.append("\n")

    def _end_tag(self, tag: str) -> None:
        if tag in CELLS:
            self._close_cell()
        elif tag in ("tr", "table"):
            self._close_row()
            self.reaching = {} if tag == "table" else self.reaching
        elif tag == self.unshown:
            self.unshown = ""

    def _add_text(self, text: str) -> None:
        if text and self.text is not None and not self.unshown:
            self.text.append(unescape(text))

    def _close_cell(self) -> None:
        if self.text is not None and self.cells is not None:
            self._pass_reaching(self.cells)
            text = "".join(self.text).replace("\0", "").strip(BLANKS)
            if self.depth > 1:
                first = len(self.cells)
                self.reaching.update(dict.fromkeys(range(first, first + self.span), (self.depth, "")))
                self.reaching[first] = (self.depth, text)
            self.cells += [text, *[""] * (self.span - 1)]
            self._note_spanned(self.span - 1)
        self.text = None

    def _pass_reaching(self, cells: list[str]) -> None:
        """Leave blank what a cell from above covers, as in a workbook, its text kept beside it."""
        before = len(cells)
        while len(cells) in self.reaching:
            self.merged[len(cells)] = self.reaching[len(cells)][1]
            cells.append("")
        self._note_spanned(len(cells) - before)

    def _note_spanned(self, cells: int) -> None:
        self.spanned += cells
        if self.spanned > MOST_CELLS_SPANNED:
            raise TooMuchError(f"More than {MOST_CELLS_SPANNED:,} cells of its tables are parts of merged ones.")

    def _close_row(self) -> None:
        self._close_cell()
        if self.cells is not None:
            self._pass_reaching(self.cells)
            self.rows.append(Row(len(self.rows) + 1, self.cells, joined(self.cells), merged=self.merged))
            self.reaching = {column: (rows - 1, text) for column, (rows, text) in self.reaching.items() if rows > 1}
        self.cells = None


def _end_of_mark(page: str, opened: int) -> int:
    """Where what begins here ends; -1 if it doesn't."""
    if page.startswith("<!--", opened):
        closed = page.find("-->", opened + 2)
        return closed + 3 if closed >= 0 else -1
    tag = TAG.match(page, opened)
    return tag.end() if tag else -1


def _span(text: str | None) -> int:
    return min(int(text), MOST_SPANNED) if text and text.isascii() and text.isdigit() and int(text) else 1


def tables_of_html(data: bytes | Path, head: bytes, page: str = "") -> list[TextTable]:
    """The tables of the page, its letters by the encoding that the user says, else by the one that it names itself."""
    named = CHARSET.search(head)
    source = text_source(data, head, page or (page_named(named[1].decode()) if named else ""))
    parser = TableParser()
    parser.feed(b"".join(source.blocks()).decode())
    return [replace(table, encoding=source.encoding) for table in tables_in(parser.rows, "")]

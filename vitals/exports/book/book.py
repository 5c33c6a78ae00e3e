"""The data book from a workspace: its sheets one after the other, then the cover that says where everything stands."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from vitals import warehouse
from vitals.errors import VitalsError
from vitals.exports.book.charts import ROWS, draw
from vitals.exports.book.cover import BASIS, COVER, Asked, Cover
from vitals.exports.book.mask import KINDS, Mask, mask
from vitals.exports.book.paper import OPTIONS, Paper, cell
from vitals.exports.book.plan import Block, Plan, Sheet, Spread, plan
from vitals.exports.book.printing import Printing
from vitals.exports.book.table import Placed, Table, Turned, caption
from vitals.queries import query
from vitals.results import check_months, defaults, rows_of
from vitals.steps import together

Row = Mapping[str, Any]
KNOWN_BY = {"time_entries|tickets": "has_labour", "tickets": "has_tickets"}
"""By which column of the period before a kind of row is known to reach it."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """A book as it was made: its bytes, and the key to the names that it hides."""

    book: bytes
    key: bytes


@dataclass
class Writing:
    """A book that is being written."""

    con: warehouse.Connection
    asked: dict[str, Any]
    paper: Paper
    placed: dict[str, Placed] = field(default_factory=dict)
    empty: dict[int, list[str]] = field(default_factory=dict)
    by_sheet: dict[int, list[Placed]] = field(default_factory=dict)
    leads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unread: str = ""
    """That no margin can be read, and why; empty where it can."""
    widths: dict[int, float] = field(default_factory=dict)
    """Of the columns of the sheet in hand."""
    printing: Printing = field(init=False)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of a query, asked with the months and the day of the book."""
        return rows_of(self.con, name, self.asked)

    def sheet(self, item: Sheet, sheet: Worksheet) -> None:
        """One sheet with all its tables."""
        self.paper.page(sheet, f"{item.number}  {item.title}", item.note)
        self.widths, self.printing = {}, Printing(sheet)
        if item.has_margins:
            self.paper.write(sheet, 2, 0, self.unread or None, "note")
        at = 3
        for block in item.blocks:
            at = self._block(item, block, sheet, at)
        for place, wide in self.widths.items():
            sheet.set_column(place, place, wide)
        first = self.by_sheet.get(item.number, [])
        sheet.freeze_panes((first[0].header + 1) if first and first[0].header < 8 else 2, 1)
        # above a chart on a page of its own a table's header would speak of nothing
        repeated = first[0].header if first and len(item.blocks) == 1 and not item.blocks[0].chart else 1
        sheet.repeat_rows(0, repeated)
        self.printing.lay_out(self.widths.values(), at, repeated + 1)

    def _block(self, item: Sheet, block: Block, sheet: Worksheet, at: int) -> int:
        rows = self.rows(block.query)
        if block.is_turned and rows and any(rows[0].get(column.name) for column in block.columns):
            return self._turned(item, block, sheet, rows[0], at)
        if not rows or block.is_turned:
            return self._lacking(item, block, sheet, at)
        spread = self._spread(block.spread) if block.spread else {}
        table = Table(self.paper, sheet, block, rows, spread, at, self.widths, self._links(block, rows))
        found = self._place(item, block, table.write())
        below = found.below
        self.printing.keep_table(at, found.first, below - 2)
        if not block.chart:
            return below + 1
        self.printing.keep(below, below + ROWS - 1)
        return draw(self.paper, sheet, block, found, below)

    def _place(self, item: Sheet, block: Block, found: Placed) -> Placed:
        self.placed[block.name] = found
        self.by_sheet.setdefault(item.number, []).append(found)
        first, last = cell(found.header, 0, fixed=True), cell(found.last, len(found.columns) - 1, fixed=True)
        self.paper.book.define_name(f"table_{block.name}", f"='{found.sheet}'!{first}:{last}")
        return found

    def _lacking(self, item: Sheet, block: Block, sheet: Worksheet, at: int) -> int:
        """One sentence instead of a table without rows."""
        said = block.lacks or "There is nothing to list."
        self.empty.setdefault(item.number, []).append(f"{block.caption}: {said}" if block.caption else said)
        if block.caption:
            self.paper.write(sheet, at, 0, block.caption, "caption")
            at += 1
        self.paper.write(sheet, at, 0, said, "plain")
        self.printing.keep(at - 1 if block.caption else at, at)
        return at + 2

    def _turned(self, item: Sheet, block: Block, sheet: Worksheet, row: Row, at: int) -> int:
        """A single row with a line for each of its columns."""
        self.paper.write(sheet, at, 0, block.caption, "caption")
        header = at + 1
        before = self._before(block)
        labels = ("Measure", "Value", "Period before", "Change")[: 4 if before else 2]
        for place, label in enumerate(labels):
            self.paper.write(sheet, header, place, label, "header", "text" if place == 0 else "number")
        rows = {column.name: place for place, column in enumerate(block.columns, start=header + 1)}
        held = Turned(self.paper, sheet, rows)
        values = held.write(1, block.columns, row)
        earlier = held.write(2, block.columns, before) if before else {}
        for column in block.columns:
            self.paper.write(sheet, rows[column.name], 0, caption(column), "plain")
            if before:
                held.change(column, values, earlier)
        last = header + len(block.columns)
        self.printing.keep(at, last)
        widest = max(len(column.label) for column in block.columns)
        self.widths[0] = max(self.widths.get(0, 0), min(widest * 1.1 + 2, 52))
        self.widths |= {place: max(self.widths.get(place, 0), 16) for place in range(1, len(labels))}
        sums = {name: value or 0.0 for name, value in values.items()}
        self.placed[block.name] = Placed(
            sheet.get_name(), header, header + 1, last, {"value": 1}, sums, rows=rows, is_turned=True
        )
        self.by_sheet.setdefault(item.number, []).append(self.placed[block.name])
        return last + 3

    def _before(self, block: Block) -> Row:
        """The same row over as many months before; none where the query isn't of months or nothing is known."""
        types = query(block.query).params
        if "month_from" not in types or "as_of" in types:
            return {}
        found = warehouse.rows(self.con, "metrics.previous_period", **_only(self.asked, "month_from", "month_to"))
        known = {KNOWN_BY.get(need, "has_invoices") for need in query(block.query).needs}
        if not found or not all(found[0][name] for name in ("month_from", *known)):
            return {}
        rows = warehouse.rows(self.con, block.query, **_only(found[0], "month_from", "month_to"))
        return rows[0] if rows else {}

    def _spread(self, spread: Spread) -> dict[Any, dict[Any, Any]]:
        found: dict[Any, dict[Any, Any]] = {}
        for row in self.rows(spread.query):
            if row[spread.value] is not None:
                found.setdefault(row[spread.key], {})[row[spread.over]] = row[spread.value]
        return found

    def _links(self, block: Block, rows: Sequence[Row]) -> dict[int, str]:
        """For each row that names a sheet the cell in which what it speaks of begins."""
        if not any(column.made == "where" for column in block.columns):
            return {}
        return {place: self._leads_to(row) for place, row in enumerate(rows) if self._leads_to(row)}

    def _leads_to(self, row: Row) -> str:
        tables = self.by_sheet.get(int(row["sheet"] or 0), [])
        subject = str(row.get("subject"))
        named = next((table for table in tables if subject in table.rows), None)
        if named:
            return f"'{named.sheet}'!{cell(named.rows[subject], 0)}"
        kind = str(row.get("finding") or row.get("flag"))
        block, *line = self.leads.get(kind.removeprefix("flag_"), ("",))
        if table := self.placed.get(block):
            return f"'{table.sheet}'!{cell(table.rows[line[0]] if line else table.header, 0)}"
        return f"'{tables[0].sheet}'!{cell(tables[0].header, 0)}" if tables else ""


def _only(found: Row, *names: str) -> dict[str, Any]:
    return {name: found[name] for name in names}


def _months(con: warehouse.Connection, month_from: Any, month_to: Any) -> dict[str, Any]:
    known = {**defaults(con), **warehouse.rows(con, "metrics.invoice_period")[0]}
    asked = {
        **known,
        "month_from": month_from or known.get("month_from"),
        "month_to": month_to or known.get("month_to"),
    }
    if not asked["month_from"] or not asked["month_to"]:
        said = "The workspace holds no month to make a data book of."
        raise VitalsError(said, "Load invoices or time entries first.")
    check_months(asked)
    return asked


def make(
    con: warehouse.Connection,
    *,
    month_from: Any = None,
    month_to: Any = None,
    masks: Sequence[str] = KINDS[1:],
    progress: Progress = lambda said: None,
) -> Made:
    """The data book of a workspace; technicians' names are hidden unless masks says otherwise.

    Raises VitalsError where the workspace holds no month, or the months come in the wrong order.
    """
    asked = _months(con, month_from, month_to)
    hidden = mask(con, masks)
    out = io.BytesIO()
    with together(con), xlsxwriter.Workbook(out, OPTIONS) as book:
        _write(con, asked, book, hidden, masks, progress)
    return Made(out.getvalue(), hidden.key())


def _unread(found: Sequence[Row]) -> str:
    """What sheets with margins say before any figure where the hours on file carry none; empty where they do."""
    because = found[0]["unread_because"] if found else None
    return f"The margin cannot be read: {because}." if because else ""


def _write(
    con: warehouse.Connection,
    asked: dict[str, Any],
    book: xlsxwriter.Workbook,
    hidden: Mask,
    masks: Sequence[str],
    progress: Progress,
) -> None:
    whole: Plan = plan()
    writing = Writing(con, asked, Paper(book, hidden))
    writing.leads = whole.leads
    writing.unread = _unread(writing.rows("metrics.margin_reading"))
    cover, basis = book.add_worksheet(COVER), book.add_worksheet(BASIS)
    for item in whole.sheets:
        progress(f"{item.name}")
        writing.sheet(item, book.add_worksheet(item.name))
    progress(COVER)
    period = Asked(asked["month_from"], asked["month_to"], asked["as_of"])
    Cover(con, writing.paper, whole, period, writing.placed, writing.empty, masks).write(cover, basis)
    book.set_properties({"title": "Data book", "author": "MSP Vitals", "comments": ""})
    cover.activate()

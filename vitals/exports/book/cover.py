"""The first sheets: what the book is of, checks that must be 0, its contents, and the basis of its preparation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from vitals import formats, warehouse
from vitals.assumptions import assumptions
from vitals.catalogue import Number, numbers_of
from vitals.exports.book import formula
from vitals.exports.book.mask import CLIENT, QUERY
from vitals.exports.book.paper import Paper, cell
from vitals.exports.book.plan import Check, Plan, Sheet, Term
from vitals.exports.book.table import Placed

Row = Mapping[str, Any]
TITLE, COVER, BASIS = "Data book", "0 Cover", "0 Basis"
WIDTHS, BASIS_WIDTHS = (34, 64, 16, 16, 14, 22), (30, 62, 36, 44, 70)
BASIS_TITLE = "Files, mapping, assumptions and definitions on which the sheets rest"
CAVEAT = (
    "Made from exports of tickets, time and billing as they were loaded; not audited. "
    "Black: data and formulas. Blue: to fill in."
)


@dataclass(frozen=True)
class Asked:
    """The months and the day that a book is of."""

    month_from: date
    month_to: date
    as_of: date


@dataclass
class Cover:
    """The cover and the basis, written once it is known where everything stands."""

    con: warehouse.Connection
    paper: Paper
    plan: Plan
    asked: Asked
    placed: Mapping[str, Placed]
    empty: Mapping[int, Sequence[str]]
    """What each sheet lacks, in sentences."""
    masks: Sequence[str]

    def write(self, cover: Worksheet, basis: Worksheet) -> None:
        """Both sheets."""
        self.paper.page(cover, TITLE, CAVEAT)
        at = self._facts(cover, 3)
        at = self._checks(cover, at + 1)
        self._contents(cover, at + 1)
        for place, wide in enumerate(WIDTHS):
            cover.set_column(place, place, wide)
        cover.freeze_panes(2, 0)
        cover.set_portrait()
        cover.fit_to_pages(1, 1)
        self._basis(basis)

    def _facts(self, sheet: Worksheet, at: int) -> int:
        rows = self._about()
        for label, value, form, name in rows:
            self.paper.write(sheet, at, 0, label, "plain")
            self.paper.write(sheet, at, 1, value, "wrapped", form)
            self.paper.fit(sheet, at, [(value, WIDTHS[1])])
            if name:
                self.paper.book.define_name(name, f"='{sheet.get_name()}'!{cell(at, 1, fixed=True)}")
            at += 1
        return at

    def _about(self) -> list[tuple[str, Any, str, str]]:
        spans = warehouse.rows(self.con, "metrics.default_period")
        span = spans[0] if spans else {}
        hidden = formats.listed([f"{kind}s" for kind in self.masks]) if self.masks else "none"
        own = [row["name"] for row in warehouse.rows(self.con, QUERY) if row["kind"] == CLIENT and row["number"] == 0]
        return [
            ("Target", own[0] if own else "as the files say", "text", ""),
            ("First month", self.asked.month_from, "month", "Month_from"),
            ("Last month", self.asked.month_to, "month", "Month_to"),
            ("As of", self.asked.as_of, "day", "As_of"),
            ("Data through", span.get("data_through"), "day", ""),
            ("Invoices through", span.get("invoices_through"), "day", ""),
            ("Hours through", span.get("labour_through"), "day", ""),
            ("Tickets through", span.get("tickets_through"), "day", ""),
            *self._assumed_cost(),
            ("Currency", formats.currency_said(warehouse.currency(self.con)), "text", ""),
            ("Names hidden", f"{hidden}; the key is a file of its own" if self.masks else hidden, "text", ""),
        ]

    def _assumed_cost(self) -> Iterator[tuple[str, Any, str, str]]:
        """How much of what every margin rests on nobody stated; nothing where all of it is."""
        given = {"month_from": self.asked.month_from, "month_to": self.asked.month_to}
        (found,) = warehouse.rows(self.con, "metrics.client_margin_summary", **given)
        for label, name in (("Hours", "assumed_share"), ("Payroll", "assumed_pay_share")):
            if found[name]:
                yield f"{label} at an assumed cost", found[name], "percent", ""

    def _checks(self, sheet: Worksheet, at: int) -> int:
        self.paper.write(sheet, at, 0, "Checks: each difference must be 0", "caption")
        at += 1
        for place, label in enumerate(("Check", "Of", "One side", "Other side", "Difference", "Unit")):
            self.paper.write(sheet, at, place, label, "header")
        first = at + 1
        for check in self.plan.checks:
            at += 1
            self._check(sheet, at, check)
        self._all_checks(sheet, at + 1, first)
        return at + 2

    def _all_checks(self, sheet: Worksheet, at: int, first: int) -> None:
        found = f"=SUMPRODUCT(ABS({cell(first, 4)}:{cell(at - 1, 4)}))"
        total = sum(abs(self._difference(check) or 0.0) for check in self.plan.checks)
        self.paper.write(sheet, at, 0, "All checks", "total")
        for place in (1, 2, 3):
            self.paper.write(sheet, at, place, None, "total")
        self.paper.write_formula(sheet, at, 4, found, total, "total", "number")
        look = {"type": "cell", "criteria": "!=", "value": 0, "format": self.paper.look("alert")}
        sheet.conditional_format(at, 4, at, 4, look)
        self.paper.book.define_name("All_checks", f"='{sheet.get_name()}'!{cell(at, 4, fixed=True)}")

    def _check(self, sheet: Worksheet, at: int, check: Check) -> None:
        self.paper.write(sheet, at, 0, check.words.split(":")[0].split(" = ")[0], "wrapped")
        self.paper.write(sheet, at, 1, check.words, "wrapped")
        self.paper.write(sheet, at, 5, check.unit or formats.captioned("money"), "plain")
        difference = self._difference(check)
        if difference is None:
            self.paper.write(sheet, at, 2, "not filled", "note")
            return
        self._side(sheet, at, 2, check.left, check.is_apart)
        self._side(sheet, at, 3, check.right)
        text = f"=ROUND({cell(at, 2)}-{cell(at, 3)},2)"
        self.paper.write_formula(sheet, at, 4, text, difference, "plain", "number")

    def _side(self, sheet: Worksheet, at: int, place: int, term: Term, is_apart: bool = False) -> None:
        value = self._value(term, is_apart) or 0.0
        if term.of in self.placed:
            ranges = self.placed[term.of].range(term.columns)
            text = formula.sizes(ranges) if is_apart else f"=SUM({','.join(ranges)})"
            self.paper.write_formula(sheet, at, place, text, value, "plain", "number")
        else:
            self.paper.write(sheet, at, place, value, "plain", "number")

    def _value(self, term: Term, is_apart: bool = False) -> float | None:
        """What one side comes to; nothing where its table has no row."""
        if term.of in self.placed:
            found = self.placed[term.of]
            return sum((found.sizes if is_apart else found.sums)[name] for name in term.columns)
        return 0.0 if term.of == "0" else None

    def _difference(self, check: Check) -> float | None:
        left, right = self._value(check.left, check.is_apart), self._value(check.right)
        return None if left is None or right is None else round(left - right, 2) + 0.0

    def _contents(self, sheet: Worksheet, at: int) -> None:
        self.paper.write(sheet, at, 0, "Contents", "caption")
        for place, label in enumerate(("Sheet", "What it says", "State")):
            self.paper.write(sheet, at + 1, place, label, "header")
        listed = [
            (BASIS, BASIS_TITLE, "filled"),
            *((item.name, item.title, self._state(item)) for item in self.plan.sheets),
        ]
        for row, (name, title, state) in enumerate(listed, start=at + 2):
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self.paper.look("link"), name)
            self.paper.write(sheet, row, 1, title, "wrapped")
            self.paper.write(sheet, row, 2, state, "plain")
            self.paper.fit(sheet, row, [(title, WIDTHS[1])])

    def _state(self, item: Sheet) -> str:
        lacking = len(self.empty.get(item.number, ()))
        if not lacking:
            return "filled"
        return "not filled" if lacking == len(item.blocks) else "filled in part"

    def _basis(self, sheet: Worksheet) -> None:
        self.paper.page(sheet, "Basis of preparation", BASIS_TITLE)
        at = 3
        for caption, labels, rows in (
            ("Source files", ("File", "Holds", "Bytes", "Rows read", "SHA-256"), self._files()),
            ("What can't be filled, and why", ("Sheet", "What it would take"), self._lacking()),
            ("Assumptions", ("Assumption", "Value", "Unit", "Source", "What it means"), self._assumed()),
            (
                "Definitions",
                ("Number", "How it is made", "Leaves out", "Compared with", "Who says so"),
                self._defined(),
            ),
            ("Mapping", ("File", "Column read as", "Caption in the file"), self._mapped()),
        ):
            at = self._list(sheet, at, caption, labels, list(rows)) + 1
        for place, wide in enumerate(BASIS_WIDTHS):
            sheet.set_column(place, place, wide)
        sheet.freeze_panes(2, 1)

    def _list(self, sheet: Worksheet, at: int, caption: str, labels: Sequence[str], rows: list[Sequence[Any]]) -> int:
        self.paper.write(sheet, at, 0, caption, "caption")
        for place, label in enumerate(labels):
            self.paper.write(sheet, at + 1, place, label, "header")
        for row, values in enumerate(rows, start=at + 2):
            for place, value in enumerate(values):
                form = "count" if isinstance(value, int) else "number" if isinstance(value, float) else "text"
                self.paper.write(sheet, row, place, value, "wrapped", form)
            self.paper.fit(sheet, row, list(zip(values, BASIS_WIDTHS, strict=False)))
        return at + 2 + len(rows)

    def _files(self) -> Iterator[Sequence[Any]]:
        for row in warehouse.rows(self.con, "metrics.source_files"):
            yield row["file_name"], row["entity"], row["file_bytes"], row["rows_read"], row["sha256"]

    def _lacking(self) -> Iterator[Sequence[Any]]:
        for item in self.plan.sheets:
            yield from ((item.name, sentence) for sentence in self.empty.get(item.number, ()))

    def _assumed(self) -> Iterator[Sequence[Any]]:
        (found,) = warehouse.rows(self.con, "metrics.assumptions")
        for name, item in assumptions().items():
            value = formats.clock(found[name]) if item.kind == "clock" else found[name]
            yield item.label, value, item.unit, item.source, item.help

    def _defined(self) -> Iterator[Sequence[Any]]:
        asked = sorted({block.query for sheet in self.plan.sheets for block in sheet.blocks})
        known: dict[str, Number] = {item.label: item for query in asked for item in numbers_of(query)}
        for item in known.values():
            said = item.benchmark
            yield item.label, item.formula, item.leaves_out, said.text if said else "", said.source if said else ""

    def _mapped(self) -> Iterator[Sequence[Any]]:
        for row in warehouse.rows(self.con, "metrics.source_files"):
            for name, caption in sorted(_columns(row["mapping"]).items()):
                yield row["file_name"], name.replace("_", " "), _captions(caption)


def _captions(said: Any) -> str:
    """The captions that a column was read from: one, or several of a layout."""
    if isinstance(said, dict):
        said = list(said.values())
    return formats.listed([_captions(one) for one in said]) if isinstance(said, list) else str(said)


def _columns(mapping: str | None) -> dict[str, Any]:
    """Which column of the contract was read from which caption."""
    said = json.loads(mapping or "{}")
    columns = said.get("columns", said) if isinstance(said, dict) else {}
    return columns if isinstance(columns, dict) else {}

"""The book of several targets side by side: numbers with their places, coverage, what keeps them apart, definitions."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

import xlsxwriter

from vitals import targets
from vitals.catalogue import Benchmark
from vitals.exports.tables import OPTIONS, looks, write_cell
from vitals.targets import COVERED, LINES, UNREAD, Comparison, Line

NARROW, WIDE, WIDEST = 14, 34, 90
"""Letters that a column of numbers, of names and of sentences has room for."""
HEAD = "What to know before believing a difference"
EQUALS = "Equal values share a place; where all are equal, none has one."
LINE_POINTS = 15
Cell = tuple[Any, str]
"""A value and the form that it is written in, empty for text."""


def _words(texts: Iterable[str]) -> list[Cell]:
    return [(text, "") for text in texts]


def _sheet(book: Any, title: str, widths: Sequence[int], lines: Iterable[Sequence[Cell]]) -> None:
    """A table whose first line is its header and stays in sight, as does its first column."""
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
    sheet, shown = book.add_worksheet(title), {**looks(book), "text": wrapped}
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "quote_prefix": True})
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for number, line in enumerate(lines):
        sheet.set_row(number, LINE_POINTS * _lines(line, widths))
        for place, (value, form) in enumerate(line):
            write_cell(sheet, (number, place), value, shown if number else {**shown, "text": head}, form)


def _lines(line: Sequence[Cell], widths: Sequence[int]) -> int:
    """How many lines of text the fullest cell of a row takes: not every program works that out by itself."""
    return (
        max(ceil(len(str(value)) / width) if not form else 1 for (value, form), width in zip(line, widths, strict=True))
        or 1
    )


def _numbers(found: Comparison, lines: Sequence[Line]) -> list[list[Cell]]:
    """A line for each number: its value and its place for each target."""
    names = [target.name for target in found.targets]
    units = [f"{target.name}, {target.currency}" if target.currency else target.name for target in found.targets]
    head = _words(["Number", "Of", "Better", *units, *(f"Place: {name}" for name in names)])
    return [head, *(_number(found, line) for line in lines)]


def _number(found: Comparison, line: Line) -> list[Cell]:
    places = found.places(line)
    values = [(UNREAD, "") if line.name in target.unread else (target.values[line.name], line.number.format)
              for target in found.targets]  # fmt: skip
    ranks: list[Cell] = [(places.get(target.name), "count") for target in found.targets]
    return [*_words([line.label, line.group, line.number.better]), *values, *ranks]


def _coverage(found: Comparison) -> list[list[Cell]]:
    captions = ["Target", "Currency", "Compared from", "to", "Data from", "to", *(line.label for line in COVERED)]
    return [_words([*captions, "Does not hold"]), *(_covered(target) for target in found.targets)]


def _covered(target: targets.Target) -> list[Cell]:
    months = (target.months.month_from, target.months.month_to, target.held.month_from, target.held.month_to)
    measured = [(target.values[line.name], line.number.format) for line in COVERED]
    lacks = ", ".join(target.lacks).lower()
    return [*_words([target.name, target.currency or "not stated"]), *((month, "month") for month in months),
            *measured, (lacks, "")]  # fmt: skip


def _definition(line: Line) -> list[Cell]:
    item = line.number
    return _words([line.label, item.formula, item.leaves_out, _compared_with(item.benchmark), item.query])


def _compared_with(benchmark: Benchmark | None) -> str:
    return f"{benchmark.said} ({benchmark.source})" if benchmark else ""


def book(found: Comparison) -> bytes:
    """The comparison as a workbook, made in memory."""
    many, out = len(found.targets), io.BytesIO()
    notes = [f"Months compared: {found.months.label}.", EQUALS, *targets.apart(found)]
    with xlsxwriter.Workbook(out, OPTIONS) as made:
        _sheet(made, "Read this first", [WIDEST], [_words([text]) for text in (HEAD, *notes)])
        _sheet(made, "Compared", [WIDE + 10, *[NARROW] * (2 + 2 * many)], _numbers(found, LINES))
        _sheet(made, "Coverage", [WIDE, *[NARROW] * 9, WIDEST], _coverage(found))
        head = _words(["Number", "How it is made", "Leaves out", "Compared with", "Query"])
        _sheet(made, "Definitions", [WIDE, WIDEST, WIDE, WIDEST, WIDE], [head, *map(_definition, (*LINES, *COVERED))])
    return out.getvalue()

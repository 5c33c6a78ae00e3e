"""However the same data is written (encoding, delimiter, workbook, columns, dates), the same rows come out."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.properties.made import Sheet, scaled, sheets
from tests.properties.stored import build_staging, load, raw_workspace, staged
from vitals import workspace

EXTRA = [("Zodiac sign", "Leo"), ("Shoe size x", "44"), ("Unrelated remark", "so, so")]
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)( \d\d:\d\d)?")
WRITINGS = [
    (codec, delimiter) for codec in ("utf-8", "utf-8-sig", "utf-16", "cp1252") for delimiter in (",", ";", "\t", "|")
]  # fmt: skip


def encodable(sheet: Sheet, codec: str) -> Sheet:
    """The file with letters that the encoding lacks taken out."""
    rows = tuple(tuple(cell.encode(codec, "ignore").decode(codec) for cell in row) for row in sheet.rows)
    return replace(sheet, rows=rows)


def permuted(sheet: Sheet, order: Sequence[int]) -> Sheet:
    """The file with its columns in another order."""
    header = tuple(sheet.captions[place] for place in order)
    return replace(sheet, header=header, rows=tuple(tuple(row[place] for place in order) for row in sheet.rows))


def widened(sheet: Sheet, extra: Sequence[tuple[str, str]]) -> Sheet:
    """The file with columns that nobody asked for."""
    header = (*sheet.captions, *(caption for caption, _ in extra))
    return replace(sheet, header=header, rows=tuple((*row, *(text for _, text in extra)) for row in sheet.rows))


def redated(sheet: Sheet, pattern: str) -> Sheet:
    """The file with its days in another spelling."""
    rows = tuple(tuple(DAY.sub(pattern, cell) if DAY.fullmatch(cell) else cell for cell in row) for row in sheet.rows)
    return replace(sheet, rows=rows)


def _as_cell(text: str, is_typed: bool) -> object:
    if is_typed and DAY.fullmatch(text):
        return datetime.fromisoformat(text) if " " in text else date.fromisoformat(text)
    if is_typed and re.fullmatch(r"\d+\.\d\d", text):
        return float(text)
    return text or None


def as_workbook(sheet: Sheet, is_typed: bool) -> bytes:
    """The file as a spreadsheet program saves it, every text a text or days and amounts of their own type."""
    book = Workbook()
    for row, cells in enumerate([sheet.captions, *sheet.rows], 1):
        for column, text in enumerate(cells, 1):
            cell = book.active.cell(row, column)
            cell.value = _as_cell(text, is_typed)
            # a text that begins with an equals sign is no formula here
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def loaded(name: str, data: bytes, **answers: str) -> tuple[dict[str, list[tuple]], list[str]]:
    """The cleaned tables that a file gives, and why rows of it were left out."""
    with raw_workspace() as con:
        reports = load(con, [workspace.Upload(name, data)], **answers)
        assert {report.decision for report in reports} <= {"accept", "partial"}, reports[0].message
        build_staging(con)
        return staged(con), [reason for report in reports for reason in report.reasons]


def single_lines(sheet: Sheet) -> Sheet:
    """The file without cells of several lines: openpyxl and csv may spell their line ends differently."""
    return replace(sheet, rows=tuple(tuple(cell.replace("\n", " ") for cell in row) for row in sheet.rows))


SHEETS = sheets(most=8).map(single_lines)


@scaled(10)
@given(SHEETS, st.sampled_from(WRITINGS), st.sampled_from(["\n", "\r\n"]))
def test_encodings_and_delimiters(sheet: Sheet, writing: tuple[str, str], end: str) -> None:
    codec, delimiter = writing
    sheet = encodable(sheet, codec)
    assert loaded(sheet.name, sheet.text(delimiter, end).encode(codec)) == loaded(sheet.name, sheet.text().encode())


@scaled(8)
@given(SHEETS, st.booleans())
def test_workbooks(sheet: Sheet, is_typed: bool) -> None:
    assert loaded("book.xlsx", as_workbook(sheet, is_typed)) == loaded("book.csv", sheet.text().encode())


@scaled(8)
@given(sheets(most=8, odd=False).map(single_lines), st.data())
def test_columns_in_any_order_and_more_of_them(sheet: Sheet, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(sheet.captions))))
    extra = data.draw(st.lists(st.sampled_from(EXTRA), unique=True))
    other = permuted(widened(sheet, extra), [*order, *range(len(order), len(order) + len(extra))])
    assert loaded(sheet.name, other.text().encode()) == loaded(sheet.name, sheet.text().encode())


@scaled(8)
@given(SHEETS, st.sampled_from([("dmy", r"\3/\2/\1\4"), ("mdy", r"\2/\3/\1\4"), ("dmy", r"\3.\2.\1\4")]))
def test_days_in_any_order_once_answered(sheet: Sheet, spelling: tuple[str, str]) -> None:
    answer, pattern = spelling
    other = redated(sheet, pattern).text().encode()
    assert loaded(sheet.name, other, day_or_month_first=answer) == loaded(sheet.name, sheet.text().encode())

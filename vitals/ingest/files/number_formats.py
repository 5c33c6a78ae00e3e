"""What the cells of a workbook show: the text of a typed value, and a currency that stands in a number format alone."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from itertools import islice

from vitals.ingest.files.archive import CHUNK, OVERLAP, Archive, position
from vitals.ingest.read.numbers import CODES, MARKS
from vitals.ingest.table.rows import Row

STYLES = "xl/styles.xml"
MOST_BYTES = 16 << 20
"""A workbook's list of styles that is larger was made to break whoever reads it."""
SPACE = "{*}"
_SHOWN = re.compile(r'\[\$(?P<bracket>[^\]-]*)(?:-[^\]]*)?\]|"(?P<quoted>[^"]*)"|\\?(?P<sign>[$€£¥₹₽₺₪₩₴₦₱₫฿])')
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
GENERAL = "General"
Shown = tuple[int, int, str]
"""A cell's row and column, from 1, and the currency that it shows."""
MOST_SHOWN = 50_000_000
EXACT_INTEGER = 2**53
UNKNOWN = "The number formats of its cells could not be read: a currency that stands in them alone is not known."


class CurrencyCells:
    """The cells of a sheet that show a currency, as runs down its columns: most columns are of one currency."""

    def __init__(self) -> None:
        self.runs: list[list[int]] = []
        """Column, first row and last row, from 1."""
        self.currencies: list[str] = []
        self._open: dict[tuple[int, str], int] = {}

    def add(self, row: int, column: int, currency: str, rows: int = 1) -> None:
        """Take in a cell, or one that stands in several rows below each other."""
        place = self._open.get((column, currency))
        if place is not None and self.runs[place][2] == row - 1:
            self.runs[place][2] += rows
            return
        self._open[column, currency] = len(self.runs)
        self.runs.append([column, row, row + rows - 1])
        self.currencies.append(currency)

    def __iter__(self) -> Iterator[Shown]:
        """The cells one by one; no more than a sheet may have."""
        found = zip(self.runs, self.currencies, strict=True)
        cells = ((row, column, said) for (column, first, last), said in found for row in range(first, last + 1))
        return islice(cells, MOST_SHOWN)


@cache
def built_in() -> Mapping[int, str]:
    """The formats that every workbook has, by number."""
    # what knows them takes a sixth of the time in which a process gets ready to read any file
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    return BUILTIN_FORMATS


def currency_shown(code: str) -> str:
    """The currency that a number format writes beside its number; empty for a mere locale such as [$-409]."""
    for found in _SHOWN.finditer(code.partition(";")[0]):
        mark = next(part for part in found.groups() if part is not None).strip()
        if mark in CODES or mark in MARKS:
            return MARKS.get(mark, mark)
    return ""


def formats_of_styles(own: Mapping[int, str], styles: Iterable[int]) -> list[str]:
    """The number format of each style; one that the workbook doesn't spell out is shown as built in."""
    return [own.get(number) or built_in().get(number, GENERAL) for number in styles]


def formats_of(archive: Archive) -> list[str]:
    """The number format of each style of an XLSX file."""
    if not archive.has(STYLES) or archive.members[STYLES].size > MOST_BYTES:
        return []
    root = ElementTree.fromstring(archive.file.read(STYLES))
    own = {
        int(item.get("numFmtId", "0")): item.get("formatCode", "")
        for item in root.iterfind(f"{SPACE}numFmts/{SPACE}numFmt")
    }
    styles = (int(item.get("numFmtId", "0")) for item in root.iterfind(f"{SPACE}cellXfs/{SPACE}xf"))
    return formats_of_styles(own, styles)


def currency_styles(formats: Sequence[str]) -> dict[int, str]:
    """The styles that show a currency. Those built in show that of each computer, so they say nothing."""
    found = {style: currency_shown(code) for style, code in enumerate(formats) if code not in built_in().values()}
    return {style: mark for style, mark in found.items() if mark}


def currencies_in(file: zipfile.ZipFile, member: str, styles: dict[int, str]) -> Iterator[Shown]:
    """The cells of a sheet whose style shows a currency."""
    listed = b"|".join(str(style).encode() for style in styles)
    cell = re.compile(
        rb"<(?:\w+:)?c (?=[^>]{0,200}?\bs=[\"'](" + listed + rb")[\"'])[^>]{0,200}?\br=[\"']([A-Z]{1,3}\d{1,7})[\"']"
    )
    for style, where in _found(file, member, cell) if styles else ():
        yield (*position(where.decode()), styles[int(style)])


def _found(file: zipfile.ZipFile, member: str, cell: re.Pattern[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """What a pattern finds in a sheet, each stretch of which ends with a cell's beginning."""
    rest = b""
    with file.open(member) as sheet:
        while chunk := sheet.read(CHUNK):
            text = rest + chunk
            end = text.rfind(b"<", 0, len(text) - OVERLAP)
            yield from cell.findall(text, 0, max(end, 0))
            rest = text[max(end, 0) :]
    yield from cell.findall(rest)


def marked(text: str, currency: str) -> str:
    """A number as the sheet shows it, with its currency; any other text as it stands."""
    return f"{currency} {text}" if _NUMBER.fullmatch(text) else text


def mark_rows(rows: Iterable[Row], shown: Iterable[Shown]) -> None:
    """Write the currencies that cells show into rows that were read without them."""
    by_number = {row.number: row for row in rows}
    for number, column, currency in shown:
        row = by_number.get(number)
        if row and column <= len(row.cells):
            row.cells[column - 1] = marked(row.cells[column - 1], currency)


def number_text(number: float | Decimal) -> str:
    """A number in the digits that the spreadsheet shows, at most fifteen, without an exponent."""
    if isinstance(number, float) and (number != number or number in (float("inf"), float("-inf"))):
        return str(number)
    if -EXACT_INTEGER < number < EXACT_INTEGER and number == int(number):
        return str(int(number))
    text = format(Decimal(f"{number:.15g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def duration_text(duration: timedelta) -> str:
    """Hours, minutes and seconds; hours may exceed a day."""
    seconds = round(duration.total_seconds())
    sign, seconds = "-" if seconds < 0 else "", abs(seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def value_text(value: object) -> str:
    """The text of a value that a workbook reader has typed."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        return number_text(value)
    return _moment_text(value)


def _moment_text(value: object) -> str:
    if isinstance(value, datetime):
        whole = value
        if value.microsecond:
            whole = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        text = whole.isoformat(" ")
        return text.removesuffix(" 00:00:00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, time):
        return value.replace(microsecond=0).isoformat()
    return "" if value is None else str(value)

"""The tables of a workbook of any kind, by the fast reader, which tells values but neither formulas nor errors.

Plain rows are taken many at once, all others one by one.
"""

from __future__ import annotations

import importlib
import io
import struct
import warnings
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from decimal import InvalidOperation
from pathlib import Path
from typing import Any, overload

import numpy as np
import pyarrow as pa
import python_calamine
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from vitals.errors import VitalsError
from vitals.ingest.files.archive import Merged, unsafe
from vitals.ingest.files.number_formats import UNKNOWN, CurrencyCells, Shown, marked, value_text
from vitals.ingest.model import TextTable
from vitals.ingest.read.texts import CellBytes, is_blank, may_be_blank
from vitals.ingest.table.header import TableHead
from vitals.ingest.table.layout import MANY_TABLES, MOST_TABLES, RowsInColumns, TooMuchError, column_names, tables_in
from vitals.ingest.table.rows import Row, doubtful_rows

MOST_CELLS = 50_000_000
NOT_A_WORKBOOK = "{} is not an Excel workbook, whatever its name says."
NO_TABLE = "{} has no sheet with a header row that can be recognised."
HEADER_HINT = "Give the columns of the table a first row with their names, and save it again."
NO_ERRORS_KNOWN = "Cells that show an error, such as #REF!, look empty in a file of this kind; save it as XLSX to see."
SAVE_AS_XLSX = "Open it in a spreadsheet program, save it as XLSX or CSV, and load that file."
PASSWORD_HINT = "Save it without a password and load it again."
ENCRYPTED = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
LONGEST_GAP = 10_000
MOST_MERGED_ROWS = 1_000_000
Currencies = Mapping[str, CurrencyCells]
"""Name of a sheet -> its cells that show a currency."""
ByName = Mapping[str, list[Merged]]
"""Name of a sheet -> its cells that reach over several rows."""
BLOCK_ROWS = 8192
"""So many rows are looked at together, since the next table, whose captions differ, may begin after any of them."""
MOST_MEMORY = 1024**3
"""What the fast reader may take of memory, which has no bound of its own: a damaged old workbook asks for ever more."""

STATEMENT = Path("/proc/self/statm")
"""Linux tells here how many pages of addresses the process has taken."""

DAMAGE = (
    python_calamine.CalamineError, ElementTree.ParseError, zipfile.BadZipFile, zlib.error, EOFError, OSError,
    NotImplementedError, ValueError, LookupError, OverflowError, InvalidOperation,
    # openpyxl builds objects from the XML, and says in these words that parts of them are wrong or missing
    TypeError, AttributeError,
)  # fmt: skip


def is_encrypted(data: bytes | Path) -> bool:
    """Whether an old container holds a workbook that was protected by a password."""
    content = data if isinstance(data, bytes) else data.read_bytes()
    return any(mark in content for mark in ENCRYPTED)


def password_refusal(name: str) -> VitalsError:
    """The refusal of a protected workbook."""
    return VitalsError(f"{name} is protected by a password.", PASSWORD_HINT)


def opened_by_calamine(data: bytes | Path, name: str) -> CalamineWorkbook:
    """The workbook; VitalsError if it is none, or protected."""
    content = data if isinstance(data, bytes) else data.read_bytes()
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except python_calamine.PasswordError as error:
        raise password_refusal(name) from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise VitalsError(NOT_A_WORKBOOK.format(name), SAVE_AS_XLSX) from error


def tables_by_calamine(
    data: bytes | Path, name: str, currencies: Callable[[], Currencies] = dict, merged: Callable[[], ByName] = dict
) -> list[TextTable]:
    """The tables of every shown sheet of a workbook; currencies and merged read what its cells show, and reach over."""
    with refused_if_damaged(name), bounded_memory():
        workbook = opened_by_calamine(data, name)
        marked, reaching, unknown = _read_or_unknown(currencies, merged)
        shown = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        if len(shown) > MOST_TABLES:
            raise TooMuchError(MANY_TABLES)
        tables, without = list[TextTable](), list[str]()
        for sheet in shown:
            own = reaching.get(sheet) or _merged(workbook, sheet)
            rows = calamine_rows(workbook, sheet, (), own, marked.get(sheet, ()))
            found = tables_in(rows, sheet)
            tables += found
            without += [sheet] if rows and not found else []
    if not tables:
        raise VitalsError(NO_TABLE.format(name), HEADER_HINT)
    tables = [
        replace(table, warnings=(*table.warnings, NO_ERRORS_KNOWN, *unknown)) for table in with_unread(tables, without)
    ]
    return [table for table in tables if table.rows.num_rows or table.quarantined] or tables


def _read_or_unknown(
    currencies: Callable[[], Currencies], merged: Callable[[], ByName]
) -> tuple[Currencies, ByName, tuple[str, ...]]:
    """What cells show and reach over, by sheet, or a word on not knowing it: values may be read where styles can't."""
    try:
        return currencies(), merged(), ()
    except (*DAMAGE, struct.error):
        return {}, {}, (UNKNOWN,)


def with_unread(tables: list[TextTable], sheets: list[str]) -> list[TextTable]:
    """The tables, the first with a word on the sheets that hold cells and no table."""
    if not sheets or not tables:
        return tables
    said = f"Sheets without a table were not read: {', '.join(sheets)}."
    return [replace(tables[0], warnings=(*tables[0].warnings, said)), *tables[1:]]


def calamine_rows(
    workbook: CalamineWorkbook,
    sheet: str,
    hidden: Collection[int] = (),
    merged: Collection[Merged] = (),
    shown: Iterable[Shown] = (),
) -> PlainSheet:
    """The rows of one sheet; this reader knows neither formulas, errors and formats nor which rows are hidden."""
    return PlainSheet(calamine_values(workbook, sheet), hidden, merged, shown)


def _merged(workbook: CalamineWorkbook, sheet: str) -> list[Merged]:
    """The cells that reach over several rows, where this reader knows them."""
    ranges = workbook.get_sheet_by_name(sheet).merged_cell_ranges or ()
    return [(first + 1, last + 1, column + 1) for (first, column), (last, _) in ranges if last > first]


def merged_texts(merged: Collection[Merged], text_at: Callable[[int, int], str]) -> dict[int, dict[int, str]]:
    """Row -> position -> the text of a merged cell that reaches down to it; text_at takes a row and a position."""
    texts: dict[int, dict[int, str]] = {}
    if sum(last - first for first, last, _ in merged) > MOST_MERGED_ROWS:
        raise TooMuchError(f"Its merged cells reach over more than {MOST_MERGED_ROWS:,} rows.")
    for first, last, column in merged:
        if text := text_at(first, column - 1):
            for number in range(first + 1, last + 1):
                texts.setdefault(number, {})[column - 1] = text
    return texts


def calamine_values(workbook: CalamineWorkbook, sheet: str) -> Iterator[list[Any]]:
    """The values of one sheet; the reader leaves out blank columns at the left, though not blank rows at the top."""
    found = workbook.get_sheet_by_name(sheet)
    if (found.total_height + 1) * (found.total_width + 1) > MOST_CELLS:
        raise ValueError(sheet)
    blank = [""] * (found.start[1] if found.start else 0)
    return (blank + values for values in found.iter_rows())


def with_gaps(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows that hold something, with blank ones between; a very wide gap holds no rows worth an account."""
    expected = 0
    for row in rows:
        if not row.filled:
            continue
        if expected and row.number - expected <= LONGEST_GAP:
            yield from (Row(number, []) for number in range(expected, row.number))
        yield row
        expected = row.number + 1


def column_texts(values: list[Any]) -> list[str]:
    """The texts of a column's values, each different value written once."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return values
    if bool in kinds:
        # true is the same as 1 where values are looked up
        return [value_text(value) for value in values]
    texts = {value: value_text(value) for value in set(values)}
    return [texts[value] for value in values]


class PlainSheet(RowsInColumns):
    """The rows of a sheet that hold something, and blank ones between; a very wide gap is worth no account."""

    def __init__(
        self,
        values: Iterable[list[Any]],
        hidden: Collection[int] = (),
        merged: Collection[Merged] = (),
        shown: Iterable[Shown] = (),
    ) -> None:
        rows = list(values)
        width = len(rows[0]) if rows else 0
        self.columns = [column_texts([row[place] for row in rows]) for place in range(width)]
        for number, column, currency in shown:
            if column <= width and number <= len(rows):
                self.columns[column - 1][number - 1] = marked(self.columns[column - 1][number - 1], currency)
        self.hidden = hidden
        self.merged = merged_texts(merged, self._text_at)
        self.odd = np.array([*hidden, *self.merged], dtype=np.int64)
        """The rows that aren't plain, whatever they hold."""
        texts = [pa.array(column, pa.string()) for column in self.columns]
        self.table = pa.table(texts, names=column_names(width)) if texts else pa.table({})
        self.places = self._places()
        self.looked_at, self.captions = (0, 0), tuple[str, ...]()
        self.doubtful = np.array([], dtype=np.int64)

    def _text_at(self, number: int, at: int) -> str:
        column = self.columns[at] if at < len(self.columns) else []
        return column[number - 1] if number <= len(column) else ""

    def _places(self) -> np.ndarray:
        """Where in the sheet the rows stand, from 0."""
        filled = np.flatnonzero(~self._are_blank())
        is_kept = np.zeros(self.table.num_rows, dtype=bool)
        if len(filled):
            is_kept[filled[0] : filled[-1] + 1] = True
        for at in np.flatnonzero(np.diff(filled) > LONGEST_GAP + 1).tolist():
            is_kept[filled[at] + 1 : filled[at + 1]] = False
        return np.flatnonzero(is_kept)

    def _are_blank(self) -> np.ndarray:
        are_blank = np.ones(self.table.num_rows, dtype=bool)
        for column in self.table.columns:
            are_blank &= may_be_blank(CellBytes.of(column.combine_chunks()))
        for place in np.flatnonzero(are_blank).tolist():
            are_blank[place] = all(is_blank(column[place]) for column in self.columns)
        return are_blank

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self._row(place) for place in self.places[at].tolist()]
        return self._row(int(self.places[at]))

    def _row(self, place: int) -> Row:
        row = Row(place + 1, [column[place] for column in self.columns])
        if not row.filled:
            return Row(place + 1, [])
        row.merged = self.merged.get(row.number, {})
        if row.number in self.hidden:
            row.flags = (("hidden_row", ""),)
        return row

    def plain_from(self, at: int, head: TableHead) -> pa.Table:
        """The rows from a position on that are plain data of a table, up to the first that needs a closer look."""
        if head.group_caption or len(head.header) != len(self.columns):
            return self.table.slice(0, 0)
        first, end = self.looked_at
        if not first <= at < end or self.captions != head.captions:
            end = self._look_at(at, head.captions)
        doubtful = self.doubtful[np.searchsorted(self.doubtful, at) :]
        return self._rows(at, int(doubtful[0]) if len(doubtful) else end)

    def _look_at(self, at: int, captions: tuple[str, ...]) -> int:
        """Find the doubtful rows from a position on; how far that went."""
        self.looked_at, self.captions = (at, min(at + BLOCK_ROWS, len(self))), captions
        rows = self._rows(*self.looked_at)
        is_odd = np.isin(rows["row_number"].to_numpy(), self.odd)
        doubtful = doubtful_rows(rows.drop_columns(["row_number"]), captions)
        self.doubtful = at + np.union1d(doubtful, np.flatnonzero(is_odd))
        return self.looked_at[1]

    def _rows(self, first: int, end: int) -> pa.Table:
        places = self.places[first:end]
        is_whole = len(places) and places[-1] - places[0] == len(places) - 1
        rows = self.table.slice(places[0], len(places)) if is_whole else self.table.take(pa.array(places))
        return rows.append_column("row_number", pa.array(places + 1, pa.int64()))


@contextmanager
def refused_if_damaged(name: str) -> Iterator[None]:
    """Turn the readers' errors into a refusal, and keep their remarks about what they don't support to themselves."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    except DAMAGE as error:
        raise unsafe(name) from error
    except BaseException as error:
        # a panic of the Rust reader is not an Exception; it means a damaged file
        if type(error).__name__ == "PanicException":
            raise unsafe(name) from error
        raise


def _addresses_taken() -> int:
    resource = importlib.import_module("resource")
    return int(STATEMENT.read_text().split()[0]) * int(resource.getpagesize())


@contextmanager
def bounded_memory(most: int = MOST_MEMORY) -> Iterator[None]:
    """Let the process take no more than so many bytes beyond what it has; nothing where the system can't tell."""
    if not STATEMENT.exists():
        yield
        return
    resource = importlib.import_module("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = min(limit for limit in (_addresses_taken() + most, soft, hard) if limit != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))

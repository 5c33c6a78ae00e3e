"""Files for the tests of reading, written by hand or by a spreadsheet library, and what was read of them."""

from __future__ import annotations

import io
import zipfile

from openpyxl import Workbook

from vitals.ingest.files.reader import read
from vitals.ingest.model import TextTable

INVOICES = [
    ["Invoice #", "Client", "Invoice Date", "Amount"],
    ["1", "Acme", "2025-03-01", "1234.56"],
    ["2", "Birch", "2025-03-02", "89.10"],
]
HEADER = "Invoice #,Client,Invoice Date,Amount\n"
FIRST, SECOND = "1,Acme,2025-03-01,1234.56\n", "2,Birch,2025-03-02,89.10\n"


def only(data: bytes | str, name: str = "export.csv") -> TextTable:
    """The one table of a file."""
    tables = read(data.encode() if isinstance(data, str) else data, name)
    assert len(tables) == 1
    return tables[0]


def cells(table: TextTable) -> list[list[str | None]]:
    """The delivered cells row by row, without row numbers."""
    return [[row[f"c{index}"] for index in range(len(table.header))] for row in table.rows.to_pylist()]


def numbers(table: TextTable) -> list[int]:
    """The row numbers of the delivered rows."""
    return table.rows["row_number"].to_pylist()


def left_out(table: TextTable) -> dict[int, str]:
    """Row number -> reason, for all rows that were not delivered."""
    return {row.row_number: row.reason for row in (*table.set_aside, *table.quarantined)}


def flagged(table: TextTable) -> list[tuple[int, str]]:
    """Row number and flag of all flags."""
    return [(flag.row_number, flag.flag) for flag in table.flags]


def book(*sheets: tuple[str, list[list[object]]]) -> bytes:
    """An XLSX file as openpyxl writes it: formulas have no stored results."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets:
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def zipped(**members: bytes | str) -> bytes:
    """A zip file; two underscores in a name stand for a dot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return file.getvalue()


def rewritten(data: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """A zip file with some bytes of one member replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new) if name == member else content)
    return file.getvalue()

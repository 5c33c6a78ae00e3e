"""Currencies that stand in the number formats of cells alone, in workbooks of other kinds than XLSX."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.made import scaled
from vitals.errors import VitalsError
from vitals.ingest.files.number_formats import UNKNOWN
from vitals.ingest.files.reader import read

HEADER = ("Invoice Number", "Invoice Date", "Customer", "Amount")
Cells = Sequence[tuple[float, str]]
"""Amounts and the number formats of their cells."""


def _rows(cells: Cells) -> list[tuple[str, str, str, tuple[float, str]]]:
    return [(str(place), f"2026-05-{place + 1:02}", f"Client {place}", cell) for place, cell in enumerate(cells)]


def _amounts(data: bytes, name: str) -> list[str]:
    (table,) = read(data, name)
    return [row["c3"] for row in table.rows.to_pylist()]


# --- ODS ---

NAMES = {"office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle"}
SPACES = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in NAMES.items())
FORMS = """<number:currency-style style:name="N1"><number:number/><number:text> </number:text>
    <number:currency-symbol number:language="de" number:country="DE">€</number:currency-symbol></number:currency-style>
    <number:number-style style:name="N2"><number:number/><number:text> kr</number:text></number:number-style>
    <number:number-style style:name="N3"><number:number/><number:text> h</number:text></number:number-style>
    <style:style style:name="euro" style:family="table-cell" style:data-style-name="N1"/>
    <style:style style:name="bold" style:family="table-cell" style:parent-style-name="euro"/>
    <style:style style:name="krone" style:family="table-cell" style:data-style-name="N2"/>
    <style:style style:name="hours" style:family="table-cell" style:data-style-name="N3"/>"""
WORD = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def _ods(cells: Sequence[str], columns: str = "") -> bytes:
    """An open document whose amounts are cells as they are written there."""
    lines = ["".join(map(WORD.format, HEADER))]
    lines += [WORD.format(f"{place}") * 3 + cell for place, cell in enumerate(cells)]
    rows = columns + "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    sheet = f'<office:spreadsheet><table:table table:name="Billing">{rows}</table:table></office:spreadsheet>'
    styles = f"<office:automatic-styles>{FORMS}</office:automatic-styles>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml", '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
        body = f"<office:body>{sheet}</office:body>"
        archive.writestr("content.xml", f"<office:document-content {SPACES}>{styles}{body}</office:document-content>")
    return file.getvalue()


def _ods_cell(said: str, value: str = "5.5", kind: str = "float") -> str:
    cell = f'office:value-type="{kind}" office:value="{value}" {said}'
    return f"<table:table-cell {cell}><text:p>x</text:p></table:table-cell>"


def test_cells_of_an_open_document_show_their_own_currency_or_that_of_their_style() -> None:
    cells = [
        _ods_cell('office:currency="GBP"', kind="currency"),
        _ods_cell('table:style-name="euro"'),
        _ods_cell('table:style-name="bold"'),
        _ods_cell('table:style-name="krone"'),
        _ods_cell('table:style-name="hours"'),
        _ods_cell(""),
    ]
    assert _amounts(_ods(cells), "b.ods") == ["GBP 5.5", "EUR 5.5", "EUR 5.5", "kr 5.5", "5.5", "5.5"]


def test_a_column_of_an_open_document_may_say_the_style_of_its_cells() -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="3"/>'
        '<table:table-column table:default-cell-style-name="krone"/>'
    )
    assert _amounts(_ods([_ods_cell(""), _ods_cell('table:style-name="hours"')], columns), "b.ods") == ["kr 5.5", "5.5"]


def test_rows_of_an_open_document_that_stand_for_several_are_each_of_their_currency() -> None:
    data = _ods([_ods_cell('table:style-name="euro"')] * 2)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            head, row, rest = source.read(name).partition(b"</table:table-row><table:table-row>")
            repeated = b'</table:table-row><table:table-row table:number-rows-repeated="3">'
            target.writestr(name, head + (row and repeated) + rest)
    assert _amounts(file.getvalue(), "b.ods") == ["EUR 5.5"] * 4


# --- XLS ---

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<2H", kind, len(body)) + body


def _named(text: str) -> bytes:
    return b"\x01" + text.encode("utf-16-le")


def _xls(cells: Cells, version: int = 0x600) -> bytes:
    """An old workbook: its records in a container of one table of sectors."""
    formats = sorted({form for _, form in cells})
    begin = [_record(0x809, struct.pack("<HHHHII", version, kind, 0, 1997, 0, 6)) for kind in (5, 16)]
    sheet = begin[1] + _record(0x200, struct.pack("<2I3H", 0, len(cells) + 1, 0, 4, 0))
    lines = [HEADER, *_rows(cells)]
    for row, line in enumerate(lines):
        for column, cell in enumerate(line):
            place = struct.pack("<2H", row, column)
            if isinstance(cell, str):
                sheet += _record(0x204, place + struct.pack("<2H", 0, len(cell)) + _named(cell))
            else:
                sheet += _record(0x203, place + struct.pack("<Hd", formats.index(cell[1]) + 1, cell[0]))
    own = b"".join(
        _record(0x41E, struct.pack("<2H", 164 + at, len(form)) + _named(form)) for at, form in enumerate(formats)
    )
    styles = b"".join(
        _record(0xE0, struct.pack("<2H", 0, number) + bytes(16)) for number in (0, *range(164, 164 + len(formats)))
    )
    named = struct.pack("<IBBB", 0, 0, 0, 7) + _named("Billing")
    at = len(begin[0] + own + styles + _record(0x85, named) + _record(0x0A))
    named = struct.pack("<I", at) + named[4:]
    stream = begin[0] + own + styles + _record(0x85, named) + _record(0x0A) + sheet + _record(0x0A)
    return _container(stream.ljust(4096, b"\0"))


def _container(stream: bytes) -> bytes:
    sectors = -(-len(stream) // 512)
    table = [TABLE, END, *range(3, sectors + 2), END]
    entry = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB3I", 2 * len(name) + 2, kind, 1, FREE, FREE, child)
        + bytes(36)
        + struct.pack("<3I", first, size, 0)
        for name, kind, child, first, size in (("Root Entry", 5, 1, END, 0), ("Workbook", 2, FREE, 2, len(stream)))
    )
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<9I", 1, 1, 0, 4096, END, 0, END, 0, 0) + struct.pack("<108I", *[FREE] * 108)
    padded = table + [FREE] * (128 - len(table))
    return head + struct.pack("<128I", *padded) + entry.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")


# --- XLSB ---


def _binary(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = bytes([len(body)]) if len(body) < 128 else bytes([len(body) & 0x7F | 0x80, len(body) >> 7])
    return head + length + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _xlsb(cells: Cells) -> bytes:
    """A binary workbook."""
    formats = sorted({form for _, form in cells})
    sheet = _binary(129) + _binary(148, struct.pack("<4I", 0, len(cells), 0, 3)) + _binary(145)
    for row, line in enumerate([HEADER, *_rows(cells)]):
        sheet += _binary(0, struct.pack("<2I", row, 0) + bytes(9))
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                sheet += _binary(6, struct.pack("<2I", column, 0) + _wide(cell))
            else:
                sheet += _binary(5, struct.pack("<2Id", column, formats.index(cell[1]) + 1, cell[0]))
    sheet += _binary(146) + _binary(130)
    own = b"".join(_binary(44, struct.pack("<H", 164 + at) + _wide(form)) for at, form in enumerate(formats))
    styles = b"".join(
        _binary(47, struct.pack("<2H", 0, number) + bytes(12)) for number in (0, *range(164, 164 + len(formats)))
    )
    styles = (
        _binary(615, struct.pack("<I", len(formats)))
        + own
        + _binary(616)
        + _binary(617, bytes(4))
        + styles
        + _binary(618)
    )
    named = _binary(131) + _binary(143) + _binary(156, struct.pack("<2I", 0, 1) + _wide("rId1") + _wide("Billing"))
    workbook = named + _binary(144) + _binary(132)
    office = "http://schemas.openxmlformats.org"
    relation = f"{office}/officeDocument/2006/relationships"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{office}/package/2006/content-types"/>')
        archive.writestr("xl/workbook.bin", workbook)
        archive.writestr("xl/styles.bin", _binary(278) + styles + _binary(279))
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="rId1" '
            f'Type="{relation}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        )
    return file.getvalue()


WRITERS = {"b.xls": _xls, "b.xlsb": _xlsb}
SHOWN = {
    "[$€-407] #,##0.00": "EUR ", '"£"#,##0.00': "GBP ", "[$$-409]#,##0.00": "$ ", '#,##0.00\\ "kr"': "kr ",
    "[$CHF-807] 0": "CHF ", "#,##0.00": "", '0.00 "h"': "", "General": "",
}  # fmt: skip
"""Number formats and what stands before a number then."""


@pytest.mark.parametrize("name", WRITERS)
@given(forms=st.lists(st.sampled_from([*SHOWN]), min_size=1, max_size=8), start=st.integers(1, 10**6))
@scaled(25)
def test_an_amount_has_the_currency_of_its_cell_whatever_stands_beside_it(
    name: str, forms: list[str], start: int
) -> None:
    cells = [(start + place + 0.25, form) for place, form in enumerate(forms)]
    assert _amounts(WRITERS[name](cells), name) == [f"{SHOWN[form]}{amount:.2f}" for amount, form in cells]


def test_what_is_no_such_workbook_within_says_that_its_currencies_are_not_known() -> None:
    cells = [(1.5, "[$€-407] #,##0.00"), (2.5, "#,##0.00")]
    whole = _xlsb(cells)
    with zipfile.ZipFile(io.BytesIO(whole)) as source:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as target:
            for member in source.namelist():
                damaged = source.read(member) + (b"\xff\xff\xff\xff\xff" if member.endswith("sheet1.bin") else b"")
                target.writestr(member, damaged)
    (table,) = read(file.getvalue(), "b.xlsb")
    assert UNKNOWN in table.warnings


@given(place=st.integers(512, 7000), byte=st.integers(0, 255))
@scaled(60)
def test_a_damaged_old_workbook_is_refused_or_read_and_never_breaks(place: int, byte: int) -> None:
    data = bytearray(_xls([(1.5, "[$€-407] #,##0.00"), (2.5, "#,##0.00")]))
    data[place % len(data)] = byte
    try:
        read(bytes(data), "b.xls")
    except VitalsError:
        return

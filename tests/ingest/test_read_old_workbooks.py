"""Workbooks of other kinds than XLSX: their shown sheets are read, and what can't be known of them is said."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from vitals.ingest.files.reader import read
from vitals.ingest.files.workbook import NO_ERRORS_KNOWN
from vitals.ingest.model import TextTable

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
HIDDEN = """<office:automatic-styles><style:style style:name="hidden" style:family="table">
    <style:table-properties table:display="false"/></style:style></office:automatic-styles>"""
MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
ROWS = [["client", "invoiced_on", "amount"], ["Acme", "2026-01-31", "100.50"], ["Birch", "2026-02-28", "20"]]


def _sheet(name: str, rows: Sequence[Sequence[str]], style: str = "") -> str:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    cells = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    shown = f' table:style-name="{style}"' if style else ""
    return f'<table:table table:name="{name}"{shown}>{cells}</table:table>'


def _ods(*sheets: str) -> bytes:
    body = f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", f"<office:document-content {SPACES}>{HIDDEN}{body}</office:document-content>")
    return file.getvalue()


def _cells(table: TextTable) -> list[list[str]]:
    return [[row[name] for name in ("c0", "c1", "c2")] for row in table.rows.to_pylist()]


def test_an_open_document_is_read_with_a_word_on_its_errors() -> None:
    (table,) = read(_ods(_sheet("Billing", ROWS)), "billing.ods")
    assert (table.name, table.header, _cells(table)) == ("Billing", tuple(ROWS[0]), ROWS[1:])
    assert table.warnings == (NO_ERRORS_KNOWN,)


def test_a_hidden_sheet_stays_hidden() -> None:
    tables = read(_ods(_sheet("Billing", ROWS), _sheet("Old", ROWS, "hidden")), "billing.ods")
    assert [table.name for table in tables] == ["Billing"]

"""A table as it is exported, and how it is written: CSV, or XLSX by hand so that the bytes never change."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

EPOCH = date(1899, 12, 30)
WRITTEN_AT = (2026, 11, 2, 8, 0, 0)
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass
class Sheet:
    """One export: rows of text under captions; in an XLSX the named columns become dates or numbers."""

    file: str
    header: tuple[str, ...]
    rows: list[list[str]]
    dates: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    bom: bool = False

    def position(self, caption: str) -> int:
        """Where a caption stands."""
        return self.header.index(caption)


def csv_bytes(sheet: Sheet) -> bytes:
    """The table as CSV with the line ends that the systems write."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(sheet.header)
    writer.writerows(sheet.rows)
    return text.getvalue().encode("utf-8-sig" if sheet.bom else "utf-8")


def _cell(sheet: Sheet, column: int, value: str) -> str:
    caption = sheet.header[column]
    if value and caption in sheet.dates:
        return f'<c s="1"><v>{(date.fromisoformat(value) - EPOCH).days}</v></c>'
    if value and caption in sheet.numbers:
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>' if value else "<c/>"


def _rows(sheet: Sheet) -> str:
    head = "".join(f'<c t="inlineStr"><is><t>{escape(caption)}</t></is></c>' for caption in sheet.header)
    body = ("".join(_cell(sheet, n, value) for n, value in enumerate(row)) for row in sheet.rows)
    return "".join(f"<row>{cells}</row>" for cells in [head, *body])


STYLES = (
    f'{HEAD}<styleSheet {MAIN}><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
PARTS = {
    "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/></Types>',
    "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
    f'Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": STYLES,
}


def xlsx_bytes(sheet: Sheet) -> bytes:
    """The table as XLSX: stored, not compressed, and dated, so that every machine writes the same bytes."""
    name = sheet.file.removesuffix(".xlsx").capitalize()
    book = f'<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets>'
    parts = PARTS | {
        "xl/workbook.xml": f'{HEAD}<workbook {MAIN} xmlns:r="{RELATIONS}">{book}</workbook>',
        "xl/worksheets/sheet1.xml": f"{HEAD}<worksheet {MAIN}><sheetData>{_rows(sheet)}</sheetData></worksheet>",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for part, text in parts.items():
            info = zipfile.ZipInfo(part, WRITTEN_AT)
            info.create_system = 3
            archive.writestr(info, text)
    return data.getvalue()


def save(sheet: Sheet, folder: Path) -> Path:
    """Writes the table in the form that its name says."""
    path = folder / sheet.file
    path.write_bytes(xlsx_bytes(sheet) if path.suffix == ".xlsx" else csv_bytes(sheet))
    return path

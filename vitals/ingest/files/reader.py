"""Reads any upload into tables of text, by what its content is; refuses in one sentence what holds no table."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

import pyarrow as pa

from vitals.errors import VitalsError
from vitals.ingest.files.archive import WORKBOOK, Archive, Unpacked, opened
from vitals.ingest.files.encoding import text_source, wide_encoding_of
from vitals.ingest.files.open_document import CONTENT as ODS_CONTENT
from vitals.ingest.files.open_document import OpenDocument
from vitals.ingest.files.text import TextReader
from vitals.ingest.files.web_page import tables_of_html
from vitals.ingest.files.workbook import NOT_A_WORKBOOK, is_encrypted, password_refusal, tables_by_calamine
from vitals.ingest.files.xls import currencies_of_xls
from vitals.ingest.files.xlsb import XLSB_WORKBOOK, currencies_of_xlsb
from vitals.ingest.model import TextTable
from vitals.ingest.table.layout import MANY_TABLES, MOST_TABLES, TooMuchError

TEXT, ZIP, OLE, HTML = "text", "zip", "ole", "html"
HEAD_BYTES = 65_536
SAVE_PART = "Delete what is no table from it, or load the sheets or files that hold the rows by themselves."
SAVE_AS_CSV = "Export the table as CSV or XLSX and load that file."
FOREIGN = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a media file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"{\\rtf", "a rich-text document"),
)
JSON = re.compile(rb"\s*(?:\[\s*(?:\{|\[|\"|\])|\{\s*(?:\"|\}))")
COMMENTS = rb"(?:\s*<!--(?:(?!-->).)*-->)*\s*"
HTML_START = re.compile(
    COMMENTS + rb"<(?:!doctype\s+html|html|table|head|body|meta|style|div|center|font|p>|h\d)", re.I | re.S
)
HTML_ROW = re.compile(rb"<tr[\s>]", re.I)
XML_START = re.compile(rb"\s*<(?:\?xml|[a-z][\w:.-]*(?:\s[^<>]*)?>\s*<)", re.I)
ODD_CONTROLS = bytes(code for code in range(1, 32) if code not in b"\t\n\r\x0b\x0c\x1a\x1b")
TOO_MANY_CONTROLS = 0.02
TABLES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
OTHER_WORKBOOKS = (XLSB_WORKBOOK, ODS_CONTENT)
UNREAD = "Files of other kinds in the archive were not read: {}."
LEFT_OUT = "A file in the archive was left out: {}"
MOST_NAMED = 500


def read(data: bytes | Path, name: str, page: str = "") -> list[TextTable]:
    """The tables of a file: one for a plain export, several for sheets, sections or members of an archive."""
    tables = joined_parts(read_batches(data, name, page))
    if not any(map(rows_read, tables)):
        raise VitalsError(f"{name} has a header but no rows.", "Export it again with a period that holds data.")
    return tables


def read_batches(data: bytes | Path, name: str, page: str = "") -> Iterator[TextTable]:
    """The tables of a file in parts: those of one table share name, header and header row, and follow each other."""
    tables = set[tuple[str, int]]()
    try:
        for part in _parts(data, name, page):
            tables.add((part.name, part.header_row))
            if len(tables) > MOST_TABLES:
                raise TooMuchError(MANY_TABLES)
            yield part
    except TooMuchError as error:
        raise VitalsError(f"{name} holds too much that is no data to be read. {error}", SAVE_PART) from error


def _parts(data: bytes | Path, name: str, page: str) -> Iterator[TextTable]:
    head = head_of(data)
    kind = kind_of(head, name)
    if kind == TEXT:
        yield from TextReader(text_source(data, head, page), name).parts()
    elif kind == ZIP:
        yield from _unpacked(opened(data, name), data, page)
    elif kind == HTML:
        yield from _of_web_page(data, head, name, page)
    elif is_encrypted(data):
        raise password_refusal(name)
    else:
        yield from tables_by_calamine(data, name, partial(currencies_of_xls, data))


def _of_web_page(data: bytes | Path, head: bytes, name: str, page: str) -> list[TextTable]:
    tables = tables_of_html(data, head, page)
    if not tables:
        raise VitalsError(f"{name} is a web page without a table whose header row can be recognised.", SAVE_AS_CSV)
    return tables


def texts_in(data: bytes | Path, name: str) -> Iterator[bytes | Path]:
    """The texts that a file holds: itself, or the exports in an archive."""
    kind = kind_of(head_of(data), name)
    if kind in (TEXT, HTML):
        yield data
    if kind != ZIP:
        return
    archive = opened(data, name)
    members = [] if archive.has(WORKBOOK, *OTHER_WORKBOOKS) else _exports(archive)
    for member in members:
        text = archive.file.read(member)
        with suppress(VitalsError):
            if kind_of(text[:HEAD_BYTES], member) in (TEXT, HTML):
                yield text


def _exports(archive: Archive) -> list[str]:
    return [member for member in archive.members if member.lower().endswith(TABLES) and not _is_of_a_mac(member)]


def _unpacked(archive: Archive, data: bytes | Path, page: str) -> Iterator[TextTable]:
    """What a zip file holds: a workbook of some kind, or exports to be read one after the other."""
    kept = [member for member in archive.members if not _is_of_a_mac(member)]
    members = _exports(archive)
    if archive.has(WORKBOOK):
        # what reads formulas takes longer to start than most text files to read
        from vitals.ingest.files.xlsx import tables_of_xlsx

        yield from tables_of_xlsx(archive, data)
    elif archive.has(XLSB_WORKBOOK):
        yield from tables_by_calamine(data, archive.name, partial(currencies_of_xlsb, archive))
    elif archive.has(*OTHER_WORKBOOKS):
        found = OpenDocument(archive)
        yield from tables_by_calamine(data, archive.name, found.currencies, found.merged)
    elif len(members) > MOST_TABLES:
        raise TooMuchError(MANY_TABLES)
    elif members:
        yield from _members(archive, members, [member for member in kept if member not in members], page)
    else:
        raise VitalsError(
            NOT_A_WORKBOOK.format(archive.name),
            "It is a zip file without CSV files or workbooks; load the exports themselves.",
        )


def _members(archive: Archive, members: list[str], others: list[str], page: str) -> Iterator[TextTable]:
    """The tables of an archive's files, the last of which says which files were not read."""
    refused: list[VitalsError] = []
    last: TextTable | None = None
    for member in members:
        try:
            tables = _member(archive.file.read(member), member, archive.unpacked, page)
        except VitalsError as error:
            refused.append(error)
            continue
        yield from [last] if last else []
        yield from tables[:-1]
        last = tables[-1]
    if last is None:
        raise refused[0]
    said = [UNREAD.format(", ".join(others)[:MOST_NAMED])] if others else []
    yield replace(last, warnings=(*last.warnings, *said, *(LEFT_OUT.format(error.message) for error in refused)))


def _member(data: bytes, name: str, unpacked: Unpacked, page: str) -> list[TextTable]:
    """The tables of one file in an archive; an archive within it is not opened."""
    kind = kind_of(data[:HEAD_BYTES], name)
    inner = opened(data, name, unpacked) if kind == ZIP else None
    if inner and not inner.has(WORKBOOK, *OTHER_WORKBOOKS):
        raise VitalsError(f"{name} is not a text file or a workbook, whatever its name says.", "Load it by itself.")
    tables = joined_parts(_unpacked(inner, data, page) if inner else read_batches(data, name, page))
    return [replace(table, name=f"{name} {table.name}".strip()) for table in tables]


def _is_of_a_mac(member: str) -> bool:
    """Whether a Mac added this to the archive by itself."""
    return member.startswith("__MACOSX/") or member.rsplit("/", 1)[-1].startswith(".")


def rows_read(table: TextTable) -> int:
    """How many rows stood between the header and the last row that isn't blank."""
    return table.rows.num_rows + len(table.set_aside) + len(table.quarantined)


def joined_parts(parts: Iterator[TextTable]) -> list[TextTable]:
    """Parts put together to whole tables, in the order of the file."""
    grouped: dict[tuple[str, int], list[TextTable]] = {}
    for part in parts:
        grouped.setdefault((part.name, part.header_row), []).append(part)
    return [_joined(parts) for parts in grouped.values()]


def _joined(parts: list[TextTable]) -> TextTable:
    if len(parts) == 1:
        return parts[0]
    return replace(
        parts[0],
        rows=pa.concat_tables([part.rows for part in parts]),
        set_aside=tuple(chain.from_iterable(part.set_aside for part in parts)),
        quarantined=tuple(chain.from_iterable(part.quarantined for part in parts)),
        flags=tuple(chain.from_iterable(part.flags for part in parts)),
        warnings=tuple(chain.from_iterable(part.warnings for part in parts)),
        totals=tuple(chain.from_iterable(part.totals for part in parts)),
    )


def head_of(data: bytes | Path) -> bytes:
    """The first bytes of a file or an upload."""
    if isinstance(data, bytes):
        return data[:HEAD_BYTES]
    with data.open("rb") as file:
        return file.read(HEAD_BYTES)


def kind_of(head: bytes, name: str) -> str:
    """TEXT, ZIP, OLE or HTML; VitalsError for anything that holds no table we can read."""
    if not head.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise VitalsError(f"{name} is empty.", "Run the export again: it should hold a header and rows.")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return OLE
    _refuse_foreign(head, name)
    return _kind_of_text(head.removeprefix(codecs.BOM_UTF8), name)


def _refuse_foreign(head: bytes, name: str) -> None:
    for magic, what in FOREIGN:
        if head.startswith(magic):
            raise VitalsError(f"{name} is {what}, not a table.", SAVE_AS_CSV)


def _kind_of_text(head: bytes, name: str) -> str:
    wide = wide_encoding_of(head)
    plain = head.decode(wide, "ignore").removeprefix("\ufeff").encode("utf-8", "ignore") if wide else head
    if HTML_START.match(plain) or (XML_START.match(plain) and HTML_ROW.search(plain)):
        return HTML
    if JSON.match(plain):
        raise VitalsError(f"{name} holds JSON, not a table of rows and columns.", SAVE_AS_CSV)
    if XML_START.match(plain):
        raise VitalsError(f"{name} is an XML document, not a table of rows and columns.", SAVE_AS_CSV)
    if len(plain.translate(None, ODD_CONTROLS)) < len(plain) * (1 - TOO_MANY_CONTROLS):
        raise VitalsError(f"{name} is a binary file, not a table of text.", SAVE_AS_CSV)
    return TEXT

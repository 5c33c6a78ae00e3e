"""Reads any upload into tables of text, whatever its name says; refuses in one sentence what holds no table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pyarrow as pa

from vitals.errors import VitalsError
from vitals.ingest.files.archive import Archive, opened
from vitals.ingest.files.encoding import text_source
from vitals.ingest.files.html_table import tables_of_html
from vitals.ingest.files.kind import HEAD_BYTES, OLE, TEXT, ZIP, head_of, kind_of
from vitals.ingest.files.spreadsheet import NOT_A_WORKBOOK, is_encrypted, password_refusal, tables_by_calamine
from vitals.ingest.files.text import TextReader
from vitals.ingest.model import TextTable

NO_ANSWERS: Mapping[str, str] = {}
SHEETS_QUESTION = "which_sheets"
ALL_SHEETS = "all"
TABLES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
WORKBOOK, OTHER_WORKBOOKS = "xl/workbook.xml", ("xl/workbook.bin", "content.xml")
UNREAD = "Files of other kinds in the archive were not read: {}."
LEFT_OUT = "A file in the archive was left out: {}"
MOST_NAMED = 500


def read(data: bytes | Path, name: str, answers: Mapping[str, str] = NO_ANSWERS) -> list[TextTable]:
    """The tables of a file: one for a plain export, several for sheets, sections or members of an archive."""
    tables = joined_parts(read_batches(data, name))
    chosen = _chosen(tables, answers.get(SHEETS_QUESTION, ALL_SHEETS))
    if not any(rows_read(table) for table in chosen):
        raise VitalsError(f"{name} has a header but no rows.", "Export it again with a period that holds data.")
    return chosen


def read_batches(data: bytes | Path, name: str) -> Iterator[TextTable]:
    """The tables of a file in parts: those of one table share name, header and header row, and follow each other."""
    head = head_of(data)
    kind = kind_of(head, name)
    if kind == TEXT:
        yield from TextReader(text_source(data, head), name).parts()
    elif kind == ZIP:
        yield from _unpacked(data, name)
    elif kind == OLE and is_encrypted(data):
        raise password_refusal(name)
    else:
        yield from tables_by_calamine(data, name) if kind == OLE else tables_of_html(data, head, name)


def _unpacked(data: bytes | Path, name: str) -> Iterator[TextTable]:
    """What a zip file holds: a workbook of some kind, or exports to be read one after the other."""
    archive = opened(data, name)
    kept = [member for member in archive.members if not _is_litter(member)]
    members = [member for member in kept if member.lower().endswith(TABLES)]
    if archive.has(WORKBOOK):
        # what reads workbooks takes longer to start than most text files to read
        from vitals.ingest.files.workbook import tables_of_xlsx

        yield from tables_of_xlsx(archive, data)
    elif archive.has(*OTHER_WORKBOOKS):
        yield from tables_by_calamine(data, name)
    elif members:
        yield from _members(archive, members, [member for member in kept if member not in members])
    else:
        raise VitalsError(
            NOT_A_WORKBOOK.format(name), "It is a zip file without CSV files or workbooks; load the exports themselves."
        )


def _members(archive: Archive, members: list[str], others: list[str]) -> Iterator[TextTable]:
    """The tables of an archive's files, the last of which says which files were not read."""
    refused: list[VitalsError] = []
    last: TextTable | None = None
    for member in members:
        try:
            tables = _member(archive.file.read(member), member)
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


def _member(data: bytes, name: str) -> list[TextTable]:
    """The tables of one file in an archive; an archive within it is not opened."""
    kind = kind_of(data[:HEAD_BYTES], name)
    if kind == ZIP and not opened(data, name).has(WORKBOOK, *OTHER_WORKBOOKS):
        raise VitalsError(f"{name} is not a text file or a workbook, whatever its name says.", "Load it by itself.")
    tables = joined_parts(read_batches(data, name))
    return [replace(table, name=f"{name} {table.name}".strip()) for table in tables]


def _is_litter(member: str) -> bool:
    """What a Mac adds to an archive."""
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


def _chosen(tables: list[TextTable], answer: str) -> list[TextTable]:
    names = {name.strip().casefold() for name in answer.split(",")}
    if ALL_SHEETS in names or len(tables) == 1:
        return tables
    return [table for table in tables if table.name.casefold() in names]

"""The currencies that the cells of a binary XLSB file show by their number formats, by a walk over its records."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from posixpath import normpath
from typing import cast

from vitals.ingest.files.archive import CHUNK, Archive
from vitals.ingest.files.number_formats import (
    MOST_BYTES,
    SPACE,
    CurrencyCells,
    currency_styles,
    formats_of_styles,
)

XLSB_WORKBOOK, RELATIONS, STYLES = "xl/workbook.bin", "xl/_rels/workbook.bin.rels", "xl/styles.bin"
ROW, FORMAT, STYLE, SHEET, BEGIN_STYLES, END_STYLES = 0, 44, 47, 156, 617, 618
NUMBERS = (2, 5, 9)
"""Cells with a short number, a long one, and the number of a formula."""
MORE, LOW = 0x80, 0x7F
Record = tuple[int, bytes]


def _records(archive: Archive, member: str) -> Iterator[Record]:
    with archive.file.open(member) as opened, BufferedReader(cast(RawIOBase, opened), CHUNK) as content:
        while first := content.read(1):
            kind = first[0]
            if kind & MORE:
                kind = kind & LOW | _byte(content) << 7
            yield kind, content.read(_length(content))


def _byte(content: BufferedReader[RawIOBase]) -> int:
    return content.read(1)[0]


def _length(content: BufferedReader[RawIOBase]) -> int:
    length = 0
    for place in range(4):
        part = _byte(content)
        length |= (part & LOW) << 7 * place
        if not part & MORE:
            break
    if length > MOST_BYTES:
        raise ValueError(length)
    return length


def _text(body: bytes, at: int) -> tuple[str, int]:
    """A text that begins with its length, and where it ends."""
    length = struct.unpack_from("<I", body, at)[0]
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le"), end


def currencies_of_xlsb(archive: Archive) -> dict[str, CurrencyCells]:
    """The cells that show a currency, by the name of their sheet."""
    styles = currency_styles(_formats(archive))
    return {name: _cells(archive, member, styles) for name, member in _sheets(archive)} if styles else {}


def _formats(archive: Archive) -> list[str]:
    """The number format of each style of cells."""
    if not archive.has(STYLES) or archive.members[STYLES].size > MOST_BYTES:
        return []
    own, styles, is_of_cells = dict[int, str](), list[int](), False
    for kind, body in _records(archive, STYLES):
        if kind == FORMAT:
            own[struct.unpack_from("<H", body)[0]] = _text(body, 2)[0]
        elif kind in (BEGIN_STYLES, END_STYLES):
            is_of_cells = kind == BEGIN_STYLES
        elif kind == STYLE and is_of_cells:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    return formats_of_styles(own, styles)


def _sheets(archive: Archive) -> Iterator[tuple[str, str]]:
    """The name of each sheet, and the member that holds it."""
    related = ElementTree.fromstring(archive.file.read(RELATIONS)).iterfind(f"{SPACE}Relationship")
    targets = {item.get("Id", ""): item.get("Target", "") for item in related}
    for kind, body in _records(archive, XLSB_WORKBOOK):
        if kind == SHEET:
            relation, end = _text(body, 8)
            target = targets.get(relation, "")
            member = normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
            if archive.has(member):
                yield _text(body, end)[0], member


def _cells(archive: Archive, member: str, styles: dict[int, str]) -> CurrencyCells:
    found, row = CurrencyCells(), 0
    for kind, body in _records(archive, member):
        if kind == ROW:
            row = struct.unpack_from("<I", body)[0] + 1
        elif kind in NUMBERS:
            column, style = struct.unpack_from("<2I", body)
            if style & 0xFFFFFF in styles:
                found.add(row, column + 1, styles[style & 0xFFFFFF])
    return found

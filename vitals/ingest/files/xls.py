"""The currencies that the cells of an old XLS file show by their number formats, found by a walk over its records."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vitals.ingest.files.number_formats import CurrencyCells, currency_styles, formats_of_styles

FREE, END = 0xFFFFFFFF, 0xFFFFFFFE
HEADER_SECTORS, SHORT_STREAM = 109, 4096
STREAM = "Workbook"
BEGIN, EOF, SHEET, FORMAT, STYLE, PROTECTED = 0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x2F
NUMBER, SHORT, SHORTS, FORMULA = 0x203, 0x27E, 0xBD, 0x06
BIFF8, WIDE, SHORT_BYTES, DIRECTORY_ENTRY = 0x600, 1, 6, 128
Record = tuple[int, bytes]


@dataclass
class Container:
    """The file system within an old document: sectors that follow each other as a table says."""

    data: bytes
    size: int
    nexts: tuple[int, ...]

    @classmethod
    def of(cls, data: bytes) -> Container:
        """The container of a document; ValueError where its sectors can't be followed."""
        size = 1 << struct.unpack_from("<H", data, 30)[0]
        if size not in (512, 4096):
            raise ValueError(size)
        first, more = struct.unpack_from("<2I", data, 68)
        listed = [*struct.unpack_from(f"<{HEADER_SECTORS}I", data, 76)]
        each = size // 4
        for _ in range(min(more, len(data) // size)):
            *sectors, first = struct.unpack_from(f"<{each}I", data, (first + 1) * size)
            listed += sectors
        tables = (
            struct.unpack_from(f"<{each}I", data, (sector + 1) * size) for sector in listed if sector not in (FREE, END)
        )
        return cls(data, size, tuple(sector for table in tables for sector in table))

    def chain(self, first: int) -> bytes:
        """The sectors that follow a first one; ValueError if they go in circles."""
        found = list[bytes]()
        while first not in (FREE, END):
            if len(found) > len(self.nexts) or first >= len(self.nexts):
                raise ValueError(first)
            found.append(self.data[(first + 1) * self.size : (first + 2) * self.size])
            first = self.nexts[first]
        return b"".join(found)

    def stream(self, name: str) -> bytes:
        """A stream by its name; ValueError if there is none."""
        entries = self.chain(struct.unpack_from("<I", self.data, 48)[0])
        for at in range(0, len(entries) - DIRECTORY_ENTRY + 1, DIRECTORY_ENTRY):
            entry = entries[at : at + DIRECTORY_ENTRY]
            length = struct.unpack_from("<H", entry, 64)[0]
            if entry[: max(length - 2, 0)].decode("utf-16-le", "replace") == name:
                first, size = struct.unpack_from("<2I", entry, 116)
                return (self.chain(first) if size >= SHORT_STREAM else self._short(entries, first))[:size]
        raise ValueError(name)

    def _short(self, entries: bytes, first: int) -> bytes:
        """A short stream, which stands in small sectors within the first entry's own."""
        whole = self.chain(struct.unpack_from("<I", entries, 116)[0])
        table = self.chain(struct.unpack_from("<I", self.data, 60)[0])
        nexts = struct.unpack(f"<{len(table) // 4}I", table)
        return Container(b" " * 64 + whole, 64, nexts).chain(first)


@dataclass
class Globals:
    """What an old workbook says of itself before its first sheet."""

    sheets: dict[str, int] = field(default_factory=dict)
    """Name -> where its records begin."""
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)

    def add(self, kind: int, body: bytes) -> None:
        """Take in one record."""
        if kind == PROTECTED:
            raise ValueError(kind)
        if kind == SHEET:
            self.sheets[_text(body, body[6], 7)] = struct.unpack_from("<I", body)[0]
        elif kind == FORMAT:
            number, length = struct.unpack_from("<2H", body)
            self.formats[number] = _text(body, length, 4)
        elif kind == STYLE:
            self.styles.append(struct.unpack_from("<H", body, 2)[0])


def _text(body: bytes, length: int, flags: int) -> str:
    wide = body[flags] & WIDE
    start = flags + 1
    return body[start : start + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1")


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """The records from a place on to the end of their part, which begins with its kind."""
    kind, length, version = struct.unpack_from("<3H", stream, at)
    if kind != BEGIN or version != BIFF8:
        raise ValueError(version)
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        # a chart within a sheet is a part of its own
        depth += (kind == BEGIN) - (kind == EOF)
        if depth == 0:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def currencies_of_xls(data: bytes | Path) -> dict[str, CurrencyCells]:
    """The cells that show a currency, by the name of their sheet; ValueError where records are of another kind."""
    stream = Container.of(data if isinstance(data, bytes) else data.read_bytes()).stream(STREAM)
    said = Globals()
    for kind, body in _records(stream, 0):
        said.add(kind, body)
    styles = currency_styles(formats_of_styles(said.formats, said.styles))
    return {name: _cells(stream, at, styles) for name, at in said.sheets.items()} if styles else {}


def _cells(stream: bytes, at: int, styles: dict[int, str]) -> CurrencyCells:
    found = CurrencyCells()
    for kind, body in _records(stream, at):
        if kind in (NUMBER, SHORT, FORMULA):
            row, column, style = struct.unpack_from("<3H", body)
            if style in styles:
                found.add(row + 1, column + 1, styles[style])
        elif kind == SHORTS:
            row, column = struct.unpack_from("<2H", body)
            for place, start in enumerate(range(4, len(body) - SHORT_BYTES + 1, SHORT_BYTES)):
                style = struct.unpack_from("<H", body, start)[0]
                if style in styles:
                    found.add(row + 1, column + place + 1, styles[style])
    return found

"""What a zip file may hold before anything of it is parsed: its size when unpacked, its members, its XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vitals.errors import VitalsError

MOST_MEMBERS = 10_000
MOST_BYTES = 1 << 30
FREE_BYTES = 64 << 20
MOST_RATIO = 200
CHUNK, OVERLAP = 1 << 20, 256
SAVE_AGAIN = "Open it in the program that made it, save it as XLSX or CSV, and load that file."
WORKBOOK = "xl/workbook.xml"
MARKUP = (".xml", ".rels", ".vml", ".xhtml")
# A document type is the only place where entities are declared. Parts in UTF-16 could hide one and are refused whole.
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
WIDE_XML = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
FORMULAS = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")
ERRORS = (b't="e"', b"t='e'")
HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row (?=[^>]*\bhidden=[\"'](?:1|true)[\"'])[^>]*?\br=[\"'](\d+)[\"']")
"""Rows that neither the fast reader nor openpyxl tells of when it reads row by row."""
MERGED = re.compile(rb"<(?:\w+:)?mergeCell ref=[\"']([A-Z]+\d+):([A-Z]+\d+)[\"']")
CELLS = (b"<c ", b":c ", b"<c>")
UNUSUAL = (b"<!", b"<c>", b":c ", b":c>")
DIMENSION = re.compile(rb"<(?:\w+:)?dimension ref=[\"'](?:[A-Z]+\d+:)?([A-Z]+\d+)[\"']")
NUMBERED_ROW = b'<row r="'
ROW = re.compile(rb"<(?:\w+:)?row [^>]*?\br=[\"'](\d+)[\"']")
FAR_COLUMN = re.compile(rb"\br=[\"']([A-Z]{2,3})\d")
LETTERS, LAST_ROW = 26, 1_048_576
REFERENCE = re.compile(r"([A-Z]+)(\d+)")
DENSE_AREA, SPARSE = 1_000_000, 20
Merged = tuple[int, int, int]
"""First row, last row and column, from 1, of a cell that reaches over several rows."""


@dataclass
class Member:
    """What the bytes of one XML member show before it is parsed."""

    size: int = 0
    cells: int = 0
    has_formulas: bool = False
    has_errors: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    merged: set[Merged] = field(default_factory=set)
    is_plain: bool = True
    """Whether its markup is of the simple kind that programs write: no prefixes, comments or cells without a place."""
    is_measured: bool = False
    """Whether the sheet says how far its cells reach."""
    numbered_rows: int = 0
    last_number: int = 0
    last_row: int = 0
    last_column: int = 0

    @property
    def is_damaged(self) -> bool:
        """Whether rows stand twice or beyond the end of any sheet: a reader would let one overwrite the other."""
        return self.last_row > LAST_ROW or self.numbered_rows > max(self.last_number, 1)

    @property
    def is_sparse(self) -> bool:
        """Whether a reader that allots every cell of the area would allot mostly nothing."""
        area = max(self.last_row, 1) * max(self.last_column, 1)
        return area > DENSE_AREA and area > SPARSE * self.cells

    @property
    def needs_openpyxl(self) -> bool:
        """Whether the fast reader would lose something of the sheet, or choke on it."""
        return self.is_sparse or (self.is_marked and not self.is_plain)

    @property
    def is_told_whole(self) -> bool:
        """Whether the fast reader tells all of its cells."""
        return not (self.needs_openpyxl or self.is_marked)

    @property
    def is_marked(self) -> bool:
        """Whether it has cells of which the fast reader tells only a part."""
        return self.has_formulas or self.has_errors

    def look_at(self, chunk: bytes, is_first: bool) -> None:
        """Take in one more stretch of the member."""
        self.cells += sum(chunk.count(mark) for mark in CELLS)
        self.has_formulas = self.has_formulas or any(mark in chunk for mark in FORMULAS)
        self.has_errors = self.has_errors or any(mark in chunk for mark in ERRORS)
        self.hidden_rows.update(map(int, HIDDEN_ROW.findall(chunk) if b"hidden=" in chunk else ()))
        for corner, opposite in MERGED.findall(chunk) if b"mergeCell " in chunk else ():
            (top, column), (bottom, _) = position(corner.decode()), position(opposite.decode())
            self.merged.update({(top, bottom, column)} if bottom > top else ())
        self.numbered_rows += chunk.count(NUMBERED_ROW, 0 if is_first else OVERLAP - len(NUMBERED_ROW) + 1)
        self.is_plain = self.is_plain and not any(mark in chunk for mark in UNUSUAL)
        if is_first:
            stated = DIMENSION.search(chunk)
            self.is_measured = stated is not None
            self.last_row, self.last_column = position(stated[1].decode()) if stated else (0, LETTERS)
        for column in () if self.is_measured else FAR_COLUMN.findall(chunk):
            self.last_column = max(self.last_column, position(column.decode() + "1")[1])
        last = [int(number) for number in ROW.findall(chunk, max(chunk.rfind(b"row ") - OVERLAP, 0))]
        self.last_number = max(self.last_number, *last, 0)
        self.last_row = max(self.last_row, self.last_number)


def position(reference: str) -> tuple[int, int]:
    """Row and column, from 1, of a cell such as C12."""
    found = REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * LETTERS + ord(letter) - 64
    return int(found[2]), column


@dataclass
class Unpacked:
    """How much was unpacked of a file and of the archives within it, which share what one may take."""

    size: int = 0


@dataclass
class Archive:
    """A zip file whose members were unpacked once, within limits, and whose XML declares no entities."""

    file: zipfile.ZipFile
    name: str
    members: dict[str, Member]
    """Name -> what its bytes show, in the order of the archive."""
    unpacked: Unpacked = field(default_factory=Unpacked)

    def has(self, *names: str) -> bool:
        """Whether it holds one of these members."""
        return any(name in self.members for name in names)


def unsafe(name: str) -> VitalsError:
    """The refusal of a file that is broken, or made to break whoever reads it."""
    return VitalsError(f"{name} is damaged or unsafe to open.", SAVE_AGAIN)


def opened(data: bytes | Path, name: str, unpacked: Unpacked | None = None) -> Archive:
    """The archive, once every member has been looked at; VitalsError if it is damaged, unsafe or too large."""
    try:
        file = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
        infos = [info for info in file.infolist() if not info.is_dir()]
        if len(infos) > MOST_MEMBERS:
            raise unsafe(name)
        if any(info.flag_bits & 1 for info in infos):
            raise VitalsError(f"{name} is protected by a password.", "Save it without a password and load it again.")
        archive = Archive(file, name, {}, unpacked or Unpacked())
        for info in infos:
            archive.members[info.filename] = _looked_at(archive, info)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise unsafe(name) from error
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "_lzma", "bz2"):
            raise unsafe(name) from error
        raise
    return archive


def _looked_at(archive: Archive, info: zipfile.ZipInfo) -> Member:
    member, is_markup = Member(), info.filename.lower().endswith(MARKUP)
    for chunk in _chunks(archive.file, info):
        is_first = not member.size
        size = len(chunk) - (0 if is_first else OVERLAP)
        member.size += size
        archive.unpacked.size += size
        if member.size > FREE_BYTES and member.size > MOST_RATIO * max(info.compress_size, 1):
            raise unsafe(archive.name)
        if archive.unpacked.size > MOST_BYTES:
            raise unsafe(archive.name)
        if is_markup and (_declares(chunk) or (is_first and chunk.startswith(WIDE_XML))):
            raise unsafe(archive.name)
        if is_markup:
            member.look_at(chunk, is_first)
    if member.is_damaged:
        raise unsafe(archive.name)
    return member


def _declares(chunk: bytes) -> bool:
    return b"<!" in chunk and DECLARATION.search(chunk) is not None


def _chunks(file: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member's bytes; each stretch begins with the end of the one before, so that no word is cut in two."""
    with file.open(info) as content:
        tail = b""
        while chunk := content.read(CHUNK):
            yield tail + chunk
            tail = (b" " * OVERLAP + tail + chunk)[-OVERLAP:]

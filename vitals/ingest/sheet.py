"""The cells of one worksheet of an XLSX file, read from its XML with their formulas, hidden rows and errors."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO

from vitals.ingest.archive import position
from vitals.ingest.rendering import number_text, serial_text

ERROR, TEXT, NUMBER = "error", "text", "number"
TRUE = ("1", "true")


@dataclass(slots=True)
class Cell:
    """One cell: its text as shown, its number if it has one, and its formula."""

    text: str = ""
    number: str | None = None
    formula: str | None = None
    has_value: bool = False
    style: str = ""


@dataclass
class SheetRow:
    """One row of a sheet: cells by column, from 1."""

    number: int
    is_hidden: bool
    cells: dict[int, Cell]


@dataclass(frozen=True)
class Book:
    """What the sheets of a workbook share."""

    strings: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    """For each cell format: DATE, DURATION or nothing."""
    is_1904: bool = False


@lru_cache(maxsize=1000)
def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rsplit("}", 1)[-1]


def sheet_rows(file: IO[bytes], book: Book) -> Iterator[SheetRow]:
    """The rows that a sheet's XML holds, in its order; the archive was searched for declarations before."""
    number = 0
    for _, element in ElementTree.iterparse(file):
        if local(element.tag) == "row":
            number = int(element.get("r") or number + 1)
            yield SheetRow(number, element.get("hidden", "") in TRUE, _cells(element, book))
            element.clear()


def _cells(row: ElementTree.Element, book: Book) -> dict[int, Cell]:
    cells, column = {}, 0
    for element in row:
        if local(element.tag) == "c":
            reference = element.get("r")
            column = position(reference)[1] if reference else column + 1
            cells[column] = _cell(element, book)
    return cells


def _cell(element: ElementTree.Element, book: Book) -> Cell:
    cell, kind = Cell(), element.get("t", "n")
    for child in element:
        tag = local(child.tag)
        if tag == "f":
            cell.formula = child.text or ""
        elif tag == "v" and child.text:
            _fill(cell, child.text, kind, int(element.get("s") or 0), book)
        elif tag == "is":
            cell.text, cell.has_value = rich_text(child), True
    if cell.formula is not None and not cell.has_value:
        cell.style = _style(book, int(element.get("s") or 0))
    return cell


def _fill(cell: Cell, text: str, kind: str, style: int, book: Book) -> None:
    cell.has_value = True
    if kind == "s":
        cell.text = book.strings[int(text)]
    elif kind == "b":
        cell.text = "TRUE" if text in TRUE else "FALSE"
    elif kind == "n":
        cell.number, cell.style = text, _style(book, style)
        cell.text = shown(float(text), cell.style, book)
    else:
        cell.text = text


def _style(book: Book, index: int) -> str:
    return book.styles[index] if index < len(book.styles) else ""


def shown(number: float, style: str, book: Book) -> str:
    """A number as its format shows it."""
    return serial_text(number, style, book.is_1904) if style else number_text(number)


def rich_text(element: ElementTree.Element) -> str:
    """The text of a string item, its runs put together, without readings beside the letters."""
    pieces = []
    for child in element:
        if local(child.tag) == "t":
            pieces.append(child.text or "")
        elif local(child.tag) == "r":
            pieces += [run.text or "" for run in child if local(run.tag) == "t"]
    return "".join(pieces)

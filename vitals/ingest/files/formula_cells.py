"""The cells of a sheet that the fast reader doesn't tell whole, formulas and errors, found in the sheet's XML."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from openpyxl.formula.translate import Translator

from vitals.ingest.files.archive import CHUNK, ERRORS, FORMULAS, position

ROW_END = b"</row>"


class FormulaCell(NamedTuple):
    """A cell with a formula, or an error that was stored as its value."""

    row: int
    column: int
    formula: str
    """As written, with its equals sign; empty for an error that no formula gave."""
    error: str
    has_result: bool
    style: int


def formula_cells(file: zipfile.ZipFile, member: str) -> Iterator[FormulaCell]:
    """Those cells in their order. The XML must be plain, as Part.is_plain says; ValueError if it is broken."""
    shared: dict[str, Translator] = {}
    for text in _whole_rows(file, member):
        for start in _starts(text):
            found = _cell(text[start : text.find(b"</c>", start) + len(b"</c>")], shared)
            if found:
                yield found


def _whole_rows(file: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """The sheet in stretches that end with a row."""
    rest = b""
    with file.open(member) as sheet:
        while chunk := sheet.read(CHUNK):
            end = (text := rest + chunk).rfind(ROW_END) + len(ROW_END)
            if end < len(ROW_END):
                rest = text
                continue
            yield text[:end]
            rest = text[end:]
    yield rest


def _starts(text: bytes) -> list[int]:
    """Where those cells begin; a mark within a cell's text only costs a look at it."""
    starts: set[int] = set()
    for mark in (*FORMULAS, *ERRORS):
        at = text.find(mark)
        while at >= 0:
            starts.add(text.rfind(b"<c ", 0, at))
            at = text.find(mark, at + 1)
    return sorted(starts - {-1})


def _cell(xml: bytes, shared: dict[str, Translator]) -> FormulaCell | None:
    cell = ElementTree.fromstring(xml)
    written, value = cell.find("f"), cell.findtext("v") or ""
    kind, reference = cell.get("t", ""), cell.attrib["r"]
    if written is None and kind != "e":
        return None
    formula = _formula(written, reference, shared) if written is not None else ""
    # the result of a formula may be a text without letters
    has_result = bool(value) or (kind == "str" and cell.find("v") is not None)
    error = value if kind == "e" else ""
    return FormulaCell(*position(reference), formula, error, has_result, int(cell.get("s", "0")))


def _formula(written: ElementTree.Element, reference: str, shared: dict[str, Translator]) -> str:
    """The formula as it stands in its cell; of those that share one, only the first has its text."""
    text = "=" + (written.text or "")
    if written.get("t") != "shared":
        return text
    index = written.get("si", "")
    if written.text:
        shared[index] = Translator(text, reference)
    return str(shared[index].translate_formula(reference))

"""The frame of an XLSX file: which sheets it has, their shared texts, and which formats make a number a date."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass

from vitals.ingest.archive import Archive
from vitals.ingest.rendering import style_kind
from vitals.ingest.sheet import TRUE, Book, local, rich_text

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True)
class SheetPlace:
    """A sheet's name, the member that holds it, and whether it is shown."""

    name: str
    member: str
    is_visible: bool


def _elements(archive: Archive, member: str, *tags: str) -> Iterator[ElementTree.Element]:
    """The elements of these tags in a member; nothing if the archive has no such member."""
    if not archive.has(member):
        return
    with archive.file.open(member) as file:
        for _, element in ElementTree.iterparse(file):
            if local(element.tag) in tags:
                yield element


def places(archive: Archive) -> list[SheetPlace]:
    """The sheets in their order; sheets that hold no cells, such as charts, are left out."""
    targets = {item.get("Id"): item.get("Target", "") for item in _elements(archive, RELATIONS, "Relationship")}
    found = []
    for element in _elements(archive, WORKBOOK, "sheet"):
        relation = next((value for key, value in element.items() if local(key) == "id"), "")
        target = targets.get(relation) or ""
        member = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        if archive.has(member) and "chartsheet" not in member:
            found.append(SheetPlace(element.get("name", member), member, element.get("state", "visible") == "visible"))
    return found


def book_of(archive: Archive) -> Book:
    """What the sheets share."""
    properties = [item.get("date1904", "") in TRUE for item in _elements(archive, WORKBOOK, "workbookPr")]
    return Book(_strings(archive), _styles(archive), any(properties))


def _strings(archive: Archive) -> list[str]:
    texts = []
    for element in _elements(archive, "xl/sharedStrings.xml", "si"):
        texts.append(rich_text(element))
        element.clear()
    return texts


def _styles(archive: Archive) -> list[str]:
    codes, formats = {}, []
    for element in _elements(archive, "xl/styles.xml", "numFmt", "cellXfs"):
        if local(element.tag) == "numFmt":
            codes[element.get("numFmtId", "")] = element.get("formatCode", "")
        else:
            formats = [item.get("numFmtId", "0") for item in element]
    return [style_kind(int(number), codes.get(number, "")) for number in formats]

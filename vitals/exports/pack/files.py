"""Packs as files: what each is called, written to a folder for their owner alone, or many in one archive."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from unicodedata import category

from vitals import warehouse
from vitals.errors import VitalsError
from vitals.exports import output
from vitals.exports.pack import clients, drawing, layout, paper, powerpoint, sections
from vitals.exports.pack.clients import Client
from vitals.exports.pack.facts import Quarter
from vitals.exports.pack.paper import Made
from vitals.exports.pack.slides import Pack

ENDINGS, CHARTS = (".pptx", ".pdf"), ".zip"
CHART_SIZE = layout.INNER, 4.2
"""Inches of a chart that stands alone."""
_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])")


def quarter(con: warehouse.Connection, said: str | None) -> Quarter:
    """The quarter that a text names, such as 2026-Q3; the last whole one of the data where there is none."""
    if said is None:
        return clients.last_quarter(con)
    found = _QUARTER.fullmatch(said)
    if not found:
        raise VitalsError(f"{said!r} is no quarter.", "Give it as 2026-Q3.")
    return Quarter(date(int(found[1]), 3 * int(found[2]) - 2, 1))


def written(pack: Pack, ending: str, *, has_notes: bool = True) -> Made:
    """A pack as the file of that ending. Raises VitalsError for another one."""
    if ending.lower() == CHARTS:
        return Made(charts(pack))
    if ending.lower() not in ENDINGS:
        said = f"A pack can't be written as {ending or 'a file without ending'}."
        raise VitalsError(said, "End it in .pptx or .pdf, or in .zip for its charts.")
    return Made(powerpoint.as_pptx(pack, has_notes=has_notes)) if ending.lower() == ".pptx" else paper.as_pdf(pack)


def charts(pack: Pack) -> bytes:
    """Each chart of a pack as SVG and as PNG, drawn here and not by a browser, in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, slide in enumerate(pack.slides, 2):
            if slide.chart:
                svg = drawing.as_svg(slide.chart, *CHART_SIZE, layout.colours_of(pack.branding))
                name = f"{number:02d}-{slide.section.replace(' ', '-')}"
                archive.writestr(f"{name}.svg", svg)
                archive.writestr(f"{name}.png", paper.chart_as_png(svg))
    return out.getvalue()


def stem(client: Client, when: Quarter) -> str:
    """A file's name without its ending, of letters that every system takes."""
    letters = (letter if letter in ".-_" or category(letter)[0] in "LMN" else " " for letter in client.name)
    kept = "-".join("".join(letters).split())[:60].strip("-.") or "client"
    return f"{kept}-{when.name.replace(' ', '-')}"


def stems(chosen: Sequence[Client], when: Quarter) -> list[str]:
    """A name of its own for each client's files."""
    found: list[str] = []
    for client in chosen:
        name, place = stem(client, when), 2
        while name.casefold() in (other.casefold() for other in found):
            name, place = f"{stem(client, when)}-{place}", place + 1
        found.append(name)
    return found


def _both(
    con: warehouse.Connection, client: Client, name: str, when: Quarter, *, has_notes: bool
) -> Iterator[tuple[str, bytes]]:
    pack = sections.make(con, client.key, when)
    for ending in ENDINGS:
        yield f"{name}{ending}", written(pack, ending, has_notes=has_notes).content


def zipped(con: warehouse.Connection, chosen: Sequence[Client], when: Quarter, *, has_notes: bool = True) -> bytes:
    """The packs of all these clients in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for client, name in zip(chosen, stems(chosen, when), strict=True):
            for file, content in _both(con, client, name, when, has_notes=has_notes):
                archive.writestr(file, content)
    return out.getvalue()


def hand_out_one(con: warehouse.Connection, name: str, when: Quarter, path: Path, *, has_notes: bool = True) -> str:
    """Write the pack of the client of that name; returns what was written, in a sentence."""
    client = clients.named(con, name)
    made = written(sections.make(con, client.key, when), path.suffix, has_notes=has_notes)
    output.write(path, made.content)
    return f"{path}: {client.name}, {when.name}. {made.remark}".rstrip()


def hand_out_due(
    con: warehouse.Connection, when: Quarter, folder: Path, *, has_notes: bool = True
) -> Iterator[tuple[Client, int]]:
    """Write the packs of all clients due at the quarter's end; each is told before, with how many there are."""
    due = clients.due(con, when).clients
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise VitalsError(f"{folder} is no folder that can be written to.", "Give another one.") from error
    for client, name in zip(due, stems(due, when), strict=True):
        yield client, len(due)
        for file, content in _both(con, client, name, when, has_notes=has_notes):
            output.write(folder / file, content)

"""A pack as PDF, tagged and with its fonts inside, and as pictures of its slides: by Typst, without a browser."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst

from vitals.exports.pack import drawing, layout
from vitals.exports.pack.layout import BarAt, ChartAt, Item, LogoAt, TableAt, TextAt
from vitals.exports.pack.slides import Pack

TEMPLATE = Path(__file__).parent / "pack.typ"
ACCESSIBLE = "ua-1"
NOT_ACCESSIBLE = "A name in it has letters that the fonts at hand lack, so it is tagged but not PDF/UA."
SCREEN = 96.0
"""Pixels an inch of a preview."""


@dataclass(frozen=True)
class Made:
    """A file, and a remark where it is not all that it should be."""

    content: bytes
    remark: str = ""


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[str(layout.FONTS)])


def _placed(item: Item) -> dict[str, Any]:
    return {name: round(value, 4) for name, value in asdict(item.box).items()}


def _as_data(item: Item, pack: Pack) -> dict[str, Any]:
    """An item as the template takes it."""
    at = _placed(item)
    if isinstance(item, TextAt):
        said = {"text": item.text, "size": item.size, "colour": item.colour, "bold": item.is_bold}
        return {"kind": "text", **at, **said, "align": item.align, "role": item.role}
    if isinstance(item, BarAt):
        return {"kind": "bar", **at, "colour": item.colour}
    if isinstance(item, ChartAt):
        colours = layout.colours_of(pack.branding)
        svg = drawing.as_svg(item.chart, item.box.width, item.box.height, colours)
        return {"kind": "chart", **at, "svg": svg, "alt": item.chart.alt}
    if isinstance(item, LogoAt):
        alt = f"Logo of {pack.branding.company}" if pack.branding.company else "Logo"
        return {"kind": "logo", **at, "png": list(pack.branding.logo), "alt": alt}
    return {"kind": "table", **at, **_table(item)}


def _table(item: TableAt) -> dict[str, Any]:
    columns = item.table.columns
    return {
        "widths": layout.widths_of(item.table, item.box.width), "heights": list(item.heights), "size": item.size,
        "numbers": [column.is_number for column in columns], "captions": [column.label for column in columns],
        "cells": [cell for row in item.table.rows for cell in row], "rule": layout.RULE, "quiet": layout.QUIET,
        "ink": layout.INK,
    }  # fmt: skip


def _data(pack: Pack) -> str:
    return json.dumps({
        "title": pack.title, "author": pack.branding.company or "MSP Vitals", "colour": pack.branding.colour,
        "width": layout.WIDTH, "height": layout.HEIGHT, "face": layout.FACE, "bold": layout.BOLD,
        "pages": [[_as_data(item, pack) for item in (*page.frame, *page.items)] for page in layout.pages(pack)],
    })  # fmt: skip


def _compiled(template: bytes, inputs: Mapping[str, str], **how: Any) -> Any:
    """What Typst makes of a template in an empty folder: it reads no file but its fonts, and fetches nothing."""
    with tempfile.TemporaryDirectory() as empty:
        compiler = typst.Compiler(
            template, root=empty, font_paths=_fonts(), sys_inputs=dict(inputs), package_path=empty,
            package_cache_path=empty,
        )  # fmt: skip
        return compiler.compile(**how)


def as_pdf(pack: Pack) -> Made:
    """The pack as PDF/UA; where a name has letters that no font has, as a tagged PDF, with a remark that says so."""
    template, inputs = TEMPLATE.read_bytes(), {"pack": _data(pack)}
    try:
        return Made(_compiled(template, inputs, format="pdf", pdf_standards=ACCESSIBLE))
    except typst.TypstError:
        return Made(_compiled(template, inputs, format="pdf"), NOT_ACCESSIBLE)


def as_pictures(pack: Pack) -> list[bytes]:
    """Each slide as PNG, for a screen."""
    found = _compiled(TEMPLATE.read_bytes(), {"pack": _data(pack)}, format="png", ppi=SCREEN)
    return [found] if isinstance(found, bytes) else found


DRAWING = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", width: 300pt)
"""
CHART = b"""#set page(width: auto, height: auto, margin: 12pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")
"""


def drawing_as_png(svg: bytes) -> bytes:
    """An SVG as a picture, whatever of it can be drawn without a file of its own."""
    found: bytes = _compiled(DRAWING, {"svg": svg.decode("utf-8", "replace")}, format="png", ppi=144.0)
    return found


def chart_as_png(svg: str) -> bytes:
    """A chart that we drew as a picture on white, in our own fonts."""
    found: bytes = _compiled(CHART, {"svg": svg}, format="png", ppi=144.0)
    return found

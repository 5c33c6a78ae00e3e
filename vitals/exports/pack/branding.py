"""Whose pack it is: a company's name, a colour that can be read on white, a logo that is safe to open."""

from __future__ import annotations

import base64
import binascii
import io
import re
from collections.abc import Iterator

from defusedxml import ElementTree
from PIL import Image

from vitals import registers, warehouse
from vitals.errors import VitalsError
from vitals.exports.pack import paper
from vitals.exports.pack.slides import Branding

MOST_BYTES, MOST_PIXELS, MOST_PARTS = 2_000_000, 20_000_000, 5_000
SHOWN = (900, 300)
"""No logo is kept with more pixels than this."""
LEAST_CONTRAST = 4.5
FORMATS = ("PNG", "JPEG")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_REFUSED_PARTS = {"image", "script", "foreignobject", "use", "style", "feimage", "a"}


def _light(colour: str) -> float:
    """Relative luminance as the accessibility guidelines define it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str) -> float:
    """How well a colour can be read on white: 1 not at all, 21 black."""
    return 1.05 / (_light(colour) + 0.05)


def check_colour(colour: str) -> str:
    """The colour, or VitalsError where it is none or can't be read on white."""
    if not _HEX.fullmatch(colour):
        raise VitalsError(f"{colour!r} is no colour.", "Give it as #1f5f9e.")
    if contrast(colour) < LEAST_CONTRAST:
        found = f"{contrast(colour):.1f}"
        raise VitalsError(
            f"{colour} can't be read on white: its contrast is {found} to 1, and 4.5 is needed.",
            "Take a darker one.",
        )
    return colour.lower()


def _parts(content: bytes) -> Iterator[tuple[str, str]]:
    """Each element of a drawing with each of its attributes, as name and value."""
    try:
        tree = ElementTree.fromstring(content, forbid_dtd=True)
    except Exception as error:
        raise VitalsError("The logo is no drawing that can be read.", "Save it as PNG.") from error
    for element in tree.iter():
        tag = str(element.tag).rsplit("}", 1)[-1].lower()
        yield tag, ""
        for value in element.attrib.values():
            yield tag, value


def _check_drawing(content: bytes) -> None:
    """Refuse an SVG that loads anything, or is too large to draw."""
    found = list(_parts(content))
    loads = any(
        tag in _REFUSED_PARTS or re.search(r"(?i)url\((?!#)|^\s*(?:data|file|https?):", said) for tag, said in found
    )
    if loads or len(found) > MOST_PARTS:
        raise VitalsError("The logo refers to other files, or has too many parts.", "Save it as PNG.")


def _picture(content: bytes) -> bytes:
    """A raster picture as a small PNG, drawn anew so that nothing of the file itself is handed on."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise VitalsError("The logo has too many pixels.", "Make it at most 3,000 pixels wide.")
            drawn = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise VitalsError("The logo is no PNG, JPEG or SVG that can be read.", "Save it as PNG.") from error
    drawn.thumbnail(SHOWN)
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()


def read_logo(content: bytes) -> bytes:
    """A logo as a small PNG. Raises VitalsError for a file of another kind, or one that is too large."""
    if len(content) > MOST_BYTES:
        raise VitalsError("The logo is larger than 2 MB.", "Make it smaller.")
    if content.lstrip()[:1] == b"<":
        _check_drawing(content)
        return _picture(paper.drawing_as_png(content))
    return _picture(content)


def as_text(logo: bytes) -> str:
    """A logo as the register keeps it."""
    return base64.b64encode(logo).decode()


def _as_logo(text: str | None) -> bytes:
    try:
        return read_logo(base64.b64decode(text or "", validate=True)) if text else b""
    except (VitalsError, binascii.Error):
        return b""


def kept(con: warehouse.Connection) -> Branding:
    """The branding that the workspace keeps; ours where it keeps none, or a colour that can't be read."""
    rows = registers.kept_rows(con, registers.register("review_branding"))
    if not rows:
        return Branding()
    said = rows[0]
    colour = said["colour"] or Branding.colour
    is_fine = bool(_HEX.fullmatch(colour)) and contrast(colour) >= LEAST_CONTRAST
    return Branding(
        company=said["company"] or "", prepared_by=said["prepared_by"] or "",
        colour=colour if is_fine else Branding.colour, logo=_as_logo(said["logo"]),
    )  # fmt: skip

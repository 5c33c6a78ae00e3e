"""Where everything on a slide stands, in inches of a wide screen: both files look alike, and nothing overflows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal
from unicodedata import east_asian_width

from PIL import ImageFont

from vitals.exports.pack.slides import Branding, Chart, Cover, Figure, Pack, Point, Slide, Table

FONTS = Path(__file__).parent / "fonts"
FACE, BOLD = "IBM Plex Sans", "IBM Plex Sans SmBld"
"""The second is the name under which the bold face is kept in its file."""
WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.65
INNER = WIDTH - 2 * MARGIN
INK, QUIET, RULE, PAPER, TINT = "#14171b", "#5b6168", "#dedad1", "#ffffff", "#f6f3ee"
AMBER, VERMILION, GREY = "#c9851a", "#d4552a", "#8d949b"
HEADS = {"Missed": "#b0380f", "Decision": "#96590a"}
SLACK = 0.84
"""Where the face is missing another takes its place, whose letters are wider."""
POINT, EM, NAME = 72.0, 100, 8.0
Role = Literal["title", "text", "small", "number"]


@dataclass(frozen=True)
class Box:
    """A place on a slide: from the left, from the top, width and height."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class TextAt:
    """A text that fits its box."""

    box: Box
    text: str
    size: float
    colour: str = INK
    is_bold: bool = False
    align: Literal["left", "right", "center"] = "left"
    role: Role = "text"


@dataclass(frozen=True)
class BarAt:
    """A filled rectangle, which says nothing."""

    box: Box
    colour: str


@dataclass(frozen=True)
class ChartAt:
    """A chart."""

    box: Box
    chart: Chart


@dataclass(frozen=True)
class TableAt:
    """A table, its rows as high as their texts need."""

    box: Box
    table: Table
    size: float
    heights: tuple[float, ...]


@dataclass(frozen=True)
class LogoAt:
    """The logo, as large as its box lets it be."""

    box: Box


Item = TextAt | BarAt | ChartAt | TableAt | LogoAt


@dataclass(frozen=True)
class Page:
    """One slide laid out, with what its presenter may say."""

    frame: tuple[Item, ...]
    """What all slides of its kind have alike."""
    items: tuple[Item, ...]
    speaker: str = ""
    is_cover: bool = False


@cache
def _face(is_bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"IBMPlexSans-{'SemiBold' if is_bold else 'Regular'}.ttf"), EM)


@cache
def _advance(letter: str, is_bold: bool) -> float:
    """The face has no Chinese, Japanese or Korean; in those that have, a letter is as wide as it is high."""
    return EM if east_asian_width(letter) in "WF" else _face(is_bold).getlength(letter)


def width_of(text: str, size: float, is_bold: bool = False) -> float:
    """How wide a text is, in inches."""
    return sum(_advance(letter, is_bold) for letter in text) * size / EM / POINT


def cut(text: str, width: float, size: float, is_bold: bool = False) -> str:
    """A text that fits a line, with an ellipsis where it had to be cut."""
    if width_of(text, size, is_bold) <= width * SLACK:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width_of(text[:middle].rstrip() + "…", size, is_bold) <= width * SLACK
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + "…"


def brief(name: str) -> str:
    """A name that leaves a sentence's other words, such as a day, their room in a title."""
    return cut(name, NAME, 20, is_bold=True)


def lines_of(text: str, width: float, size: float, is_bold: bool = False) -> list[str]:
    """A text broken at its blanks into lines that fit; a word that doesn't fit a line is cut."""
    lines: list[str] = []
    for word in text.split(" "):
        wider = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(wider, size, is_bold) <= width * SLACK:
            lines[-1] = wider
        else:
            lines.append(cut(word, width, size, is_bold))
    return lines


def fitted(text: str, width: float, size: float, most: int, is_bold: bool = False) -> str:
    """A text that fits so many lines, cut where it is longer."""
    lines = lines_of(text, width, size, is_bold)
    if len(lines) <= most:
        return " ".join(lines)
    return " ".join([*lines[: most - 1], cut(f"{lines[most - 1]} {lines[most]}…", width, size, is_bold)])


def sized(text: str, width: float, sizes: Sequence[float], most: int, is_bold: bool = False) -> tuple[str, float]:
    """A text with the largest of the sizes in which it fits so many lines; cut where none is small enough."""
    for size in sizes:
        if len(lines_of(text, width, size, is_bold)) <= most and "…" not in fitted(text, width, size, most, is_bold):
            return text, size
    return fitted(text, width, sizes[-1], most, is_bold), sizes[-1]


def _frame(pack: Pack) -> Iterator[Item]:
    """What every slide but the cover has alike: the company's colour, and whose pack it is at its foot."""
    yield BarAt(Box(0, 0, 0.16, HEIGHT), pack.branding.colour)
    yield BarAt(Box(MARGIN, 6.98, INNER, 0.012), RULE)
    who = " · ".join(part for part in (pack.branding.company, pack.cover.client, pack.cover.period) if part)
    yield TextAt(Box(MARGIN, 7.03, INNER - 1.2, 0.28), cut(who, INNER - 1.2, 10), 10, QUIET, role="small")


def _head(slide: Slide, pack: Pack, number: int) -> Iterator[Item]:
    """The slide's title and section, the logo, and its number."""
    title, size = sized(slide.title, INNER - 1.4, (26, 23, 20), 2, is_bold=True)
    yield TextAt(Box(MARGIN, 0.66, INNER - 1.4, 1.0), title, size, is_bold=True, role="title")
    yield TextAt(Box(MARGIN, 0.38, 8, 0.3), slide.label, 12, pack.branding.colour, is_bold=True, role="small")
    if pack.branding.logo:
        yield LogoAt(Box(WIDTH - MARGIN - 1.3, 0.36, 1.3, 0.6))
    yield TextAt(Box(WIDTH - MARGIN - 1, 7.03, 1, 0.28), str(number), 10, QUIET, align="right", role="number")


def _figures(figures: tuple[Figure, ...], top: float, colour: str) -> Iterator[Item]:
    width = (INNER - 0.3 * 3) / 4
    for place, figure in enumerate(figures[:4]):
        left = MARGIN + place * (width + 0.3)
        value, size = sized(figure.value, width, (30, 24, 18), 1, is_bold=True)
        yield TextAt(Box(left, top, width, 0.55), value, size, colour, is_bold=True)
        yield TextAt(Box(left, top + 0.55, width, 0.28), cut(figure.label, width, 12.5), 12.5)
        if figure.detail:
            yield TextAt(Box(left, top + 0.81, width, 0.26), cut(figure.detail, width, 11), 11, QUIET, role="small")


def tabled(table: Table, box: Box) -> TableAt:
    """The table with as many rows as fit: with texts of two lines, else in smaller type with one line each."""
    large = _tabled(table, box, 13, 2, 0.13)
    return large if len(large.table.rows) == len(table.rows) else _tabled(table, box, 10.5, 1, 0.05)


def _tabled(table: Table, box: Box, size: float, most: int, pad: float) -> TableAt:
    line, widths = size * 1.32 / POINT, widths_of(table, box.width)
    rows, heights = list[tuple[str, ...]](), [line + pad]
    for row in table.rows:
        # a number is never cut: it would read as another
        cells = [
            text if column.is_number else fitted(text, width - 0.16, size, most)
            for text, width, column in zip(row, widths, table.columns, strict=True)
        ]
        deep = max(len(lines_of(text, width - 0.16, size)) for text, width in zip(cells, widths, strict=True))
        if sum(heights) + deep * line + pad > box.height:
            # what doesn't fit is counted, in place of the last that did
            beyond = len(table.rows) - len(rows) + 1
            rows[-1:] = [(f"and {beyond} more", *("" for _ in widths[1:]))]
            break
        rows.append(tuple(cells))
        heights.append(deep * line + pad)
    return TableAt(replace(box, height=sum(heights)), replace(table, rows=tuple(rows)), size, tuple(heights))


def widths_of(table: Table, width: float) -> list[float]:
    """The width of each column."""
    whole = sum(column.weight for column in table.columns)
    return [width * column.weight / whole for column in table.columns]


def _points(points: tuple[Point, ...], top: float, height: float, colour: str) -> Iterator[Item]:
    each = min(height / max(len(points), 1), 0.92)
    for place, point in enumerate(points):
        at = top + place * each
        head = HEADS.get(point.head, colour)
        yield BarAt(Box(MARGIN, at + 0.02, 0.05, each - 0.3), head)
        yield TextAt(Box(MARGIN + 0.2, at, 1.7, each), point.head, 14, head, is_bold=True)
        text, size = sized(point.text, INNER - 2.2, (19, 17, 15), 2)
        yield TextAt(Box(MARGIN + 2.0, at - 0.03, INNER - 2.0, each), text, size)


def _body(slide: Slide, top: float, bottom: float, colour: str) -> Iterator[Item]:
    """Chart and table side by side where there are both, else whichever there is over the whole width."""
    height = bottom - top
    if slide.points:
        yield from _points(slide.points, top, height, colour)
    if slide.chart:
        width = INNER * 0.56 if slide.table else INNER
        yield TextAt(Box(MARGIN, top, width, 0.28), slide.chart.caption, 12, QUIET, role="small")
        yield ChartAt(Box(MARGIN, top + 0.3, width, height - 0.3), slide.chart)
    if slide.table:
        left = MARGIN + (INNER * 0.6 if slide.chart else 0)
        yield tabled(slide.table, Box(left, top, WIDTH - MARGIN - left, height))


def _laid_out(slide: Slide, pack: Pack, number: int) -> Page:
    items = [*_head(slide, pack, number)]
    top, bottom, deep = 1.9, 6.82, 0.0
    if slide.footnote:
        deep = min(len(lines_of(slide.footnote, INNER, 11)), 2)
        bottom -= 0.22 * deep + 0.1
        text = fitted(slide.footnote, INNER, 11, 2)
        items.append(TextAt(Box(MARGIN, bottom + 0.08, INNER, 0.22 * deep + 0.05), text, 11, QUIET, role="small"))
    for remark in reversed(slide.remarks[:2]):
        text = fitted(remark, INNER - 0.4, 13, 2)
        deep = 0.26 * len(lines_of(text, INNER - 0.4, 13)) + 0.12
        bottom -= deep + 0.06
        items.append(BarAt(Box(MARGIN, bottom + 0.04, 0.05, deep - 0.06), pack.branding.colour))
        items.append(TextAt(Box(MARGIN + 0.2, bottom, INNER - 0.2, deep), text, 13))
    if slide.figures:
        items += _figures(slide.figures, top, pack.branding.colour)
        top += 1.3
    body = _body(slide, top, bottom, pack.branding.colour)
    return Page(tuple(_frame(pack)), (*items, *body), slide.speaker)


def _named(client: str) -> tuple[str, float]:
    """The client's name on the cover: the smaller its letters must be, the more lines it may take."""
    sizes = ((44, 2), (36, 2), (28, 3), (22, 4))
    found = [sized(client, 10.4, (size,), most, is_bold=True) for size, most in sizes]
    return next((said for said in found if said[0] == client), found[-1])


def _cover(cover: Cover, branding: Branding) -> Page:
    """The first slide: a field of the company's colour, the client's name, and what the pack rests on."""
    colour = branding.colour
    client, size = _named(cover.client)
    said = [f"Prepared by {name}" for name in (branding.prepared_by or branding.company,) if name]
    lines = "   ".join([*said, *cover.lines[:1]])
    items: list[Item] = [
        TextAt(Box(MARGIN, 1.35, 11, 0.4), f"Quarterly business review · {cover.period}", 18, PAPER, role="small"),
        TextAt(Box(MARGIN, 1.85, 11.2, 1.7), client, size, PAPER, is_bold=True, role="title"),
        TextAt(Box(MARGIN, 5.05, 9.6, 0.36), cut(lines, 9.6, 15), 15),
        *(
            TextAt(Box(MARGIN, 5.45 + 0.32 * place, 9.6, 0.3), cut(line, 9.6, 12.5), 12.5, QUIET, role="small")
            for place, line in enumerate(cover.lines[1:])
        ),
    ]
    if branding.company:
        items.append(TextAt(Box(MARGIN, 0.55, 9, 0.4), cut(branding.company, 9, 15, True), 15, PAPER, is_bold=True))
    if branding.logo:
        items.append(LogoAt(Box(WIDTH - MARGIN - 2.4, 5.0, 2.4, 1.2)))
    field = (BarAt(Box(0, 0, WIDTH, 4.7), colour),)
    return Page(field, tuple(items), "Welcome, and who is here.", is_cover=True)


def pages(pack: Pack) -> tuple[Page, ...]:
    """Every slide of a pack laid out, the cover first."""
    inner = (_laid_out(slide, pack, number) for number, slide in enumerate(pack.slides, 2))
    return (_cover(pack.cover, pack.branding), *inner)


def colours_of(branding: Branding) -> tuple[str, ...]:
    """The colours of a chart's series, told apart without colour vision: dark, middle, light, and one that warns."""
    return branding.colour, AMBER, GREY, VERMILION

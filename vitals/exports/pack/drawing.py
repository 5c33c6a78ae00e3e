"""Charts as small drawings (SVG) for the PDF: columns, columns upon each other, bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, floor, log10

from vitals import formats
from vitals.exports.pack.layout import FACE, INK, POINT, QUIET, RULE, SLACK, cut, fitted, lines_of, width_of
from vitals.exports.pack.slides import Chart

SIZE, GAP, LINE = 11.0, 0.34, 13.0
"""Of labels in points; of the room between two categories; from one line of a label to the next."""


def _text(x: float, y: float, said: str, colour: str = QUIET, anchor: str = "middle", size: float = SIZE) -> str:
    style = f'font-family="{FACE}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(said, quote=False)}</text>'


def _bar(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}" fill="{colour}"/>'


def top_of(chart: Chart) -> float:
    """Where the scale ends: a round number above the largest value."""
    each = [[value or 0.0 for value in values] for values in zip(*(one.values for one in chart.series), strict=True)]
    largest = max((sum(values) if chart.kind == "stacked" else max(values) for values in each), default=0.0)
    if chart.form == "percent_whole":
        return 1.0
    if largest <= 0:
        return 1.0
    step = 10 ** floor(log10(largest))
    return float(ceil(largest / step * 2) / 2 * step)


def _legend(chart: Chart, colours: Sequence[str]) -> Iterator[str]:
    if len(chart.series) < 2:
        return
    at = 0.0
    for series, colour in zip(chart.series, colours, strict=False):
        yield _bar(at, 3, 9, 9, colour)
        yield _text(at + 14, 11.5, series.name, INK, "start")
        at += width_of(series.name, SIZE) * POINT + 34


def _columns(chart: Chart, width: float, height: float, colours: Sequence[str]) -> Iterator[str]:
    """Columns from the line at the foot, each with its value above."""
    head = 34.0 if len(chart.series) > 1 else 18.0
    count = max(len(chart.categories), 1)
    room = width / count
    names = [_label(name, room / POINT) for name in chart.categories]
    foot, high = height - 7 - LINE * max(map(len, names), default=1), top_of(chart)
    scale = (foot - head) / high
    yield f'<line x1="0" y1="{foot}" x2="{width}" y2="{foot}" stroke="{RULE}" stroke-width="1"/>'
    for place, lines in enumerate(names):
        left, inner = place * room + room * GAP / 2, room * (1 - GAP)
        for line, said in enumerate(lines, 1):
            yield _text(left + inner / 2, foot + 2 + LINE * line, said)
        draw = _stack if chart.kind == "stacked" else _beside
        yield from draw(chart, place, (left, inner, foot, scale), colours)


def _label(name: str, width: float) -> list[str]:
    """A category's name in the lines that it needs below its column: two, and cut only beyond them."""
    return lines_of(fitted(name, width, SIZE, 2), width, SIZE)


Place = tuple[float, float, float, float]


def _stack(chart: Chart, place: int, at: Place, colours: Sequence[str]) -> Iterator[str]:
    left, inner, foot, scale = at
    values = [series.values[place] for series in chart.series]
    base = foot
    for value, colour in zip(values, colours, strict=False):
        high = max(value or 0, 0) * scale
        base -= high
        yield _bar(left, base, inner, high, colour)
    known = [value for value in values if value is not None]
    yield _text(left + inner / 2, base - 5, formats.written(sum(known) if known else None, chart.form), INK)


def _beside(chart: Chart, place: int, at: Place, colours: Sequence[str]) -> Iterator[str]:
    left, inner, foot, scale = at
    part = min(inner / len(chart.series), 64)
    left += (inner - part * len(chart.series)) / 2
    for number, (series, colour) in enumerate(zip(chart.series, colours, strict=False)):
        value = series.values[place]
        high = max(value or 0, 0) * scale
        yield _bar(left + number * part, foot - high, part - 2, high, colour)
        yield _text(left + number * part + part / 2, foot - high - 5, formats.written(value, chart.form), INK)


def _bars(chart: Chart, width: float, height: float, colours: Sequence[str]) -> Iterator[str]:
    """Bars with the names of their categories before them and their values after."""
    longest = max((width_of(name, SIZE) * POINT for name in chart.categories), default=0)
    wide = min(longest / SLACK + 10, width * 0.42)
    room = min(height / max(len(chart.categories), 1), 40)
    high = top_of(chart)
    for place, name in enumerate(chart.categories):
        top, value = place * room, chart.series[0].values[place]
        length = max(value or 0, 0) / high * (width - wide - 60)
        yield _text(wide - 8, top + room / 2 + 4, cut(name, wide / POINT, SIZE), INK, "end")
        yield _bar(wide, top + room * 0.18, length, room * 0.64, colours[0])
        yield _text(wide + length + 6, top + room / 2 + 4, formats.written(value, chart.form), INK, "start")


def as_svg(chart: Chart, width: float, height: float, colours: Sequence[str]) -> str:
    """The chart as a drawing of so many inches."""
    wide, high = width * POINT, height * POINT
    draw = _bars if chart.kind == "bars" else _columns
    parts = "".join([*_legend(chart, colours), *draw(chart, wide, high, colours)])
    size = f'width="{wide:.1f}pt" height="{high:.1f}pt" viewBox="0 0 {wide:.1f} {high:.1f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{parts}</svg>'

"""What a pack is: slides of figures, charts, tables and sentences, whichever file they are written to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["columns", "stacked", "bars"]


@dataclass(frozen=True)
class Figure:
    """A number that stands large, with what it is and what it rests on."""

    label: str
    value: str
    detail: str = ""


@dataclass(frozen=True)
class Series:
    """What a chart shows of each category; nothing where a value is missing."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """Series by category: columns beside or upon each other, or bars with long names beside them."""

    kind: Kind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    form: str
    """How its numbers are written: a form of vitals.formats."""
    alt: str
    caption: str


@dataclass(frozen=True)
class Column:
    """A column of a table: its caption, its part of the width, and whether it holds numbers."""

    label: str
    weight: float = 1.0
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of text below captions."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Point:
    """A sentence with the word that says what it is, such as Outcome or Decision."""

    head: str
    text: str


@dataclass(frozen=True)
class Slide:
    """One slide: an outcome as its title, and what it rests on."""

    section: str
    label: str
    title: str
    figures: tuple[Figure, ...] = ()
    chart: Chart | None = None
    table: Table | None = None
    points: tuple[Point, ...] = ()
    remarks: tuple[str, ...] = ()
    """Notes written for the client."""
    footnote: str = ""
    speaker: str = ""
    """What whoever presents it may say, and what the figures are."""


@dataclass(frozen=True)
class Branding:
    """Whose pack it is: a name, a colour that can be read on white, a logo as PNG."""

    company: str = ""
    prepared_by: str = ""
    colour: str = "#1f5f9e"
    logo: bytes = b""


@dataclass(frozen=True)
class Cover:
    """What stands on the first slide."""

    client: str
    period: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Pack:
    """All that is handed to one client for one quarter."""

    cover: Cover
    slides: tuple[Slide, ...]
    branding: Branding = field(default_factory=Branding)
    caveat: str = ""
    """What whoever hands it out knows first: how far its slides can be read."""

    @property
    def title(self) -> str:
        """Its name, for the file's own title."""
        return f"{self.cover.client}: service review {self.cover.period}"

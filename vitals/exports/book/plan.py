"""What the data book holds: its sheets, their tables and the checks between them, as sheets.toml declares them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from vitals.catalogue import numbers_of
from vitals.queries import query

SHEETS_FILE = Path(__file__).parent / "sheets.toml"
MADE = ("share", "part", "sum", "less", "of_total", "running", "where", "input")
ENDINGS = {"_pct": "percent", "share": "percent", "_retention": "percent", "_hours": "hours", "_days": "days"}
"""What a number is by the end of its name, where the catalogue doesn't know it."""
MONTHS = ("month_start", "quarter_start", "last_month", "since", "paid_until")


@dataclass(frozen=True)
class Column:
    """One column: what stands in it, or of which columns its formula makes it."""

    name: str
    label: str
    form: str
    has_total: bool = False
    made: str = ""
    of: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    """Of these the ones that take nothing away where they are missing."""
    known: str = ""
    """The column that a row must have above 0 for its share to count in the total's."""
    says: Mapping[str, str] = field(default_factory=dict)
    """What a cell says in place of a word of the query, and in place of "" where nothing stands."""


@dataclass(frozen=True)
class Spread:
    """Values of another query side by side, such as a column for each month; joined by their key."""

    query: str
    key: str
    over: str
    value: str
    form: str = "money"
    has_total: bool = True


@dataclass(frozen=True)
class Chart:
    """A native chart of some columns, by the first of the table."""

    kind: str
    columns: tuple[str, ...]
    title: str
    until: str = ""
    """The yes or no after whose last yes the chart ends."""


@dataclass(frozen=True)
class Block:
    """One table of a sheet: the rows of a query."""

    name: str
    query: str
    columns: tuple[Column, ...]
    caption: str = ""
    lacks: str = ""
    """What it would take where the query has no row."""
    spread: Spread | None = None
    chart: Chart | None = None
    is_turned: bool = False
    """A single row, shown with a line for each column."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its number, the name on its tab, and what it says."""

    number: int
    tab: str
    title: str
    note: str
    blocks: tuple[Block, ...]
    has_margins: bool = False
    """Whether it shows margins or labour, so that it says first where none can be read."""

    @property
    def name(self) -> str:
        """The name on its tab, with its number."""
        return f"{self.number} {self.tab}"


@dataclass(frozen=True)
class Term:
    """One side of a check: the sum of some columns of a table, of all that is spread (*), or a query's value."""

    of: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """Two sums that must be the same."""

    words: str
    left: Term
    right: Term
    unit: str = ""
    """What is summed; money where it isn't said."""
    is_apart: bool = False
    """Whether its left side is of differences, whose sizes are summed: else one would make up for another."""


@dataclass(frozen=True)
class Plan:
    """The whole book."""

    sheets: tuple[Sheet, ...]
    checks: tuple[Check, ...] = field(default=())
    leads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Finding or red flag -> the table with its rows, and the row that says it where a single one does."""


def _form(name: str, sql_type: str) -> str:
    if sql_type == "DATE":
        return "month" if name in MONTHS else "day"
    if sql_type.startswith("DECIMAL"):
        return "money"
    if sql_type == "DOUBLE":
        return next((form for ending, form in ENDINGS.items() if name.endswith(ending)), "number")
    return {"BIGINT": "count", "INTEGER": "count", "BOOLEAN": "yes_no", "TIMESTAMP": "moment"}.get(sql_type, "text")


def _column(of: str, said: str | dict[str, Any]) -> Column:
    spec: dict[str, Any] = {"name": said} if isinstance(said, str) else dict(said)
    name = spec["name"]
    types = {column.name: column.sql_type for column in query(of).columns}
    known = next((item for item in numbers_of(of) if item.column == name), None)
    # the unit in a caption tells an amount from a share
    label = known.label.removesuffix(", amount") if known else name.removesuffix("_pct").replace("_", " ").capitalize()
    form = known.format if known else _form(name, types.get(name, "VARCHAR"))
    return Column(
        name=name,
        label=spec.get("label", label),
        form=spec.get("form", form),
        has_total=spec.get("total", False),
        made=spec.get("made", ""),
        of=tuple(spec.get("of", ())),
        optional=tuple(spec.get("optional", ())),
        known=spec.get("known", ""),
        says=spec.get("says", {}),
    )


def _block(spec: dict[str, Any]) -> Block:
    of = spec["query"]
    chart, spread = spec.get("chart"), spec.get("spread")
    return Block(
        name=spec["name"],
        query=of,
        columns=tuple(_column(of, said) for said in spec["columns"]),
        caption=spec.get("caption", ""),
        lacks=spec.get("lacks", ""),
        spread=Spread(**spread) if spread else None,
        chart=Chart(**{**chart, "columns": tuple(chart["columns"])}) if chart else None,
        is_turned=spec.get("turned", False),
    )


def _sheet(spec: dict[str, Any]) -> Sheet:
    blocks = tuple(map(_block, spec["blocks"]))
    return Sheet(spec["number"], spec["tab"], spec["title"], spec.get("note", ""), blocks, spec.get("margins", False))


def _term(said: list[str]) -> Term:
    return Term(said[0], tuple(said[1:]))


def _check(said: dict[str, Any]) -> Check:
    return Check(
        said["words"], _term(said["left"]), _term(said["right"]), said.get("unit", ""), said.get("apart", False)
    )


@cache
def plan() -> Plan:
    """The book as it is declared."""
    with SHEETS_FILE.open("rb") as file:
        said = tomllib.load(file)
    leads = {name: tuple(way) for name, way in said["leads"].items()}
    return Plan(tuple(map(_sheet, said["sheets"])), tuple(map(_check, said["checks"])), leads)

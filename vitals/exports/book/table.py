"""One table of a sheet: its captions, rows, formulas and totals, and where they stand for who points at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.worksheet import Worksheet

from vitals import formats
from vitals.exports.book import formula
from vitals.exports.book.paper import HEAD, SENTENCE, WIDEST, Paper, cell, number_of, shown, width_of
from vitals.exports.book.plan import Block, Column, Spread

Row = Mapping[str, Any]
FORMULAS = ("share", "part", "sum", "less", "of_total")
WAY = 26.0
"""The width of a column whose cells lead elsewhere."""
UNITS = {"hours": "h", "days": "days"}
WORDS, ALERTS = ("text", "sentence"), ("fail", "high")


@dataclass(frozen=True)
class Placed:
    """Where a table stands: its sheet, rows and columns, and what its numbers come to."""

    sheet: str
    header: int
    first: int
    last: int
    columns: dict[str, int]
    sums: dict[str, float]
    spread: tuple[int, int] | None = None
    rows: dict[str, int] = field(default_factory=dict)
    """The row of each client or technician."""
    latest: dict[str, int] = field(default_factory=dict)
    """The last row in which each yes or no is a yes."""
    is_turned: bool = False
    """Whether each row is a measure, by its name, whose value stands beside it."""
    sizes: dict[str, float] = field(default_factory=dict)
    """What the numbers come to where none makes up for another."""

    @property
    def below(self) -> int:
        """The first free row, a total and a gap apart."""
        return self.last + 3

    def range(self, columns: Sequence[str]) -> list[str]:
        """The addresses of some columns' cells, of * those that are spread."""
        quoted = "'" + self.sheet.replace("'", "''") + "'!"
        if self.is_turned:
            return [f"{quoted}{cell(self.rows[name], 1, fixed=True)}" for name in columns]
        return [f"{quoted}{cell(self.first, one, fixed=True)}:{cell(self.last, two, fixed=True)}"
                for one, two in map(self._between, columns)]  # fmt: skip

    def _between(self, name: str) -> tuple[int, int]:
        if name == "*":
            return self.spread or (0, 0)
        return self.columns[name], self.columns[name]


def _room(column: Column) -> float:
    """How many letters a line of a column of words holds."""
    return SENTENCE if column.form == "sentence" else WIDEST / 1.12


def caption(column: Column) -> str:
    """A column's label with its unit."""
    if column.form in ("money", "money_exact", "rate"):
        return formats.captioned(column.label)
    unit = UNITS.get(column.form, "")
    return f"{column.label}, {unit}" if unit and unit not in column.label.lower().split() else column.label


def _or_nothing(column: Column, name: str, value: float | None) -> float | None:
    return 0.0 if value is None and name in column.optional else value


@dataclass
class Table:
    """A table as it is being written."""

    paper: Paper
    sheet: Worksheet
    block: Block
    rows: Sequence[Row]
    spread: dict[Any, dict[Any, Any]]
    top: int
    widths: dict[int, float]
    """Of the sheet's columns so far: tables below each other share them."""
    links: Mapping[int, str] = field(default_factory=dict)
    """By the place of a row the address that it leads to."""

    @property
    def overs(self) -> list[Any]:
        """What stands side by side, in order."""
        return sorted({over for found in self.spread.values() for over in found})

    @property
    def first(self) -> int:
        """The first row of data."""
        return self.top + (2 if self.block.caption else 1)

    @property
    def last(self) -> int:
        """The last row of data."""
        return self.first + max(len(self.rows), 1) - 1

    @property
    def total(self) -> int:
        """The row of totals."""
        return self.last + 1

    @property
    def at(self) -> dict[str, int]:
        """The place of each column."""
        return {column.name: place for place, column in enumerate(self.block.columns)}

    def write(self) -> Placed:
        """Captions, rows and totals; returns where they stand."""
        self._head()
        sums = {column.name: self._sum(column.name) for column in self.block.columns if not column.made}
        values: list[dict[str, float | None]] = []
        for place, row in enumerate(self.rows):
            values.append(self._row(self.first + place, row, sums))
        made = {name: formula.known_sum(row.get(name) for row in values) for name in self.at}
        self._totals(made)
        self._widths()
        spans = (len(self.block.columns), len(self.block.columns) + len(self.overs) - 1) if self.overs else None
        spread = sum(number_of(value) or 0.0 for found in self.spread.values() for value in found.values())
        kept = {**{name: value or 0.0 for name, value in made.items()}, "*": spread}
        sizes = {name: sum(abs(row.get(name) or 0.0) for row in values) for name in self.at}
        return Placed(
            self.sheet.get_name(), self.first - 1, self.first, self.last, self.at, kept, spans, self._named(),
            self._latest(), sizes=sizes,
        )  # fmt: skip

    def _latest(self) -> dict[str, int]:
        return {name: self.first + place for place, row in enumerate(self.rows) for name in row if row[name] is True}

    def _named(self) -> dict[str, int]:
        return {str(row[name]): self.first + place for name in ("technician", "client")
                for place, row in enumerate(self.rows) if row.get(name)}  # fmt: skip

    def _sum(self, name: str) -> float:
        return sum(number_of(row.get(name)) or 0.0 for row in self.rows)

    def _head(self) -> None:
        if self.block.caption:
            self.paper.write(self.sheet, self.top, 0, self.block.caption, "caption")
        header = self.first - 1
        for place, column in enumerate(self.block.columns):
            form = "text" if column.form in ("month", "day", "moment", "by_row") else column.form
            self.paper.write(self.sheet, header, place, caption(column), "header", form)
        for place, over in enumerate(self.overs, start=len(self.block.columns)):
            form = "month" if hasattr(over, "year") else "count"
            self.paper.write(self.sheet, header, place, over, "header", form)
        self.sheet.set_row(header, HEAD)

    def _row(self, at: int, row: Row, sums: Mapping[str, float]) -> dict[str, float | None]:
        values = {column.name: number_of(row.get(column.name)) for column in self.block.columns}
        running = 0.0
        for place, column in enumerate(self.block.columns):
            if column.made in FORMULAS:
                values[column.name] = self._made(at, place, column, values, sums)
            elif column.made == "running":
                before = sum(self._share_of(column.of[0], index, sums) for index in range(at - self.first + 1))
                running = before
                first = cell(self.first, self.at[column.of[0]], fixed=True)
                self.paper.write_formula(self.sheet, at, place, formula.summed(first, cell(at, self.at[column.of[0]])),
                                         running, "plain", column.form)  # fmt: skip
            else:
                self._plain(at, place, column, row)
        said = [(row.get(column.name), _room(column)) for column in self.block.columns if column.form in WORDS]
        self.paper.fit(self.sheet, at, said)
        own = self.spread.get(row.get(self.block.spread.key), {}) if self.block.spread else {}
        for place, over in enumerate(self.overs, start=len(self.block.columns)):
            self.paper.write(self.sheet, at, place, own.get(over), "plain", self._spread.form)
        return values

    @property
    def _spread(self) -> Spread:
        assert self.block.spread is not None
        return self.block.spread

    def _share_of(self, name: str, index: int, sums: Mapping[str, float]) -> float:
        column = next(item for item in self.block.columns if item.name == name)
        part, whole = number_of(self.rows[index].get(column.of[0])) or 0.0, sums[column.of[0]]
        return part / whole if whole > 0 else 0.0

    def _plain(self, at: int, place: int, column: Column, row: Row) -> None:
        """A value, a cell to fill in, or the way to the rows behind the line."""
        if column.made == "input":
            self.paper.write(self.sheet, at, place, None, "input", column.form)
        elif column.made == "where":
            target = self.links.get(at - self.first, "")
            if target:
                self.sheet.write_url(at, place, f"internal:{target}", self.paper.look("link"), target.replace("'", ""))
        else:
            form = str(row.get("format") or "text") if column.form == "by_row" else column.form
            style = "alert" if row.get(column.name) in ALERTS else "wrapped" if form in WORDS else "plain"
            value = row.get(column.name)
            said = column.says.get("" if value is None else str(value))
            if said is None:
                said = value.replace("_", " ") if form == "words" and value else value
            self.paper.write(self.sheet, at, place, said, style, "text" if form == "words" else form)

    def _made(
        self, at: int, place: int, column: Column, values: Mapping[str, float | None], sums: Mapping[str, float]
    ) -> float | None:
        refs = self._refs(at, column.of)
        found = [_or_nothing(column, name, values.get(name)) for name in column.of]
        if column.made == "of_total":
            refs.append(cell(self.total, self.at[column.of[0]], fixed=True))
            found.append(sums[column.of[0]])
        value = formula.value(column.made, found)
        text = formula.text(column.made, refs, self._refs(at, column.optional))
        self.paper.write_formula(self.sheet, at, place, text, value, "plain", column.form)
        return value

    def _refs(self, at: int, names: Sequence[str]) -> list[str]:
        return [cell(at, self.at[name]) for name in names]

    def _totals(self, made: dict[str, float | None]) -> None:
        columns = self.block.columns
        has_total = any(column.has_total for column in columns) or (self.block.spread and self.block.spread.has_total)
        if not has_total or self.block.is_turned:
            return
        totals: dict[str, float | None] = {}
        for place, column in enumerate(columns):
            totals[column.name] = self._total(place, column, made, totals)
        for place, over in enumerate(self.overs, start=len(columns)):
            if self.block.spread and self.block.spread.has_total:
                found = sum(number_of(own.get(over)) or 0.0 for own in self.spread.values())
                self._summed(place, found, self.block.spread.form)

    def _summed(self, place: int, found: float | None, form: str) -> None:
        text = formula.summed(cell(self.first, place), cell(self.last, place))
        self.paper.write_formula(self.sheet, self.total, place, text, found, "total", form)

    def _total(
        self, place: int, column: Column, made: Mapping[str, float | None], totals: Mapping[str, float | None]
    ) -> float | None:
        if column.has_total:
            self._summed(place, made[column.name], column.form)
            return made[column.name]
        if column.known:
            return self._of_known(place, column)
        found = [_or_nothing(column, name, totals.get(name)) for name in column.of]
        if column.made in ("share", "part", "sum", "less") and None not in found:
            value = formula.value(column.made, found)
            refs, optional = self._refs(self.total, column.of), self._refs(self.total, column.optional)
            text = formula.text(column.made, refs, optional)
            self.paper.write_formula(self.sheet, self.total, place, text, value, "total", column.form)
            return value
        self.paper.write(self.sheet, self.total, place, "Total" if place == 0 else None, "total")
        return None

    def _of_known(self, place: int, column: Column) -> float | None:
        """A total's share of the rows alone in which what it rests on is known, as the number is made elsewhere."""
        sums = [
            sum(number_of(row.get(name)) or 0.0 for row in self.rows if (number_of(row.get(column.known)) or 0.0) > 0)
            for name in column.of
        ]
        value = formula.value("share", sums)
        spans = [
            f"{cell(self.first, self.at[name])}:{cell(self.last, self.at[name])}" for name in (column.known, *column.of)
        ]
        self.paper.write_formula(self.sheet, self.total, place, formula.of_known(*spans), value, "total", column.form)
        return value

    def _widths(self) -> None:
        for place, column in enumerate(self.block.columns):
            cells = [shown(row.get(column.name), column.form) for row in self.rows]
            cells += column.says.values()
            cells += [shown(self._sum(column.name), column.form)] if column.has_total or column.made else []
            texts = [self.paper.mask.hide(text) for text in cells] if column.form == "text" else cells
            wide = WAY if column.made == "where" else width_of(caption(column), texts, column.form)
            self.widths[place] = max(self.widths.get(place, 0.0), wide)
        for place, over in enumerate(self.overs, start=len(self.block.columns)):
            found = [own.get(over) for own in self.spread.values()]
            total = sum(number_of(value) or 0.0 for value in found)
            wide = width_of("", [shown(value, self._spread.form) for value in [*found, total]], self._spread.form)
            self.widths[place] = max(self.widths.get(place, 0.0), wide)


@dataclass
class Turned:
    """The values of a single row, one below the other: each a value, or a live formula over others of the same row."""

    paper: Paper
    sheet: Worksheet
    rows: Mapping[str, int]

    def write(self, place: int, columns: Sequence[Column], row: Row) -> dict[str, float | None]:
        """Each value in its line; returns what they come to. What isn't known is no formula either."""
        values = {column.name: number_of(row.get(column.name)) for column in columns}
        for column in columns:
            at, value = self.rows[column.name], row.get(column.name)
            if column.made not in FORMULAS or value is None:
                self.paper.write(self.sheet, at, place, value, "plain", column.form)
                continue
            found = [_or_nothing(column, name, values.get(name)) for name in column.of]
            refs, optional = (
                [cell(self.rows[name], place) for name in names] for names in (column.of, column.optional)
            )
            values[column.name] = formula.value(column.made, found)
            text = formula.text(column.made, refs, optional)
            self.paper.write_formula(self.sheet, at, place, text, values[column.name], "plain", column.form)
        return values

    def change(self, column: Column, values: Mapping[str, float | None], before: Mapping[str, float | None]) -> None:
        """By how much a number differs from that of the period before."""
        made, form = ("points", "points") if column.form.startswith("percent") else ("less", column.form)
        if column.form != "text":
            at = self.rows[column.name]
            found = formula.value(made, [values.get(column.name), before.get(column.name)])
            text = formula.text(made, [cell(at, 1), cell(at, 2)])
            self.paper.write_formula(self.sheet, at, 3, text, found, "plain", form)

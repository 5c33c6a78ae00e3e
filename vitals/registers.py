"""The registers: the small tables that users fill in themselves, as registers.toml declares them."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from vitals.errors import VitalsError

REGISTERS_FILE = Path(__file__).parent / "registers.toml"
MOST_ROWS, MOST_LETTERS = 500, 10_000
SQL_TYPES = {
    "text": "varchar",
    "client": "varchar",
    "choice": "varchar",
    "number": "double",
    "count": "bigint",
    "percent": "double",
    "money": "decimal(18, 4)",
    "date": "date",
    "yes_no": "boolean",
}
NUMBERS = ("number", "count", "percent", "money")
WIDEST = 1e12
"""A number without bounds of its own is believed up to here, so that sums over a register fit their types."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One column of a register."""

    name: str
    label: str
    kind: str
    help: str = ""
    is_required: bool = False
    is_fixed: bool = False
    choices: tuple[str, ...] = ()
    min: float = -WIDEST
    max: float = WIDEST
    letters: int = MOST_LETTERS
    """How long a text may be."""

    @property
    def sql_type(self) -> str:
        """The DuckDB type that it is kept as."""
        return SQL_TYPES[self.kind]

    def _number(self, value: Any) -> Any:
        try:
            number = int(value) if self.kind == "count" else Decimal(str(value))
        except (ValueError, InvalidOperation):
            raise VitalsError(f"{self.label}: {value!r} is not a number.", "Give a number.") from None
        if not self.min <= number <= self.max:
            hint = f"Give a value from {self.min:g} to {self.max:g}."
            raise VitalsError(f"{self.label} can't be {value}.", hint)
        return number if self.kind in ("count", "money") else float(number)

    def _date(self, value: Any) -> date:
        if isinstance(value, datetime):
            return value.date()
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
        except ValueError:
            raise VitalsError(f"{self.label}: {value!r} is not a day.", "Give it as 2026-03-31.") from None

    def _text(self, value: Any) -> str:
        text = str(value).strip()
        if self.choices and text not in self.choices:
            raise VitalsError(f"{self.label}: {text!r} is no choice.", f"There are: {', '.join(self.choices)}.")
        if len(text) > self.letters:
            raise VitalsError(f"{self.label} is too long.", f"Keep it below {self.letters} letters.")
        return text

    def read(self, value: Any) -> Any:
        """The value to keep; nothing for what is empty. Raises VitalsError for what can't be one."""
        is_missing = value is None or value != value or (isinstance(value, str) and not value.strip())
        if is_missing:
            if self.is_required:
                raise VitalsError(f"{self.label} is empty.", "Fill it, or take the row away.")
            return None
        if self.kind in NUMBERS:
            return self._number(value)
        if self.kind == "yes_no":
            return bool(value)
        return self._date(value) if self.kind == "date" else self._text(value)


@dataclass(frozen=True)
class Register:
    """A small table that users fill in, kept with the workspace as raw.<name>."""

    name: str
    label: str
    purpose: str
    fields: tuple[Field, ...]
    unique: tuple[str, ...] = ()
    is_fixed: bool = False
    most: Mapping[str, int] = field(default_factory=dict)
    """Column -> how many rows may have the same value of it."""
    rows: tuple[Mapping[str, Any], ...] = ()
    """What it holds until somebody changes it."""

    @property
    def table(self) -> str:
        """Where the workspace keeps it."""
        return f"raw.{self.name}"

    def read(self, row: Mapping[str, Any]) -> Row:
        """A row to keep, every field in its place. Raises VitalsError where a value can't stand."""
        return {field.name: field.read(row.get(field.name)) for field in self.fields}

    def checked(self, rows: Sequence[Mapping[str, Any]]) -> list[Row]:
        """The rows to keep. Raises VitalsError for too many, a value that can't stand and one that stands twice."""
        if len(rows) > MOST_ROWS:
            raise VitalsError(f"{self.label} can hold {MOST_ROWS} rows.", "Take some away first.")
        read = [self.read(row) for row in rows]
        self._check_unique(read)
        self._check_most(read)
        return read

    def _check_unique(self, rows: Sequence[Row]) -> None:
        seen = set[tuple[str, ...]]()
        for row in rows if self.unique else ():
            key = tuple(str(row[name]).casefold() for name in self.unique)
            if key in seen:
                said = ", ".join(str(row[name]) for name in self.unique if row[name] is not None)
                hint = "Change or take away one of the two."
                raise VitalsError(f"{self.label}: {said or 'a row'} stands twice.", hint)
            seen.add(key)

    def _check_most(self, rows: Sequence[Row]) -> None:
        for name, most in self.most.items():
            for value, found in Counter(row[name] for row in rows).items():
                if found > most:
                    raise VitalsError(f"{self.label}: {value} has {found} rows.", f"Keep at most {most}.")


def _field(name: str, spec: Mapping[str, Any]) -> Field:
    return Field(name=name, **{**spec, "choices": tuple(spec.get("choices", ()))})


def _register(name: str, spec: Mapping[str, Any]) -> Register:
    fields = tuple(_field(column, said) for column, said in spec["columns"].items())
    rest = {key: value for key, value in spec.items() if key not in ("columns", "unique", "rows")}
    unique, rows = tuple(spec.get("unique", ())), tuple(spec.get("rows", ()))
    return Register(name=name, fields=fields, unique=unique, rows=rows, **rest)


@cache
def registers() -> dict[str, Register]:
    """Every register by name."""
    with REGISTERS_FILE.open("rb") as file:
        return {name: _register(name, spec) for name, spec in tomllib.load(file).items()}


def register(name: str) -> Register:
    """The register of that name; VitalsError lists the names if there is none."""
    if name not in registers():
        raise VitalsError(f"There is no register named {name}.", f"There are: {', '.join(registers())}.")
    return registers()[name]


def kept_rows(con: duckdb.DuckDBPyConnection, kept: Register) -> list[Row]:
    """The rows that stand in a register's table, in their order."""
    named = [column.name for column in kept.fields]
    found = con.execute(f"select {', '.join(named)} from {kept.table} order by place").fetchall()
    return [dict(zip(named, row, strict=True)) for row in found]


def write_register(con: duckdb.DuckDBPyConnection, kept: Register, rows: Iterable[Mapping[str, Any]]) -> None:
    """Let checked rows stand in a register's table instead of all that it held."""
    con.execute(f"delete from {kept.table}")
    named = ", ".join(["place", *(column.name for column in kept.fields)])
    for place, row in enumerate(rows):
        values = [place, *row.values()]
        con.execute(f"insert into {kept.table} ({named}) values ({', '.join('?' * len(values))})", values)


def create_register(con: duckdb.DuckDBPyConnection, kept: Register) -> None:
    """Make the register's table where it lacks, with what it holds until somebody changes it, and its later columns."""
    known = "select 1 from duckdb_tables() where schema_name = 'raw' and table_name = ?"
    is_new = not con.execute(known, [kept.name]).fetchall()
    con.execute(f"create table if not exists {kept.table} (place integer)")
    for column in kept.fields:
        con.execute(f"alter table {kept.table} add column if not exists {column.name} {column.sql_type}")
    if is_new:
        write_register(con, kept, map(kept.read, kept.rows))
    elif kept.is_fixed:
        _add_later_rows(con, kept)


def _add_later_rows(con: duckdb.DuckDBPyConnection, kept: Register) -> None:
    """Give an older workspace the rows of a register that nobody can add to, which came after it was kept."""
    rows = kept_rows(con, kept)
    known = {tuple(row[name] for name in kept.unique) for row in rows}
    later = [kept.read(row) for row in kept.rows if tuple(row[name] for name in kept.unique) not in known]
    if rows and later:
        write_register(con, kept, [*rows, *later])

"""The input contract: what each uploaded entity may hold, read from contract.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

CONTRACT_FILE = Path(__file__).parent / "contract.toml"

SQL_TYPES = {
    "id": "VARCHAR",
    "text": "VARCHAR",
    "client": "VARCHAR",
    "technician": "VARCHAR",
    "choice": "VARCHAR",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "money": "DECIMAL(18,4)",
    "hours": "DECIMAL(18,9)",
    "percent": "DOUBLE",
    "number": "DOUBLE",
    "integer": "BIGINT",
    "boolean": "BOOLEAN",
}


@dataclass(frozen=True)
class Column:
    """One column of an entity: its name, kind of value, the captions that exports give it, and what is believable."""

    name: str
    kind: str
    help: str
    required: bool = False
    needed_if_given: bool = False
    """Whether each row must fill it if the file has the column."""
    captions: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    """Words of captions that may mean it among much else: read so only where the user says yes."""
    choices: tuple[str, ...] = ()
    spellings: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Other words for the choices."""
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    """Words that mean yes or no in this column alone."""
    from_stars: bool = False
    """Whether grades of one to five stars are brought to its scale of -1, 0 and 1."""
    happened: bool = False
    """A date of something that happened (2000 .. today + 1 year) rather than of a contract (1950 .. 2100)."""
    by_month: bool = False
    """Whether a month may stand for its first day."""
    needed_for: str = ""
    refuse_negative: str = ""
    """The reason for which a row with a negative value is left out; none if it may be negative."""
    plausible: tuple[float, float] | None = None
    """The least and the most of a number, 0 aside: a row beyond is left out."""
    flag_missing: str = ""
    flag_zero: str = ""
    flag_negative: str = ""
    most: float | None = None
    flag_above: str = ""
    not_before: str = ""
    flag_before: str = ""
    """The flags of rows that are loaded and hard to believe: nothing, too little, too much, too early."""

    @property
    def sql_type(self) -> str:
        """The DuckDB type that the column has in raw and staging tables."""
        return SQL_TYPES[self.kind]

    def is_plausible(self, number: float | Decimal) -> bool:
        """Whether a number lies in the range of the column's."""
        return self.plausible is None or number == 0 or self.plausible[0] <= number <= self.plausible[1]


@dataclass(frozen=True)
class Entity:
    """One kind of uploaded table: its grain, key and columns."""

    name: str
    label: str
    noun: tuple[str, str]
    """One of its rows in words, and several."""
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    called: str = ""
    """What its file is called, where not by its label."""
    key_may_lack: tuple[str, ...] = ()
    """Parts of the key that count as one more value when they are empty."""
    money: str = ""
    hours: str = ""
    """The columns whose sums are shown as loaded and left out; none where it has no such column."""
    needs_one_of: tuple[str, ...] = ()
    """Columns of which a file must hold one; the key takes the next where one is empty."""
    document: str = ""
    """The column that names what a later file replaces as a whole, such as an invoice."""
    most_columns: int | None = None
    """A wider table is not taken for one, since any table holds what it needs."""

    @property
    def file_noun(self) -> str:
        """What users call a file of its rows."""
        return self.called or self.label.casefold()

    def has(self, name: str) -> bool:
        """Whether it has a column of that name."""
        return any(column.name == name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if the entity has none."""
        return next(column for column in self.columns if column.name == name)

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns without which a file can't be loaded as this entity."""
        return tuple(column for column in self.columns if column.required)

    def lacking(self, answered: Collection[str]) -> tuple[Column, ...]:
        """The columns that a file with an answer for only these lacks."""
        absent = [column for column in self.required if column.name not in answered]
        if self.needs_one_of and not any(name in answered for name in self.needs_one_of):
            absent.append(self.column(self.needs_one_of[0]))
        return tuple(absent)


def _fields(spec: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in spec.items()}


def _column(name: str, spec: dict[str, Any]) -> Column:
    words: dict[str, Any] = {key: frozenset(spec[key]) for key in ("yes", "no") if key in spec}
    return Column(name=name, **(_fields(spec) | words))


def _entity(name: str, spec: dict[str, Any]) -> Entity:
    columns = tuple(_column(column, fields) for column, fields in spec["columns"].items())
    return Entity(name=name, **(_fields(spec) | {"columns": columns}))


@cache
def entities() -> dict[str, Entity]:
    """Every entity of the contract by name, in the order in which the file lists them."""
    with CONTRACT_FILE.open("rb") as file:
        return {name: _entity(name, spec) for name, spec in tomllib.load(file).items()}


def choices_of(name: str) -> tuple[str, ...]:
    """The words that the column of that name may hold, whichever entity has it."""
    return next(entity.column(name).choices for entity in entities().values() if entity.has(name))

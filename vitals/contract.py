"""The input contract: what each uploaded entity may hold, read from contract.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
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
    """One column of an entity: its name, kind of value, and the captions that exports give it."""

    name: str
    kind: str
    help: str
    required: bool = False
    captions: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    happened: bool = False
    """A date of something that happened (2000 .. today + 1 year) rather than of a contract (1950 .. 2100)."""
    needed_for: str = ""

    @property
    def sql_type(self) -> str:
        """The DuckDB type that the column has in raw and staging tables."""
        return SQL_TYPES[self.kind]


@dataclass(frozen=True)
class Entity:
    """One kind of uploaded table: its grain, key and columns."""

    name: str
    label: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if the entity has none."""
        return next(column for column in self.columns if column.name == name)

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns without which a file can't be loaded as this entity."""
        return tuple(column for column in self.columns if column.required)


def _column(name: str, spec: dict[str, Any]) -> Column:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in spec.items()}
    return Column(name=name, **fields)


def _entity(name: str, spec: dict[str, Any]) -> Entity:
    columns = tuple(_column(column, fields) for column, fields in spec["columns"].items())
    return Entity(name, spec["label"], spec["grain"], tuple(spec["key"]), columns)


@cache
def entities() -> dict[str, Entity]:
    """Every entity of the contract by name, in the order in which the file lists them."""
    with CONTRACT_FILE.open("rb") as file:
        return {name: _entity(name, spec) for name, spec in tomllib.load(file).items()}

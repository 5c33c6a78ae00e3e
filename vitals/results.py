"""A named query asked in text: its parameters are read by their type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import isfinite
from typing import TYPE_CHECKING, Any, Protocol

from vitals import warehouse
from vitals.assumptions import assumptions, read_value
from vitals.errors import VitalsError
from vitals.queries import query
from vitals.steps import asked

if TYPE_CHECKING:
    import pyarrow as pa

MOST = {"INTEGER": 2**31 - 1, "BIGINT": 2**63 - 1}
"""The largest whole number of a type; parameters of these types count or number something, so none is negative."""


DEFAULTS = ("metrics.assumptions", "metrics.default_period")
"""The queries of what a parameter is when it isn't given."""


def _read_date(text: str) -> date:
    return date.fromisoformat(f"{text}-01" if len(text) == len("2026-01") else text)


def _read_yes(text: str) -> bool:
    return {"true": True, "yes": True, "false": False, "no": False}[text.lower()]


def _read_amount(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError(text)
    return value


READERS: dict[str, Callable[[str], Any]] = {
    "DATE": _read_date,
    "DOUBLE": _read_amount,
    "INTEGER": int,
    "BIGINT": int,
    "BOOLEAN": _read_yes,
    "VARCHAR": str,
}


def read_param(name: str, sql_type: str, text: str) -> Any:
    """The value of a parameter given as text, by its DuckDB type; empty text is no value.

    One that goes before an assumption has its bounds.
    Raises VitalsError if the text is no value of that type, or one beyond what the parameter can be.
    """
    if text == "":
        return None
    if name in assumptions():
        return read_value(name, text)
    try:
        value = READERS[sql_type](text)
    except (ValueError, KeyError):
        hint = "Dates look like 2026-01-31, months like 2026-01, shares like 0.2."
        raise VitalsError(f"{name} is a {sql_type}, and {text!r} is none.", hint) from None
    if sql_type in MOST and not 0 <= value <= MOST[sql_type]:
        raise VitalsError(f"{name} can't be {text}.", f"Give a whole number from 0 to {MOST[sql_type]}.")
    return value


class Engine(Protocol):
    """What answers named queries: the workspace's own file, or a cluster that reads what was published of it."""

    def run(self, name: str, params: Mapping[str, Any]) -> pa.Table:
        """The rows of a named query; VitalsError where it can't be asked here."""


@dataclass(frozen=True)
class File:
    """The engine that is always there: DuckDB on a workspace."""

    con: warehouse.Connection

    def run(self, name: str, params: Mapping[str, Any]) -> pa.Table:
        """The rows of a named query."""
        with asked(self.con, name, params) as (sql, bound):
            return self.con.sql(sql, params=bound).to_arrow_table()


def defaults(con: warehouse.Connection) -> dict[str, Any]:
    """What a parameter is when it isn't given: the last 12 complete months, the data's last day, the assumptions."""
    return {key: value for name in DEFAULTS for row in warehouse.rows(con, name) for key, value in row.items()}


def _defaults_of(engine: Engine) -> dict[str, Any]:
    return {key: value for name in DEFAULTS for row in engine.run(name, {}).to_pylist() for key, value in row.items()}


def rows_of(con: warehouse.Connection, name: str, known: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a named query, which takes of what is known whatever it has a parameter for."""
    return warehouse.rows(con, name, **{param: known.get(param) for param in query(name).params})


def check_months(asked: Mapping[str, Any]) -> None:
    """Raise VitalsError where a month is no first of a month, or the last comes before the first."""
    months = [(name, asked[name]) for name in ("month_from", "month_to") if asked.get(name)]
    for name, month in months:
        if month.day != 1:
            first = month.replace(day=1)
            raise VitalsError(f"{name} is a month, and {month} isn't its first day.", f"Give {first} for that month.")
    if len(months) == 2 and months[0][1] > months[1][1]:
        found = f"month_from, {months[0][1]}, comes after month_to, {months[1][1]}."
        raise VitalsError(found, "Give the earlier month first.")


def values(name: str, given: Mapping[str, str], usual: Callable[[], Mapping[str, Any]]) -> dict[str, Any]:
    """What a named query is asked with: parameters that aren't given are what is usual.

    Raises VitalsError for an unknown query or parameter, or a value that can't be read.
    """
    types = query(name).params
    read = {key: read_param(key, types.get(key, "VARCHAR"), text) for key, text in given.items()}
    known = usual() if types.keys() - read.keys() else {}
    asked = {key: read[key] if key in read else known.get(key) for key in types} | read
    check_months(asked)
    return asked


def ask(con: warehouse.Connection, name: str, given: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows of a named query; raises VitalsError as `values` does."""
    return warehouse.rows(con, name, **values(name, given, partial(defaults, con)))


def ask_engine(engine: Engine, name: str, given: Mapping[str, str]) -> list[dict[str, Any]]:
    """The same of any engine."""
    found: list[dict[str, Any]] = engine.run(name, values(name, given, partial(_defaults_of, engine))).to_pylist()
    return found

"""The statements that write and account for a workspace: read by name from queries/workspace and run."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import duckdb

from vitals.contract import entities
from vitals.queries import QUERIES

FOLDER = QUERIES / "workspace"
HEADER = re.compile(r"\A(?:--[^\n]*\n)+\s*")


@cache
def text_of(name: str, entity: str = "") -> str:
    """The text of a file below its header, made for one entity where it holds for any; KeyError for an unknown one.

    Only identifiers that stand in the contract are filled in: {entity} is the table of the entity's rows, {money} and
    {hours} are its columns of amounts, null where it has none.
    """
    text = HEADER.sub("", (FOLDER / f"{name}.sql").read_text(encoding="utf-8"))
    if not entity:
        return text
    known = entities()[entity]
    filled = {"{entity}": known.name, "{money}": known.money or "null", "{hours}": known.hours or "null"}
    for placeholder, identifier in filled.items():
        text = text.replace(placeholder, identifier)
    return text


@cache
def _parts(name: str, entity: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The statements of a file, each with the names of its parameters."""
    found = duckdb.extract_statements(text_of(name, entity))
    return tuple((statement.query, frozenset(statement.named_parameters)) for statement in found)


def run(con: duckdb.DuckDBPyConnection, name: str, entity: str = "", /, **params: Any) -> duckdb.DuckDBPyConnection:
    """Run the statements of a file one after the other; what the last of them returns can be fetched.

    The entity is a parameter, too, where a statement asks for it.
    """
    given = {"entity": entity, **params}
    for text, wanted in _parts(name, entity):
        con.execute(text, {param: given[param] for param in wanted})
    return con


def value(con: duckdb.DuckDBPyConnection, name: str, entity: str = "", /, **params: Any) -> Any:
    """The only value that a file asks for."""
    return run(con, name, entity, **params).fetchall()[0][0]

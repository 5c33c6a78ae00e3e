"""The SQL files: what each says of itself in its header, what it reads, and the order in which they build."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

from vitals.contract import entities
from vitals.errors import VitalsError

QUERIES = Path(__file__).parent.parent / "queries"
MACROS_FILE, CATALOGUE_FILE = QUERIES / "macros.sql", QUERIES / "catalog.toml"
TABLE_LAYERS, ASKED = ("staging", "core"), ("metrics", "checks", "client_safe")
"""Layers whose queries are built as tables, and those whose queries are run as text."""
LAYERS = (*TABLE_LAYERS, *ASKED)
HEADER = re.compile(r"\A(?:--[^\n]*\n)+\s*")
TITLE = "title"
_FIELD = re.compile(r"--\s*(name|purpose|grain|params|needs|uses|columns):\s*(.*)")
_ASSUMED = re.compile(r"\bassumption\.(\w+)")
_COMMENT = re.compile(r"--[^\n]*")
_RELATION = re.compile(rf"\b(?:raw|{'|'.join(LAYERS)})\.\w+")
_COLUMN = re.compile(r"--\s+(\w+)\s+([A-Z]\w*(?:\([\d, ]+\))?(?:\[\])?)\s*(.*)")


@cache
def loose() -> frozenset[str]:
    """Columns that differ in nearly every row, as numbers and titles do: to pack them costs more than it saves."""
    named = (own.name for entity in entities().values() for own in entity.columns if own.kind == "id")
    return frozenset(named) | {TITLE}


def form_of(column: str) -> str:
    """How a column is stored, where that is not as the database likes best."""
    return " using compression uncompressed" if column in loose() else ""


@dataclass(frozen=True)
class ResultColumn:
    """One column of a query's result, as its header states it."""

    name: str
    sql_type: str
    meaning: str


@dataclass(frozen=True)
class Query:
    """One SQL file: its header and its text."""

    name: str
    purpose: str
    grain: tuple[str, ...]
    params: dict[str, str]
    """Parameter -> DuckDB type, in the order of the header."""
    columns: tuple[ResultColumn, ...]
    sql: str
    path: Path
    needs: tuple[str, ...] = ()
    """The entities without which its numbers are missing; either of "time_entries|tickets" will do."""
    uses: tuple[str, ...] = ()
    """Those that make them better where they are loaded."""

    @cached_property
    def reads(self) -> frozenset[str]:
        """Names such as core.labour, raw tables too: a test compares them with what the parser finds, which is slow."""
        return frozenset(_RELATION.findall(_COMMENT.sub("", self.sql)))

    @property
    def body(self) -> str:
        """Its text below the header."""
        return HEADER.sub("", self.sql)

    @property
    def as_table(self) -> str:
        """The statements that make its table and fill it."""
        if loose().isdisjoint(column.name for column in self.columns):
            return f"create or replace table {self.name} as {self.sql}"
        columns = ", ".join(f"{column.name} {column.sql_type}{form_of(column.name)}" for column in self.columns)
        return f"create or replace table {self.name} ({columns}); insert into {self.name} by name {self.sql}"

    @property
    def layer(self) -> str:
        """The first part of the name: staging, core, metrics, checks or client_safe."""
        return self.name.split(".")[0]


def _header(text: str) -> dict[str, list[str]]:
    """The header's fields, each with its lines; a line without a field name continues the one before."""
    fields: dict[str, list[str]] = {}
    field = ""
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        found = _FIELD.match(line)
        field = found.group(1) if found else field
        fields.setdefault(field, []).append(found.group(2) if found else line)
    return fields


def _words(lines: list[str]) -> str:
    return " ".join(line.lstrip("- ").strip() for line in lines).strip()


def _listed(lines: list[str]) -> tuple[str, ...]:
    return tuple(part.strip() for part in _words(lines).split(",") if part.strip())


def _params(lines: list[str]) -> dict[str, str]:
    pairs = (part.split() for part in _listed(lines))
    return {pair[0]: pair[1] for pair in pairs}


def _columns(lines: list[str]) -> Iterator[ResultColumn]:
    for line in lines:
        found = _COLUMN.match(line)
        if found:
            yield ResultColumn(found.group(1), found.group(2), found.group(3).strip())


def nodes(tree: object, *, into_subqueries: bool = True) -> Iterator[dict[str, Any]]:
    """Every node of a serialised statement, from the outside in; else down to those that hold a subquery."""
    parts = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    if isinstance(tree, dict):
        yield tree
        if not into_subqueries and tree.get("class") == "SUBQUERY":
            return
    for part in parts:
        yield from nodes(part, into_subqueries=into_subqueries)


def relations(tree: object) -> Iterator[str]:
    """Every schema-qualified table or parameterised query that a serialised statement names."""
    for node in nodes(tree):
        if node.get("type") == "BASE_TABLE" and node.get("schema_name"):
            yield f"{node['schema_name']}.{node['table_name']}"
        if node.get("type") == "TABLE_FUNCTION" and node["function"].get("schema"):
            yield f"{node['function']['schema']}.{node['function']['function_name']}"


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    """One empty database for all texts: opening one for each would take longer than all the parsing."""
    return duckdb.connect()


def serialised(sql: str) -> dict[str, Any]:
    """A statement as DuckDB's own parser sees it; only a SELECT can be, of others the error says so."""
    with _parser().cursor() as parser:
        tree: dict[str, Any] = json.loads(parser.execute("select json_serialize_sql(?)", [sql]).fetchall()[0][0])
    return tree


def parse(path: Path, name: str) -> Query:
    """The query in one file. name is what its path says it must be called."""
    text = path.read_text(encoding="utf-8")
    fields = _header(text)
    return Query(
        name=name,
        purpose=_words(fields.get("purpose", [])),
        grain=tuple(re.findall(r"\w+", _words(fields.get("grain", [])))),
        params=_params(fields.get("params", [])),
        columns=tuple(_columns(fields.get("columns", []))),
        sql=text,
        path=path,
        needs=_listed(fields.get("needs", [])),
        uses=_listed(fields.get("uses", [])),
    )


@cache
def all_queries() -> dict[str, Query]:
    """Every query by name, in no particular order."""
    found = (path for layer in LAYERS for path in sorted((QUERIES / layer).glob("*.sql")))
    names = ((path, f"{path.parent.name}.{path.stem}") for path in found)
    return {name: parse(path, name) for path, name in names}


@cache
def build_order() -> tuple[Query, ...]:
    """Every query after those that it reads."""
    known = all_queries()
    graph = {name: query.reads & known.keys() for name, query in known.items()}
    return tuple(known[name] for name in TopologicalSorter(graph).static_order())


@cache
def macros() -> str:
    """The statements that create what every query may call by name."""
    return MACROS_FILE.read_text(encoding="utf-8")


@cache
def fingerprint() -> str:
    """A hash of every query's text, of the macros and of the benchmarks: tables built from others are stale."""
    texts = [
        macros(),
        CATALOGUE_FILE.read_text(encoding="utf-8"),
        *(item.sql for _, item in sorted(all_queries().items())),
    ]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


@cache
def called() -> frozenset[str]:
    """The parameterised queries that others call by name: a workspace holds them as macros."""
    known = all_queries()
    return frozenset(name for query in known.values() for name in query.reads & known.keys() if known[name].params)


@cache
def rests_on(name: str) -> frozenset[str]:
    """The relations that a query reads, directly or through others, itself included."""
    item = all_queries().get(name)
    return frozenset({name}).union(*(rests_on(read) for read in item.reads)) if item else frozenset({name})


@cache
def assumed_by(name: str) -> frozenset[str]:
    """The assumptions that bear on a query: the columns of core.assumption that it or what it rests on reads."""
    known = all_queries()
    texts = (known[read].sql for read in rests_on(name) & known.keys() if "core.assumption" in known[read].reads)
    return frozenset(column for text in texts for column in _ASSUMED.findall(text))


def downstream(names: set[str]) -> tuple[Query, ...]:
    """The queries that read any of names, directly or through others, in build order."""
    touched = set(names)
    for query in build_order():
        if query.reads & touched:
            touched.add(query.name)
    return tuple(query for query in build_order() if query.name in touched - names)


def query(name: str) -> Query:
    """The query of that name; VitalsError with the nearest names if there is none."""
    known = all_queries()
    if name not in known:
        near = ", ".join(other for other in known if name.split(".")[-1] in other) or "none"
        raise VitalsError(f"There is no query named {name}.", f"Near it: {near}. 'queries' lists all.")
    return known[name]


FOLDER = QUERIES / "workspace"


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

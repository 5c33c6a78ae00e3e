"""A Sail cluster that answers named queries over published tables, asked over Arrow Flight SQL."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import adbc_driver_flightsql.dbapi as flight
import numpy as np
import pyarrow as pa
from sqlglot import exp

from vitals.errors import VitalsError, logged, places_of
from vitals.exports.publication import Publication
from vitals.queries import ASKED, TABLE_LAYERS, Query, all_queries, query
from vitals.sail import translation
from vitals.sail.rewrites import DUCKDB, SailSQL, UntranslatableError
from vitals.sail.translation import as_sql

ADDRESS = re.compile(r"sail://([\w.-]+:\d+)")
TYPES = {
    "string": "varchar", "large_string": "varchar", "date32[day]": "date", "double": "double", "int32": "integer",
    "int64": "bigint", "bool": "boolean", "timestamp[us]": "timestamp",
}  # fmt: skip
"""Arrow's word for a type -> DuckDB's."""


def _sql_type(arrow: str) -> str:
    return TYPES.get(arrow) or arrow.replace("decimal128", "decimal")


@dataclass
class Sail:
    """A connection to a cluster, and the tables that it reads."""

    published: Publication
    con: flight.Connection
    made: set[str] = field(default_factory=set)
    """Tables and views that are known to stand on the server."""
    at_work: set[flight.Cursor] = field(default_factory=set)

    def close(self) -> None:
        """Let go of the connection."""
        self.con.close()

    def interrupt(self) -> None:
        """Stop what is asked, from whichever thread."""
        for cursor in list(self.at_work):
            # it may have ended by itself meanwhile
            with suppress(flight.Error):
                cursor.adbc_cancel()

    @cached_property
    def own(self) -> str:
        """What the names of this publication's tables begin with: all who ask a server share its catalogue."""
        text = self.published.place + self.published.as_json()
        return f"v{hashlib.sha256(text.encode()).hexdigest()[:24]}"

    @cached_property
    def schema(self) -> translation.Schema:
        """Schema -> table -> column -> type, of what is published and of the queries that are views of it."""
        found: dict[str, dict[str, dict[str, str]]] = {}
        for table in self.published.tables:
            schema, name = table.name.split(".")
            found.setdefault(schema, {})[name] = {one.name: _sql_type(one.type) for one in table.columns}
        for item in all_queries().values():
            if item.layer in ASKED and not item.params:
                found.setdefault(item.layer, {})[item.name.split(".")[1]] = translation.columns_of(item)
        return found

    def run(self, name: str, params: Mapping[str, Any]) -> pa.Table:
        """The rows of a named query.

        Raises VitalsError where the query isn't known to give the same rows here, or Sail fails.
        """
        item = query(name)
        translation.check_proven(name)
        if item.params.keys() != params.keys():
            raise VitalsError(f"{name} takes {', '.join(item.params) or 'no parameters'}.", "Give exactly those.")
        try:
            return (
                self._fetch(f"select * from {self._stand(name)}")
                if item.layer in TABLE_LAYERS
                else self.compute(item, params)
            )
        except flight.Error as error:
            reference = logged(f"{name} {places_of(error)}")
            raise VitalsError(
                f"The engine could not answer {name} (reference {reference}).", "Is it still there?"
            ) from error

    def compute(self, item: Query, params: Mapping[str, Any]) -> pa.Table:
        """What the query's own text gives here, that of a table, too."""
        given = {name: _literal(value, item.params[name]) for name, value in params.items()}
        return self._fetch(as_sql(self._tree(item, given)))

    def _tree(self, item: Query, given: Mapping[str, exp.Expr]) -> exp.Expr:
        """The text of a query for these values, after what it reads has been laid down."""
        found = translation.translate(item, self.schema)
        tree = _filled(found.tree, given)
        for table in [*tree.find_all(exp.Table)]:
            if table.db == translation.CALLS:
                table.replace(self._called(found.calls[table.name], given, table.alias))
            elif table.db:
                stands = exp.to_table(self._stand(f"{table.db}.{table.name}"))
                table.replace(exp.alias_(stands, table.alias or table.name, table=True))
        return tree

    def _called(self, call: translation.Call, given: Mapping[str, exp.Expr], alias: str) -> exp.Expr:
        """The query that another calls, in brackets; its arguments are worked out first."""
        other = all_queries()[call.name]
        asked = exp.select(*(exp.alias_(value.copy(), f"a{place}") for place, value in enumerate(call.arguments)))
        if any(not table.db for table in asked.find_all(exp.Table)) or any(
            not column.find_ancestor(exp.Subquery) for column in asked.find_all(exp.Column)
        ):
            raise UntranslatableError("a call of a query with what only the query around it knows")
        text = _filled(asked, given).sql(dialect=DUCKDB)
        worked_out = Query("", "", (), {}, (), text, Path())
        (row,) = self._fetch(as_sql(self._tree(worked_out, {}))).to_pylist()
        kinds = zip(other.params.items(), row.values(), strict=True)
        tree = self._tree(other, {name: _literal(value, kind) for (name, kind), value in kinds})
        tree = _with_own_names(tree, alias)
        return exp.Subquery(this=tree, alias=exp.TableAlias(this=exp.to_identifier(alias)))

    def _stand(self, name: str) -> str:
        """The name under which a published table, or a query without parameters, stands on the server."""
        schema, _, table = name.partition(".")
        is_view = schema in ASKED
        stands = f"{self.own}__{schema}__{table}" if is_view else f"{self.own}.{schema}__{table}"
        if stands not in self.made:
            if is_view:
                text = as_sql(self._tree(all_queries()[name], {}))
                self._fetch(f"{LAY_VIEW} {stands} as {text}")
            else:
                self._fetch(f"{LAY_SCHEMA} {self.own}")
                self._fetch(f"{LAY_TABLE} {stands} using parquet location {self._place(name)}")
            self.made.add(stands)
        return stands

    def _place(self, name: str) -> str:
        """Where the file of a table lies, as a text of SQL."""
        place = self.published.place
        folder = place.rstrip("/") if "://" in place else str(Path(place).absolute())
        return exp.Literal.string(f"{folder}/{name}.parquet").sql(dialect=SailSQL)

    def _fetch(self, sql: str) -> pa.Table:
        with closing(self.con.cursor()) as cursor:
            self.at_work.add(cursor)
            try:
                cursor.execute(sql)
                return cursor.fetch_arrow_table()
            finally:
                self.at_work.discard(cursor)


LAY_SCHEMA, LAY_TABLE = "create database if not exists", "create table if not exists"
LAY_VIEW = "create or replace temporary view"


def _filled(tree: exp.Expr, given: Mapping[str, exp.Expr]) -> exp.Expr:
    """A tree with values in place of its parameters."""
    return tree.transform(lambda node: given[node.name].copy() if isinstance(node, exp.Placeholder) else node)


def _with_own_names(tree: exp.Expr, alias: str) -> exp.Expr:
    """A query whose common tables are named as no others: Sail takes one inside another of its name for that."""
    own = {cte.alias: f"{cte.alias}_of_{alias}" for cte in tree.find_all(exp.CTE)}
    for cte in tree.find_all(exp.CTE):
        cte.args["alias"].set("this", exp.to_identifier(own[cte.alias]))
    for table in tree.find_all(exp.Table):
        if not table.db and table.name in own:
            table.set("alias", table.args.get("alias") or exp.TableAlias(this=exp.to_identifier(table.name)))
            table.set("this", exp.to_identifier(own[table.name]))
    return tree


def _literal(value: Any, sql_type: str) -> exp.Expr:
    """A value of a parameter as it stands in a text; one out of a frame is of the frame's own kind."""
    plain = value.item() if isinstance(value, np.generic) else value
    return exp.cast(exp.null() if plain is None else exp.convert(plain), sql_type, dialect=DUCKDB)


def connect(address: str, published: Publication) -> Sail:
    """A cluster at sail://HOST:PORT. Raises VitalsError where none answers."""
    found = ADDRESS.fullmatch(address)
    if not found:
        raise VitalsError(f"{address} is no address of an engine.", "Addresses look like sail://127.0.0.1:32010.")
    try:
        con = flight.connect(f"grpc://{found[1]}", autocommit=True)
    except flight.Error as error:
        raise VitalsError(f"No engine answers at {address}.", "Start one: `python -m vitals engine`.") from error
    return Sail(published, con)


@contextmanager
def connected(address: str, published: Publication) -> Iterator[Sail]:
    """A cluster for as long as the block runs. Raises VitalsError where none answers."""
    with closing(connect(address, published)) as found:
        yield found

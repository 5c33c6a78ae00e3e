"""The query files in Sail's SQL: macros filled in, names resolved by the headers, and every node rewritten."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

from vitals.errors import VitalsError
from vitals.queries import HEADER, Query, all_queries, macros
from vitals.sail.rewrites import DUCKDB, REWRITES, SailSQL, UntranslatableError, is_day
from vitals.steps import typed

Schema = dict[str, Any]
CALLS = "called"
LIST = Path(__file__).with_name("proven.toml")


@dataclass(frozen=True)
class Call:
    """One call of a query by another: what stands for it in the text, and what it is asked with."""

    name: str
    arguments: tuple[exp.Expr, ...]


@dataclass
class Translated:
    """A query in Sail's words: its parameters are placeholders, calls of others are tables called c1, c2."""

    tree: exp.Expr
    calls: dict[str, Call] = field(default_factory=dict)


def _as_format(made: exp.Create) -> exp.Expr:
    """The body of a macro that is one call of format, which is read as the format of a file."""
    text, *values = next(made.find_all(exp.Tuple)).expressions
    return exp.Format(this=text, expressions=values)


@cache
def _macros() -> dict[str, tuple[tuple[str, ...], exp.Expr]]:
    """Macro -> its parameters and what it stands for."""
    found = {}
    for made in sqlglot.parse(macros(), read=DUCKDB):
        assert isinstance(made, exp.Create)
        function = made.this
        body = made.expression or _as_format(made)
        found[function.this.name] = (tuple(one.name for one in function.expressions), body)
    return found


def _filled(body: exp.Expr, given: Mapping[str, exp.Expr]) -> exp.Expr:
    """A macro's body with its parameters filled in."""

    def fill(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and not node.table and node.name in given:
            return exp.paren(given[node.name].copy())
        if isinstance(node, exp.Identifier) and isinstance(node.parent, exp.Lambda) and node.name in given:
            return exp.paren(given[node.name].copy())
        return node

    return body.copy().transform(fill)


def expand(tree: exp.Expr) -> exp.Expr:
    """Macros filled in, inner ones of their bodies too."""

    def fill(node: exp.Expr) -> exp.Expr:
        known = _macros().get(node.name.lower()) if isinstance(node, exp.Anonymous) else None
        if not known or isinstance(node.parent, exp.Table):
            return node
        names, body = known
        return exp.paren(expand(_filled(body, dict(zip(names, node.expressions, strict=True)))))

    return tree.transform(fill)


def _is_inside_call(table: exp.Table) -> bool:
    around = table.parent
    while around and not (isinstance(around, exp.Table) and isinstance(around.this, exp.Anonymous)):
        around = around.parent
    return around is not None


def _check(tree: exp.Expr) -> None:
    """Raise UntranslatableError for what Sail would answer wrongly without a word."""
    for select in tree.find_all(exp.Select):
        unfolded = [part for part in select.expressions if part.find(exp.Unnest, exp.Explode)]
        if len(unfolded) > 1 and not all(isinstance(part.unalias(), exp.Explode) for part in unfolded):
            raise UntranslatableError("lists unfolded side by side inside of others")
        shared = [join for join in select.args.get("joins") or () if join.args.get("using")]
        if any(join.side == "FULL" for join in shared[:-1]):
            raise UntranslatableError("a full join by a column that another join goes by")
    if any(union.args.get("by_name") for union in tree.find_all(exp.Union)):
        raise UntranslatableError("a union by name")
    for lateral in tree.find_all(exp.Lateral):
        if isinstance(lateral.this, exp.Subquery | exp.Select) or lateral.find(exp.Dot):
            raise UntranslatableError("a query that is asked for each row of another")


def _days_apart(tree: exp.Expr, schema: Schema) -> exp.Expr:
    """The difference of two days is a number: found from the inside out, for others may rest on it."""
    while True:
        tree = annotate_types(tree, schema=schema, dialect=DUCKDB)
        subs = [one for one in tree.find_all(exp.Sub) if is_day(one.this) and is_day(one.expression)]
        if not subs:
            return tree
        for sub in subs:
            sub.replace(exp.DateDiff(this=sub.this, expression=sub.expression, unit=exp.var("DAY")))


def _grouped(tree: exp.Expr) -> None:
    """Groups are named one by one, and what DuckDB is told of laying down isn't said."""
    for cte in tree.find_all(exp.CTE):
        cte.set("materialized", None)
    for select in tree.find_all(exp.Select):
        group = select.args.get("group")
        if group and group.args.get("all"):
            keys = [part.unalias().copy() for part in select.expressions if not part.find(exp.AggFunc)]
            select.set("group", exp.Group(expressions=keys))


def _series_as_rows(tree: exp.Expr) -> None:
    """A series in place of a table is a list that is unfolded."""
    for table in [*tree.find_all(exp.Table)]:
        series = table.this
        if isinstance(series, exp.GenerateSeries):
            own = "range" if series.args.get("is_end_exclusive") else "generate_series"
            name = table.alias_column_names[0] if table.alias_column_names else own
            rows = exp.select(exp.alias_(exp.Explode(this=series.copy()), name))
            table.replace(rows.subquery(table.alias or own))


def _calls(tree: exp.Expr) -> tuple[exp.Expr, dict[str, Call]]:
    """Calls of queries with parameters replaced by tables of their columns."""
    calls: dict[str, Call] = {}
    for table in [*tree.find_all(exp.Table)]:
        if isinstance(table.parent, exp.Lateral):
            raise UntranslatableError("a query that is asked for each row of another")
        if isinstance(table.this, exp.Anonymous) and table.db and not _is_inside_call(table):
            place = f"c{len(calls) + 1}"
            calls[place] = Call(f"{table.db}.{table.this.name.lower()}", tuple(table.this.expressions))
            table.replace(exp.table_(place, db=CALLS, alias=table.alias or table.this.name.lower()))
    return tree, calls


def _rewritten(tree: exp.Expr) -> exp.Expr:
    """Every node in Sail's words, the innermost first."""
    for node in [*tree.walk()][::-1]:
        rewrite = REWRITES.get(type(node))
        if rewrite:
            made = rewrite(node)
            if made is not node:
                made.type = node.type
                node.replace(made)
    return tree


_DONE: dict[tuple[str, str], Translated] = {}


@cache
def refused() -> dict[str, str]:
    """Query -> why it can't be asked of Sail."""
    return dict(tomllib.loads(LIST.read_text(encoding="utf-8"))["refused"])


@cache
def proven() -> frozenset[str]:
    """The queries that give the same rows here as on DuckDB: a test asks both."""
    return frozenset(tomllib.loads(LIST.read_text(encoding="utf-8"))["proven"])


def check_proven(name: str) -> None:
    """Raise VitalsError for a query that isn't known to give the same rows here."""
    if name not in proven():
        why = refused().get(name, "nobody has compared its rows on both engines yet")
        raise VitalsError(f"{name} can't be asked of Sail: {why}.", "Open the workspace itself, or ask its file.")


def columns_of(item: Query) -> dict[str, str]:
    """A query's columns with their types."""
    return {column.name: column.sql_type for column in item.columns}


def translate(item: Query, schema: Schema) -> Translated:
    """A query's text in Sail's words; of one name and text only once, for the headers say the types of what it reads.

    Raises UntranslatableError where it has none.
    """
    key = (item.name, item.sql)
    if key not in _DONE:
        _DONE[key] = _translated(item, schema)
    return Translated(_DONE[key].tree.copy(), _DONE[key].calls)


def _translated(item: Query, schema: Schema) -> Translated:
    body = typed(item) if item.params else item.sql
    source = expand(sqlglot.parse_one(HEADER.sub("", body), read=DUCKDB))
    _check(source)
    _series_as_rows(source)
    tree, calls = _calls(source)
    known = dict(schema) | {CALLS: {place: columns_of(all_queries()[call.name]) for place, call in calls.items()}}
    qualified = qualify(tree, schema=known, dialect=DUCKDB, quote_identifiers=False, validate_qualify_columns=False)
    _grouped(qualified)
    return Translated(_rewritten(_days_apart(qualified, known)), calls)


def as_sql(tree: exp.Expr) -> str:
    """The text that Sail reads."""
    return tree.sql(dialect=SailSQL)

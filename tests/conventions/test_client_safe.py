"""What a client may see: the queries of its layer bind where nothing but the allowed columns exists."""

from __future__ import annotations

import re
import tomllib

import duckdb
import pytest

from tests.conventions.tree import ROOT, files, name
from vitals.queries import all_queries, macros

ALLOWED = tomllib.loads((ROOT / "queries" / "client_safe" / "allowed.toml").read_text())
SECRET = re.compile(
    r"cost|margin|wage|rate(?!d)|pay|technician|manager|version|internal_note|reader|is_recurring|burden"
)
OWN = {query.name: query for query in all_queries().values() if query.layer == "client_safe"}


def _typed(layer: str, relation: str) -> dict[str, str]:
    """The type of each column of a relation, as its header states it; of an assumption a number."""
    if (layer, relation) == ("core", "assumption"):
        return dict.fromkeys(ALLOWED["core"]["assumption"], "DOUBLE")
    return {column.name: column.sql_type for column in all_queries()[f"{layer}.{relation}"].columns}


@pytest.fixture(scope="module")
def nothing_else():
    """A database that holds the allowed columns, without a row, and nothing besides."""
    with duckdb.connect() as con:
        con.execute(macros().split("-- the other rows of a load", maxsplit=1)[0])
        con.execute(macros()[macros().index("-- Wilson's interval") :])
        for layer, relations in ALLOWED.items():
            con.execute(f"create schema {layer}")
            for relation, columns in relations.items():
                types = _typed(layer, relation)
                empty = "select " + ", ".join(f"null::{types[column]} as {column}" for column in columns)
                known = all_queries().get(f"{layer}.{relation}")
                asked = f"({', '.join(f'_{param}' for param in known.params)})" if known and known.params else ""
                kind = "macro" if asked else "view"
                table = "table " if asked else ""
                con.execute(f"create {kind} {layer}.{relation}{asked} as {table}{empty} where false")
        yield con


@pytest.mark.parametrize("query", OWN.values(), ids=OWN)
def test_a_query_reads_only_what_is_allowed(query, nothing_else):
    text = query.sql
    for param, sql_type in query.params.items():
        text = re.sub(rf"\${param}\b", f"null::{sql_type}", text)
    nothing_else.execute(text).fetchall()


@pytest.mark.parametrize("query", OWN.values(), ids=OWN)
def test_a_query_is_about_one_client(query):
    assert query.params["client_key"] == "VARCHAR"


def test_what_is_allowed_is_no_secret_and_is_read():
    columns = {column for relations in ALLOWED.values() for found in relations.values() for column in found}
    assert [column for column in columns if SECRET.search(column)] == []
    read = set().union(*(query.reads for query in OWN.values()))
    assert read == {f"{layer}.{relation}" for layer, relations in ALLOWED.items() for relation in relations}


def test_a_pack_asks_nothing_but_this_layer():
    """The modules that make a pack name no other query, and no SQL of their own (which another test refuses); which
    clients there are, and who is due, is known before a pack is made."""
    named = {
        (name(path), asked)
        for path in files("vitals/exports/pack", suffix=".py")
        if path.stem != "clients"
        for asked in re.findall(r"[\"']((?:staging|core|metrics|checks|client_safe)\.\w+)[\"']", path.read_text())
    }
    assert {asked for _, asked in named} <= OWN.keys()

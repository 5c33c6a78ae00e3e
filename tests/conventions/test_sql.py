"""SQL files: what each says of itself is what DuckDB returns; adding a file adds its tests."""

from __future__ import annotations

import re

import duckdb
import pytest

from tests.conventions.tree import MACROS, ROOT, name, queries, statements
from tests.conventions.workspaces import arguments
from vitals.catalogue import number, numbers
from vitals.contract import entities
from vitals.queries import ASKED, LAYERS, all_queries, rests_on, text_of
from vitals.registers import registers
from vitals.results import READERS

LONGEST = 75
READS = {
    "staging": {"raw", "staging"},
    "core": {"staging", "core"},
    "metrics": {"core", "metrics"},
    "checks": {"raw", "staging", "core", "metrics", "checks"},
    "client_safe": {"core", "metrics"},
}
BOOKKEEPING = {*re.findall(r"create table if not exists (raw\.\w+)", text_of("tables"))}
"""The account of loads, answers and settings is no data on its way to a number: every layer may read it."""
WRITTEN_BY_CODE = {
    "core.assumption",
    "core.assumed_holidays",
    "core.benchmark",
    *BOOKKEEPING,
    *(f"raw.{entity}" for entity in entities()),
    *(kept.table for kept in registers().values()),
}
NOT_CODE = re.compile(r"--[^\n]*|'(?:[^']|'')*'")
UNGUARDED = re.compile(r"(?://|/(?!/)|%)(?!\s*(?:nullif\s*\(|0*[1-9]|0*\.0*[1-9]))[^\n]{0,40}")
SHORT_ALIAS = re.compile(r"\bas ([a-z]{1,2}\d*|t\d+)\b(?!\s*\()")

FILES = pytest.mark.parametrize("path", queries(), ids=name)


@pytest.fixture
def query(path):
    return all_queries()[f"{path.parent.name}.{path.stem}"]


def _code(sql: str) -> str:
    """The statement without comments, and with its texts emptied."""
    return NOT_CODE.sub(lambda found: "''" if found.group().startswith("'") else "", sql)


def _described(con, query) -> list[tuple[str, str]]:
    found = con.execute(query.sql, arguments(con, query))
    return [(column[0], str(column[1])) for column in found.description]


@FILES
def test_header_introduces_the_file(query, path):
    assert query.sql.startswith(f"-- name: {query.name}\n")
    assert query.layer in LAYERS
    assert query.purpose.endswith((".", "?")) and len(query.purpose) > 20
    assert query.grain, "a header says what one row is: -- grain: client_key, month_start (or: one row)"
    assert all(column.meaning for column in query.columns), "each column says in words what it is"


@FILES
def test_statement_is_short_and_plain(query, path):
    assert len(query.sql.splitlines()) <= LONGEST
    assert ";" not in _code(query.sql)
    assert len(duckdb.extract_statements(query.sql)) == 1


@FILES
def test_parameters_are_those_of_the_header(query, path):
    assert duckdb.extract_statements(query.sql)[0].named_parameters == set(query.params)
    assert set(query.params.values()) <= READERS.keys()
    assert not query.params or query.layer in ASKED, "a table takes no parameters"


@FILES
def test_layers_look_one_way(query, path):
    read = {relation for relation in query.reads - BOOKKEEPING if relation.split(".")[0] not in READS[query.layer]}
    assert read == set(), f"{query.layer} may read {sorted(READS[query.layer])}"


@FILES
def test_it_reads_what_there_is(query, path):
    assert query.reads - all_queries().keys() - WRITTEN_BY_CODE == set()


@FILES
def test_divisions_are_guarded(query, path):
    """Division by zero is infinite in DuckDB: the divisor is nullif(...) or a number that isn't 0."""
    assert UNGUARDED.findall(_code(query.sql)) == []


@FILES
def test_aliases_are_words(query, path):
    assert SHORT_ALIAS.findall(_code(query.sql)) == []


@FILES
def test_columns_and_types_are_what_duckdb_returns(query, path, empty):
    stated = [(column.name, re.sub(r",\s*", ",", column.sql_type)) for column in query.columns]
    assert _described(empty, query) == stated


@FILES
@pytest.mark.parametrize("workspace", ["empty", "sample"])
def test_grain_is_unique(query, path, workspace, request):
    con = request.getfixturevalue(workspace)
    given = arguments(con, query)
    if query.grain == ("one", "row"):
        assert len(con.execute(query.sql, given).fetchall()) <= 1
        return
    keys = ", ".join(query.grain)
    twice = con.execute(
        f"select {keys}, count(*) from ({query.sql}\n) group by {keys} having count(*) > 1 limit 5", given
    )
    assert twice.fetchall() == []


@FILES
def test_no_number_is_infinite(query, path, sample):
    """Neither infinity nor NaN reaches a page: what can't be divided is missing."""
    doubles = [column.name for column in query.columns if column.sql_type == "DOUBLE"]
    if doubles:
        wrong = " or ".join(f"not isfinite({column})" for column in doubles)
        found = sample.execute(f"select * from ({query.sql}\n) where {wrong} limit 5", arguments(sample, query))
        assert found.fetchall() == []


THRESHOLD = re.compile(r"(?:[<>]=?|\bbetween\b|\band\b) *-?0?\.\d+")
NAMED_BENCHMARK = re.compile(r"\bnumber = '(\w+)'")
MACRO = re.compile(r"create or replace macro (\w+)\(")
NOT_A_SHARE = {
    "queries/core/fct_ticket_labour.sql",  # an even part, and what rounding left over
    "queries/metrics/bench_months.sql",  # pay by employed weekdays
    "queries/metrics/technician_rates.sql",  # pay by the hour
}


def test_macros_are_guarded_and_called():
    """What stands once is needed: a macro that no query and no other macro calls is gone."""
    text = _code(MACROS.read_text())
    assert UNGUARDED.findall(text) == []
    called = text + "".join(_code(path.read_text()) for path in [*queries(), *statements()])
    names = MACRO.findall(text)
    assert names and [macro for macro in names if len(re.findall(rf"\b{macro}\(", called)) < 2] == []


@FILES
def test_a_ratio_is_a_share(query, path):
    """A formula stands once, in the macros: a query says of which sums."""
    assert name(path) in NOT_A_SHARE or "/ nullif" not in _code(query.sql)


@FILES
def test_no_threshold_stands_in_a_query(query, path):
    """Where good ends is said by the catalogue (core.benchmark) or by an assumption (core.assumption)."""
    if query.layer in ("core", *ASKED):
        assert THRESHOLD.findall(_code(query.sql)) == []


@FILES
def test_benchmarks_are_those_of_the_catalogue(query, path):
    if "core.benchmark" in query.reads:
        named = set(NAMED_BENCHMARK.findall(query.sql))
        assert named
        for name in named:
            # scored_ stands for each number whose name begins so
            meant = [item for item in numbers() if item == name or (name[-1] == "_" and item.startswith(name))]
            assert meant and all(number(item).benchmark for item in meant)


@FILES
def test_what_it_is_made_from_is_in_the_contract_and_read(query, path):
    """needs and uses name entities whose rows reach the query; either of "time_entries|tickets" will do."""
    named = {entity for need in (*query.needs, *query.uses) for entity in need.split("|")}
    assert named <= entities().keys()
    assert {f"raw.{entity}" for entity in named} - rests_on(query.name) == set()


def test_every_folder_is_a_layer():
    assert {path.relative_to(ROOT / "queries").parts[0] for path in queries()} <= set(LAYERS)

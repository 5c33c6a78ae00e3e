"""What writes a workspace: each file says what it does and takes, holds for every entity if it says so, and is used."""

from __future__ import annotations

import re

import duckdb
import pytest

from tests.conventions.tree import ROOT, files, name, statements
from vitals import warehouse
from vitals.contract import entities
from vitals.queries import text_of
from vitals.results import READERS
from vitals.workspace.store import lay_keyed

LONGEST = 75
TABLES = "tables"
"""A list of tables may be longer than a statement."""
FIELD = re.compile(r"^-- (\w+): (.*)$", re.MULTILINE)
PLACEHOLDER = re.compile(r"\{[^}]*\}")
FILES = pytest.mark.parametrize("path", statements(), ids=name)


def header(path) -> dict[str, str]:
    return dict(FIELD.findall(path.read_text().split("\n\n")[0]))


def parsed(path, entity: str = "") -> list[duckdb.Statement]:
    return duckdb.extract_statements(text_of(path.stem, entity))


@pytest.fixture(scope="module")
def con():
    with warehouse.connect() as opened:
        yield opened


@FILES
def test_header_introduces_the_file(path):
    said = header(path)
    assert list(said)[:2] == ["name", "purpose"] and set(said) <= {"name", "purpose", "entity", "params", "takes"}
    assert said["name"] == f"workspace.{path.stem}"
    assert said["purpose"].endswith(".") and len(said["purpose"]) > 20
    assert path.stem == TABLES or len(path.read_text().splitlines()) <= LONGEST


@FILES
def test_parameters_are_those_of_the_header(path):
    listed = [part.split() for part in re.split(r", (?![^(]*\))", header(path).get("params", "")) if part]
    assert {kind.split("(")[0] for _, kind in listed} <= {*READERS, "TIMESTAMP", "DECIMAL", "STRUCT"}
    used = set().union(*(statement.named_parameters for statement in parsed(path, next(iter(entities())))))
    assert {param for param, _ in listed} == used


@FILES
def test_only_identifiers_of_the_contract_are_filled_in(path):
    found = set(PLACEHOLDER.findall(path.read_text()))
    assert found <= {"{entity}", "{money}", "{hours}"}
    assert bool(found) == (header(path).get("entity") == "any")


@FILES
def test_it_runs_for_whatever_it_says_it_holds_for(con, path):
    """On an empty workspace, each statement of it is planned with the tables and names that it takes."""
    takes = header(path).get("takes", "")
    for entity in entities() if header(path).get("entity") else ["invoice_lines"]:
        lay_keyed(con, entity)
        assert "keyed" in takes or "keyed" not in text_of(path.stem, entity).split()
        con.execute("create or replace temp table reached_rows as select 1 as load_id, 1 as row_number")
        con.execute(
            "create or replace temp view keys as select 1 as load_id, 1 as row_number, '' as row_key, 0 as told_hash"
        )
        con.execute(
            "create or replace temp view incoming as select 1 as load_id, 1 as row_number, '' as reason, '' "
            "as \"column\", '' as value, '' as raw_text, 0 as money, 0 as hours, '' as flag, "
            "'' as detail"
        )
        for statement in parsed(path, entity):
            if path.stem not in ("insert_rows", "insert_load"):
                con.execute(f"explain {statement.query}", dict.fromkeys(statement.named_parameters))


def test_an_entity_that_the_contract_does_not_hold_is_no_table():
    with pytest.raises(KeyError):
        text_of("count_rows", "loads; drop table raw.loads")


def test_every_file_is_run():
    code = "".join(path.read_text() for path in files("vitals", suffix=".py"))
    assert [path.stem for path in statements() if f'"{path.stem}"' not in code] == []


def test_there_is_one_place_for_what_writes_a_workspace():
    assert {name(path) for path in (ROOT / "queries" / "workspace").iterdir()} == {name(path) for path in statements()}

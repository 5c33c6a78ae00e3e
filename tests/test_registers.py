"""Registers: what users write down is checked, kept in order, and there after the workspace is opened anew."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from vitals import registers, warehouse
from vitals.contract import entities
from vitals.errors import VitalsError
from vitals.registers import Field, Register
from vitals.workspace import choices

TERMS = Register(
    "terms",
    "Terms",
    "What was agreed.",
    (
        Field("client", "Client", "client"),
        Field("measure", "Measure", "choice", is_required=True, choices=("response", "resolution")),
        Field("target", "Target", "percent", min=0, max=1),
        Field("tickets", "Tickets", "count", min=0),
        Field("fee", "Fee", "money"),
        Field("since", "Since", "date"),
        Field("is_signed", "Signed", "yes_no"),
    ),
    unique=("client", "measure"),
    rows=({"measure": "response", "target": 0.9},),
)
ROW = {
    "client": "Acme", "measure": "response", "target": 0.95, "tickets": 20, "fee": Decimal("12.5"),
    "since": date(2026, 1, 1), "is_signed": True,
}  # fmt: skip


@pytest.fixture
def con(monkeypatch):
    """A workspace that has the register."""
    known = {**registers.registers(), "terms": TERMS}
    monkeypatch.setattr(registers, "registers", lambda: known)
    monkeypatch.setattr(warehouse, "registers", lambda: known)
    made = warehouse.connect()
    yield made
    made.close()


def test_register_holds_its_own_rows_until_somebody_changes_them(con):
    assert choices.register_rows(con, "terms")[0]["target"] == 0.9
    choices.keep_register(con, "terms", [ROW])
    assert choices.register_rows(con, "terms") == [ROW]


def test_older_workspace_gets_the_rows_that_a_fixed_register_has_since(con):
    """Nobody can add one by hand: a section that came later could be neither seen nor left out."""
    kept = registers.register("review_sections")
    older = [{**row, "is_shown": False} for row in kept.rows[:3]]
    choices.keep_register(con, "review_sections", older)
    warehouse.create_tables(con)
    found = choices.register_rows(con, "review_sections")
    assert found == [*older, *kept.rows[3:]]
    warehouse.create_tables(con)
    assert choices.register_rows(con, "review_sections") == found


def test_rows_of_one_client_are_replaced_and_others_stay(con):
    other = {**ROW, "client": "Birch"}
    choices.keep_register(con, "terms", [ROW, other])
    choices.keep_register(con, "terms", [{"measure": "resolution"}], client="Acme")
    assert choices.register_rows(con, "terms", client="Birch") == [other]
    assert [row["measure"] for row in choices.register_rows(con, "terms", client="Acme")] == ["resolution"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"measure": None}, "Measure is empty"),
        ({"measure": "colour"}, "is no choice"),
        ({"target": 1.5}, "Target can't be 1.5"),
        ({"tickets": "many"}, "is not a number"),
        ({"fee": Decimal("1e13")}, "Fee can't be"),
        ({"fee": float("inf")}, "Fee can't be"),
        ({"since": "soon"}, "is not a day"),
        ({"client": "x" * 10_001}, "too long"),
    ],
)
def test_value_that_can_not_stand_is_refused_and_nothing_changes(con, change, said):
    choices.keep_register(con, "terms", [ROW])
    with pytest.raises(VitalsError, match=said):
        choices.keep_register(con, "terms", [{**ROW, **change}])
    assert choices.register_rows(con, "terms") == [ROW]


def test_row_that_stands_twice_is_refused(con):
    with pytest.raises(VitalsError, match="ACME, response stands twice"):
        choices.keep_register(con, "terms", [ROW, {**ROW, "client": "ACME"}])


def test_register_is_no_endless_list(con):
    rows = [{**ROW, "client": str(place)} for place in range(registers.MOST_ROWS + 1)]
    with pytest.raises(VitalsError, match="can hold 500 rows"):
        choices.keep_register(con, "terms", rows)


def test_what_is_kept_is_there_when_the_workspace_is_opened_anew(tmp_path):
    path = tmp_path / "w.duckdb"
    with warehouse.connect(path) as con:
        choices.keep_register(con, "kept_queries", [{"name": "Mine", "statement": "select 1"}])
    with warehouse.connect(path) as con:
        assert choices.register_rows(con, "kept_queries", name="Mine")[0]["statement"] == "select 1"


def test_what_a_register_begins_with_is_there_for_the_queries_and_again_once_it_is_emptied():
    with warehouse.connect() as con:
        held = "select uptime from raw.uptime_tiers order by uptime"
        first = con.execute(held).fetchall()
        assert first[2] == (0.999,)
        choices.keep_register(con, "uptime_tiers", [{"uptime": 0.98}])
        assert con.execute(held).fetchall() == [(0.98,)]
        assert con.execute("from staging.uptime_tiers").fetchall() == [(0.98, None)]
        choices.keep_register(con, "uptime_tiers", [])
        assert con.execute(held).fetchall() == first
        assert [(row["uptime"],) for row in choices.register_rows(con, "uptime_tiers")] == first


def test_every_register_has_a_name_of_its_own_and_rows_that_can_stand():
    assert registers.registers().keys() & entities().keys() == set()
    for kept in registers.registers().values():
        kept.checked([*kept.rows])
        assert {field.kind for field in kept.fields} <= registers.SQL_TYPES.keys()
        assert {*kept.unique} <= {field.name for field in kept.fields}


def test_unknown_register_is_told_with_those_there_are():
    with pytest.raises(VitalsError, match="no register named nothing"):
        registers.register("nothing")

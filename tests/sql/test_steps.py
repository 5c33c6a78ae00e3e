"""A query that calls heavy ones is answered in steps, with the figures that it gives in one."""

from __future__ import annotations

from datetime import date
from math import isclose

import duckdb
import pytest

from tests.sql.histories import Client, told
from vitals import steps, warehouse
from vitals.queries import all_queries, query
from vitals.workspace import scenarios

ASKED = {
    "as_of": date(2026, 3, 31), "month_from": date(2025, 4, 1), "month_to": date(2026, 3, 1), "automation_share": None,
}  # fmt: skip
STEPPED = [name for name, item in all_queries().items() if steps.calls(name) and item.params.keys() <= ASKED.keys()]


@pytest.fixture
def con(workspace):
    """Three clients of a year and a half, of different hours."""
    return told(workspace, Client("Acme", [9, 12] * 9), Client("Birch", [30, 3, 3] * 6), Client("Cedar", [5] * 18)).con


def alike(one, other) -> bool:
    return isclose(one, other, rel_tol=1e-9) if isinstance(one, float) and isinstance(other, float) else one == other


def ordered(rows):
    return sorted(rows, key=lambda row: str([value for value in row.values() if not isinstance(value, float)]))


def test_figures_are_those_of_one_statement(con):
    assert len(STEPPED) > 30
    for name in STEPPED:
        given = {param: ASKED[param] for param in query(name).params}
        whole = warehouse.records(con.execute(steps.typed(query(name)), given))
        stepped = warehouse.rows(con, name, **given)
        assert len(stepped) == len(whole), name
        for one, other in zip(ordered(stepped), ordered(whole), strict=True):
            assert [column for column in one if not alike(one[column], other[column])] == [], name


def test_heavy_queries_are_answered_in_steps_and_light_ones_at_once():
    assert "metrics.outcome_terms" in {call.name for call in steps.calls("metrics.readiness_gates")}
    assert not steps.calls("metrics.client_margin")


def test_call_that_reads_columns_around_it_stays_where_it_stands():
    assert steps._stands_alone("$month_from, null, (select year.month_to from metrics.year_to($as_of) as year)")
    assert not steps._stands_alone("months.month_start, $month_to")
    assert not steps._stands_alone("(select month_from from year), $month_to")


def temporary(con):
    return con.execute("select table_name from duckdb_tables() where temporary").fetchall()


def test_answers_asked_together_are_those_asked_alone_and_lay_down_once(con):
    names = ("metrics.outcome_terms", "metrics.readiness", "metrics.red_flags", "metrics.findings")
    given = {name: {param: ASKED[param] for param in query(name).params} for name in names}
    alone = {name: warehouse.rows(con, name, **given[name]) for name in names}
    with steps.together(con):
        together = {name: warehouse.rows(con, name, **given[name]) for name in (*names, *names)}
        laid = len(temporary(con))
        warehouse.rows(con, "metrics.red_flags", **given["metrics.red_flags"])
        assert len(temporary(con)) == laid
    assert temporary(con) == []
    for name in names:
        for one, other in zip(ordered(together[name]), ordered(alone[name]), strict=True):
            assert [column for column in one if not alike(one[column], other[column])] == [], name


def test_nothing_of_the_steps_stays(con):
    assert steps.calls("metrics.readiness_summary")
    with steps.asked(con, "metrics.readiness_summary", {"as_of": ASKED["as_of"]}):
        assert temporary(con)
    assert temporary(con) == []


def test_steps_see_what_is_supposed_and_leave_it_to_be_taken_back(con):
    asked = {name: ASKED[name] for name in ("month_from", "month_to")}
    before = warehouse.rows(con, "metrics.outcome_terms", **asked)
    with scenarios.supposing(con, {"target_gross_margin": 0.9}):
        within = warehouse.rows(con, "metrics.outcome_price", **asked)
        with pytest.raises(duckdb.TransactionException):
            con.begin()
    after = warehouse.rows(con, "metrics.outcome_price", **asked)
    assert before and {row["target_fee"] for row in within} != {row["target_fee"] for row in after}

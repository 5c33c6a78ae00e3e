"""The lazy connection of the tests: nothing is made that isn't read, and a build that was forgotten is noticed."""

from __future__ import annotations

import pytest

from tests import lazy
from tests.lazy import Lazy
from vitals import warehouse

INSERT = "insert into raw.technicians (load_id, row_number, technician) values (1, 2, 'Ann')"


@pytest.fixture
def con():
    with lazy.connect() as opened:
        yield opened


def made(con: Lazy) -> set[str]:
    """The tables and views that there are beside those of raw rows."""
    found = con.execute("""select schema_name || '.' || table_name from duckdb_tables() where schema_name = 'staging'
        union all select schema_name || '.' || view_name from duckdb_views() where not internal""")
    return {name for (name,) in found.fetchall()}


def test_only_what_is_read_is_made(con):
    assert made(con) == set()
    assert warehouse.rows(con, "staging.technicians") == []
    assert "staging.technicians" in made(con)
    assert "staging.tickets" not in made(con)


def test_a_build_makes_what_rests_on_new_rows(con):
    assert warehouse.count(con, "staging.technicians") == 0
    con.execute(INSERT)
    warehouse.build(con)
    assert warehouse.count(con, "staging.technicians") == 1


def test_rows_without_a_build_are_an_error(con):
    con.execute(INSERT)
    with pytest.raises(AssertionError, match="not built again after raw.technicians"):
        warehouse.rows(con, "staging.technicians")
    assert warehouse.rows(con, "staging.holidays") == []


def test_rollback_returns_to_what_was_made_before(con):
    assert warehouse.count(con, "staging.technicians") == 0
    with pytest.raises(KeyError), warehouse.transaction(con):
        con.execute(INSERT)
        warehouse.build(con)
        assert warehouse.count(con, "staging.technicians") == 1
        raise KeyError
    assert warehouse.count(con, "staging.technicians") == 0


def test_rows_that_come_and_go_need_no_build(con):
    con.execute(INSERT)
    con.execute("delete from raw.technicians")
    assert warehouse.rows(con, "staging.technicians") == []

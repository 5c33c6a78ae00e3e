"""The command `check` shows both sides of every balance, and says so when they differ."""

from collections.abc import Iterator

import pytest

from tests.acceptance.desk import desk
from vitals import health, warehouse

LOAD = """insert into raw.loads (load_id, file_name, entity, system, rows_read, rows_in_table, rows_folded,
    rows_quarantined, rows_set_aside, money_read, money_loaded, money_quarantined, money_set_aside)
    values (1, 'invoices.csv', 'invoice_lines', 'canonical', 4, 2, 0, 1, 1, 175.5, 150, 20.5, 5)"""
LINES = """insert into raw.invoice_lines (load_id, row_number, client, invoiced_on, amount)
    values (1, 2, 'Birch', '2026-01-05', 100), (1, 3, 'Birch', '2026-02-05', 50)"""


@pytest.fixture
def con() -> Iterator[warehouse.Connection]:
    with warehouse.connect() as opened:
        opened.execute(LOAD)
        opened.execute(LINES)
        warehouse.build(opened)
        yield opened


def test_both_sides_are_shown(con: warehouse.Connection) -> None:
    said = health.lines(health.examine(con))
    assert said[0] == (
        "load 1, invoices.csv (Invoice lines): 4 rows read = 2 loaded + 1 quarantined + 1 set aside; "
        "175.5 money read = 150 loaded + 20.5 quarantined + 5 set aside. balanced"
    )
    assert said[-1] == "Nothing was lost."


def test_how_a_load_was_recognised_is_said() -> None:
    with desk(mine="client,invoiced_on,amount\nBirch,2025-10-03,£5") as book:
        said = health.lines(health.examine(book.con))[0]
        assert "(Invoice lines; our own captions, or mapped by hand; 100\N{NO-BREAK SPACE}% sure): 1 row read" in said
        book.con.execute("update raw.loads set system = 'Xero', evidence = 'inferred'")
        book.con.execute("update raw.load_matches set confidence = 0.71")
        said = health.lines(health.examine(book.con))[0]
        assert "(Invoice lines of Xero; inferred, not seen; 71\N{NO-BREAK SPACE}% sure)" in said


def test_a_lost_row_is_not_hidden(con: warehouse.Connection) -> None:
    con.execute("delete from raw.invoice_lines where row_number = 3")
    warehouse.build(con)
    found = health.examine(con)
    assert not found.is_balanced
    assert any("NOT BALANCED" in line for line in health.lines(found))
    assert health.lines(found)[-1].startswith("Something does not balance")


def test_a_load_that_was_taken_back_is_in_no_balance(con: warehouse.Connection) -> None:
    con.execute("delete from raw.invoice_lines")
    con.execute("update raw.loads set undone_at = now()::timestamp, rows_in_table = 0")
    warehouse.build(con)
    found = health.examine(con)
    assert found.in_use == [] and found.is_balanced


def test_every_check_is_run_and_those_that_found_rows_come_first(con: warehouse.Connection) -> None:
    con.execute("insert into raw.time_entries (load_id, row_number, worked_on, hours) values (2, 2, '2026-01-05', 1)")
    warehouse.build(con)
    checks = health.examine(con).checks
    assert [check.offending == 0 for check in checks] == sorted(check.offending == 0 for check in checks)
    named = {check.name: check.offending for check in checks}
    assert named["checks.hours_without_a_client"] == 1
    assert named["checks.loads_that_do_not_balance"] == 0

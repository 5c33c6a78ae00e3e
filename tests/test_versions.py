"""Two versions of one row in one file: neither counts until one is chosen, and every balance stays exact."""

from __future__ import annotations

from decimal import Decimal

import pytest

from vitals import health, warehouse, workspace
from vitals.errors import VitalsError
from vitals.workspace import choices

TIME = (
    b"entry_id,worked_on,hours,client,technician,billed_amount\n"
    b"1,2025-10-01,1.25,Birch,Ana,100\n2,2025-10-02,2.50,Birch,Ana,250\n2,2025-10-02,3.75,Birch,Ana,375\n"
    b"3,2025-10-03,4,Alder,Bo,400\n3,2025-10-03,4,Alder,Bo,401\n3,2025-10-03,4,Alder,Bo,402\n"
)
KEPT = ("rows_loaded", "rows_quarantined", "hours_loaded", "hours_quarantined", "money_loaded", "money_quarantined")
ASIDE = ("rows_set_aside", "hours_set_aside", "money_set_aside")
pytestmark = pytest.mark.usefixtures("lazily")


@pytest.fixture
def con():
    opened = warehouse.connect()
    workspace.load_files(opened, [workspace.Upload("time.csv", TIME)], workspace.LoadOptions())
    return opened


def account(con, names=KEPT) -> tuple:
    (load,) = warehouse.rows(con, "metrics.load_balances")
    assert health.examine(con).is_balanced
    return tuple(load[name] for name in names)


def hours(con) -> Decimal:
    return con.execute("select sum(hours) from staging.time_entries").fetchall()[0][0]


NOTHING_CHOSEN = (1, 5, Decimal("1.25"), Decimal("18.25"), 100, 1828)


def test_versions_stand_side_by_side_with_what_differs(con):
    found = warehouse.rows(con, "metrics.conflicting_rows")
    assert [(row["row_number"], row["row_key"], row["says"], row["is_picked"]) for row in found][:2] == [
        (3, "2", "hours 2.5, billed amount 250", False),
        (4, "2", "hours 3.75, billed amount 375", False),
    ]
    assert found[2]["raw_text"] == "3,2025-10-03,4,Alder,Bo,400"
    assert account(con) == NOTHING_CHOSEN


def test_chosen_version_moves_from_quarantine_to_loaded(con):
    choices.pick_version(con, 1, 4)
    # the three versions of key 3 wait on, the one of key 2 that was not chosen is settled
    assert account(con) == (2, 3, Decimal("5.00"), Decimal("12"), 475, 1203)
    assert account(con, ASIDE) == (1, Decimal("2.50"), 250)
    assert hours(con) == 5
    assert [row["row_number"] for row in warehouse.rows(con, "metrics.conflicting_rows") if row["is_picked"]] == [4]
    assert {row["flag"] for row in warehouse.rows(con, "metrics.flag_counts")} >= {"version_chosen"}


def test_version_that_was_not_chosen_waits_no_more_and_says_which_row_counts(con):
    choices.pick_version(con, 1, 4)
    (row,) = [row for row in warehouse.rows(con, "metrics.left_out_rows") if row["row_number"] == 3]
    assert (row["fate"], row["words"]) == ("set_aside", "You chose another version of the row")
    assert (row["raw_text"], row["stands_for"]) == ("2,2025-10-02,2.50,Birch,Ana,250", "row 4 of time.csv")
    report = workspace.report_of(con, 1)
    assert report.reasons == {"conflicting_duplicate": 3, "other_version_chosen": 1}
    assert "2,2025-10-02,2.50,Birch,Ana,250" in [
        version["raw_text"] for version in warehouse.rows(con, "metrics.conflicting_rows")
    ]


def test_another_choice_takes_the_place_of_the_first(con):
    choices.pick_version(con, 1, 4)
    choices.pick_version(con, 1, 3)
    assert account(con) == (2, 3, Decimal("3.75"), Decimal("12"), 350, 1203)
    assert account(con, ASIDE) == (1, Decimal("3.75"), 375)
    assert hours(con) == Decimal("3.75")


def test_choices_about_two_keys_stand_beside_each_other(con):
    choices.pick_version(con, 1, 4)
    choices.pick_version(con, 1, 6)
    assert account(con)[:2] == (3, 0)
    assert account(con, ASIDE)[0] == 3
    assert hours(con) == 9


def test_choice_is_taken_back_as_easily(con):
    before = con.execute("select * from raw.quarantine order by row_number").fetchall()
    choices.pick_version(con, 1, 4)
    choices.pick_version(con, 1, 4, is_picked=False)
    assert account(con) == NOTHING_CHOSEN
    assert account(con, ASIDE) == (0, 0, 0)
    assert con.execute("select * from raw.quarantine order by row_number").fetchall() == before
    assert con.execute("select count(*) from raw.flags where flag = 'version_chosen'").fetchall() == [(0,)]


def test_later_file_still_replaces_the_chosen_version(con):
    choices.pick_version(con, 1, 4)
    newer = TIME.splitlines()[0] + b"\n2,2025-10-02,9,Birch,Ana,900\n"
    workspace.load_files(con, [workspace.Upload("newer.csv", newer)], workspace.LoadOptions())
    assert hours(con) == Decimal("10.25")
    assert health.examine(con).is_balanced


def test_load_taken_back_leaves_nothing_of_its_versions(con):
    choices.pick_version(con, 1, 4)
    workspace.undo(con, 1)
    assert warehouse.rows(con, "metrics.conflicting_rows") == []
    assert con.execute("select count(*) from raw.conflicting_time_entries").fetchall() == [(0,)]
    assert hours(con) is None


def test_row_without_rivals_is_no_choice(con):
    with pytest.raises(VitalsError, match="no version among several"):
        choices.pick_version(con, 1, 2)


def test_choice_is_kept_with_the_workspace(tmp_path):
    kept = tmp_path / "kept.duckdb"
    with warehouse.connect(kept) as first:
        workspace.load_files(first, [workspace.Upload("time.csv", TIME)], workspace.LoadOptions())
        choices.pick_version(first, 1, 4)
    with warehouse.connect(kept) as again:
        assert hours(again) == 5

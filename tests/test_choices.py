"""What the user decides acts at once, is remembered, and can be taken back."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from vitals import warehouse
from vitals.errors import VitalsError
from vitals.workspace import choices
from vitals.workspace.choices import ItemClass

LINES = """insert into raw.invoice_lines (load_id, row_number, client, invoiced_on, amount, item) values
    (1, 2, 'Acme Dental', '2026-01-05', 100, 'Blue box'),
    (1, 3, 'Acme Dental, Ltd.', '2026-02-05', 50, 'Blue box'),
    (1, 4, 'ACME  dental', '2026-03-05', 25, 'Blue box'),
    (1, 5, 'Birch', '2026-03-05', 7, 'Red box')"""


@pytest.fixture
def con() -> Iterator[warehouse.Connection]:
    with warehouse.connect() as opened:
        opened.execute(LINES)
        with warehouse.transaction(opened):
            warehouse.build(opened)
        yield opened


def revenue(con: warehouse.Connection) -> dict[str, Decimal]:
    found = con.execute("select client_key, sum(revenue) from core.fct_revenue_monthly group by client_key").fetchall()
    return dict(found)


def proposals(con: warehouse.Connection) -> list[tuple[str, str]]:
    return [(row["name_key"], row["other_key"]) for row in warehouse.rows(con, "metrics.name_proposals")]


def test_a_near_match_is_offered_with_its_evidence_and_never_merged_by_itself(con: warehouse.Connection) -> None:
    # blanks and case are one spelling (100 + 25); the legal form is only offered
    assert revenue(con) == {"acme dental": 125, "acme dental, ltd.": 50, "birch": 7}
    offered = warehouse.rows(con, "metrics.name_proposals")
    assert [(row["revenue"], row["other_revenue"]) for row in offered] == [(125, 50)]


def test_the_child_of_a_group_is_offered_for_its_bare_name(con: warehouse.Connection) -> None:
    con.execute(
        "insert into raw.time_entries (load_id, row_number, client, worked_on, hours) "
        "values (2, 2, 'Group 1:Birch', '2026-01-05', 1), (2, 3, 'Group 2:Birch', '2026-01-05', 1)"
    )
    warehouse.build(con)
    # each child is offered for Birch; the two children of different groups are not offered for each other
    assert [pair for pair in proposals(con) if "birch" in pair[0]] == [
        ("birch", "group 1:birch"),
        ("birch", "group 2:birch"),
    ]


def test_confirming_what_is_suggested_changes_no_number(con: warehouse.Connection) -> None:
    con.execute(
        "update raw.invoice_lines set item = 'Annual support', service_months = case row_number when 2 then 3 end"
    )
    warehouse.build(con)
    before = con.execute(
        "from core.fct_revenue_monthly select client_key, month_start, sum(revenue) group by all"
    ).fetchall()
    shown = warehouse.rows(con, "metrics.item_classes")
    choices.set_item_classes(
        con, [ItemClass(item["item_key"], item["revenue_class"], item["service_months"]) for item in shown]
    )
    after = con.execute(
        "from core.fct_revenue_monthly select client_key, month_start, sum(revenue) group by all"
    ).fetchall()
    assert shown and sorted(after) == sorted(before)


def test_a_merge_acts_at_once_and_is_undone_as_easily(con: warehouse.Connection) -> None:
    choices.merge_names(con, "client", "acme dental, ltd.", "acme dental")
    assert revenue(con) == {"acme dental": 175, "birch": 7}
    assert proposals(con) == []
    choices.part_names(con, "client", "acme dental, ltd.")
    assert revenue(con) == {"acme dental": 125, "acme dental, ltd.": 50, "birch": 7}


def test_a_merge_is_listed_by_the_spelling_of_the_files(con: warehouse.Connection) -> None:
    choices.merge_names(con, "client", "acme dental, ltd.", "acme dental")
    choices.keep_apart(con, "client", "birch", "acme dental")
    listed = [(row["name"], row["target"], row["is_merged"]) for row in warehouse.rows(con, "metrics.merged_names")]
    assert listed == [("Acme Dental, Ltd.", "ACME dental", True), ("ACME dental", "Birch", False)]


def test_a_name_is_shown_with_the_rows_and_files_that_hold_it(con: warehouse.Connection) -> None:
    uses = [(row["name_key"], row["entity"], row["rows"]) for row in warehouse.rows(con, "metrics.name_uses")]
    assert ("acme dental", "invoice_lines", 2) in uses
    assert ("acme dental, ltd.", "invoice_lines", 1) in uses


def test_names_kept_apart_are_offered_again_when_that_is_taken_back(con: warehouse.Connection) -> None:
    before = proposals(con)
    choices.keep_apart(con, "client", "acme dental, ltd.", "acme dental")
    choices.offer_again(con, "client", "acme dental, ltd.", "acme dental")
    assert proposals(con) == before != []


def test_names_merged_earlier_follow_into_a_new_name(con: warehouse.Connection) -> None:
    choices.merge_names(con, "client", "acme dental, ltd.", "acme dental")
    choices.merge_names(con, "client", "acme dental", "birch")
    assert revenue(con) == {"birch": 182}


def test_merging_back_and_forth_never_ends_in_a_circle(con: warehouse.Connection) -> None:
    choices.merge_names(con, "client", "acme dental", "birch")
    choices.merge_names(con, "client", "birch", "acme dental")
    assert revenue(con) == {"acme dental": 132, "acme dental, ltd.": 50}


def test_names_kept_apart_are_not_offered_again(con: warehouse.Connection) -> None:
    choices.keep_apart(con, "client", "acme dental, ltd.", "acme dental")
    assert proposals(con) == []
    assert revenue(con)["acme dental, ltd."] == 50


def test_a_confirmed_class_replaces_the_suggestion(con: warehouse.Connection) -> None:
    choices.set_item_classes(con, [ItemClass("blue box", "managed", 2)])
    found = con.execute(
        "select month_start, revenue_class, class_basis, sum(revenue) from core.fct_revenue_monthly "
        "where client_key = 'acme dental, ltd.' group by all order by month_start"
    ).fetchall()
    # 50 over two months, 25 each
    assert [(str(month), kind, basis, amount) for month, kind, basis, amount in found] == [
        ("2026-02-01", "managed", "confirmed", 25),
        ("2026-03-01", "managed", "confirmed", 25),
    ]
    choices.forget_item_classes(con)
    assert con.execute("select count(*) from core.fct_revenue_monthly where class_basis = 'confirmed'").fetchall() == [
        (0,)
    ]


def test_a_class_that_does_not_exist_changes_nothing(con: warehouse.Connection) -> None:
    items = [ItemClass("blue box", "managed", 1), ItemClass("red box", "luxury", 1)]
    with pytest.raises(VitalsError, match="luxury"):
        choices.set_item_classes(con, items)
    assert con.execute("select count(*) from raw.item_classes").fetchall() == [(0,)]


def test_own_prices_are_kept_and_taken_back(con: warehouse.Connection) -> None:
    choices.set_client_terms(con, "birch", None, Decimal(7000))
    assert con.execute("select outcome_fee from raw.client_terms").fetchall() == [(7000,)]
    choices.set_client_terms(con, "birch", None, None)
    assert con.execute("select count(*) from raw.client_terms").fetchall() == [(0,)]
    with pytest.raises(VitalsError, match="negative"):
        choices.set_client_terms(con, "birch", Decimal(-1), None)


def test_decisions_stay_with_the_workspace(tmp_path: Path) -> None:
    path = tmp_path / "kept.duckdb"
    with warehouse.connect(path) as con:
        con.execute(LINES)
        choices.merge_names(con, "client", "acme dental, ltd.", "acme dental")
    with warehouse.connect(path) as con:
        assert [row["target_key"] for row in warehouse.rows(con, "metrics.merged_names")] == ["acme dental"]

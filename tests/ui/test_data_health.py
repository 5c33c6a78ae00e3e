"""The data-health page: both sides of each load and step, warnings, what was left out, and the way to take it away."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.ui import canned
from tests.ui.conftest import open_page, read, words
from vitals.queries import all_queries, query
from vitals.ui import charts, data_health
from vitals.ui.charts import drawing
from vitals.ui.words import loads


@pytest.fixture
def page(results):
    app = open_page("data_health")
    assert not app.exception
    return app


def test_account_of_each_load_is_there(page):
    found = next(frame.value for frame in page.dataframe if "short_hash" in frame.value)
    assert list(found["evidence"]) == ["Our own captions, or mapped by hand", "Inferred, not seen"]
    assert list(found["replaced_by"]) == ["–", "**later**.csv"]


def test_both_sides_of_each_step_are_there(page):
    found = next(frame.value for frame in page.dataframe if "left_side" in frame.value)
    assert list(found["is_balanced"]) == ["Yes"] * 3


def test_warnings_and_gaps_are_said_and_escaped(page):
    said = words(page)
    assert "incomplete" in said and "**incomplete**" not in said
    assert "2 months" in said and "**May**" not in said


def test_left_out_rows_can_be_taken_away_in_both_formats(page):
    labels = {button.proto.label for button in page.get("download_button")}
    assert labels == {"All these rows as XLSX", "As CSV", "CSV", "XLSX"}


def test_a_file_can_be_chosen(page):
    box = page.selectbox(key="left_out_of")
    assert box.options == [data_health.EVERY_FILE, "invoices.csv, invoice lines (load 1)"]
    box.set_value(box.options[1])
    page.run()
    assert not page.exception


def test_reason_is_told_in_words(page):
    found = next(frame.value for frame in page.dataframe if "raw_text" in frame.value)
    assert set(found["words"]) == {"There is no such **date**"}


@pytest.mark.parametrize(
    ("loads_balance", "steps_balance", "said"),
    [(True, True, "accounted for"), (False, True, "1 load of 2 does not balance"), (True, False, "1 step from there")],
)
def test_answer_names_what_does_not_balance(loads_balance, steps_balance, said):
    balances = canned.balances().assign(is_balanced=[True, loads_balance])
    steps = pd.DataFrame({"is_balanced": [True, steps_balance]})
    assert said in loads.trust(balances, steps)


def test_rows_of_the_headline_add_up():
    said = loads.trust(canned.balances(), pd.DataFrame({"is_balanced": [True]}))
    # 4000 + 812 read; 3990 + 804, 4, 3 + 1 and 7 + 3
    assert "4,812 rows were read: 4,794 in use, 4 replaced by another row, 4 quarantined and 10 set aside." in said


def test_flags_that_touch_a_page_are_said_there(results):
    said = words(open_page("utilisation"))
    assert "Counted although odd" in said
    assert "**0**" not in said


CHECKS = sorted(name for name, item in all_queries().items() if item.layer == "checks" and not item.params)


@pytest.mark.parametrize("check", CHECKS)
def test_checks_show_names_and_no_keys(check):
    """A key stands beside the name that is shown in its place, and the file in place of its load's number."""
    header = [column.name for column in query(check).columns]
    said, shown = data_health.readable(check, pd.DataFrame(columns=header), {})
    assert {column.removesuffix("_key") for column in header if column.endswith("_key")} <= set(said.columns)
    assert ("file_name" in said) >= ("load_id" in header)
    columns = [column.name for column in shown.described]
    assert [name for name in columns if name.endswith("_key") or name == "load_id"] == []
    assert all(column.label for column in shown.described)


def test_what_a_check_found_is_counted_once_each():
    """Three months of one technician are one technician."""
    months = pd.date_range("2026-01-01", periods=3, freq="MS")
    hours = pd.DataFrame({"technician_key": ["ann", "ann", "bob"], "month_start": months, "hours": 1.0})
    assert data_health.counted("checks.hours_without_a_client", hours) == "2 technicians"
    nobody = hours.assign(technician_key=None)
    assert data_health.counted("checks.hours_without_a_client", nobody) == "3 lines"
    rows = pd.DataFrame({"load_id": [1, 1, 2], "row_number": [4, 4, 4], "technician_key": ["ann", "bob", "ann"]})
    assert data_health.counted("checks.hours_of_tickets_without_a_date", rows) == "2 rows"
    one = pd.DataFrame({"loaded_hours": [1.0]})
    assert data_health.counted("checks.hours_of_every_entry_reach_a_month", one) == "1 line"


def test_open_questions_are_not_drawn_in_the_colour_of_good():
    counts = pd.DataFrame({"reason": ["a", "b", "c"], "fate": ["waits", "quarantined", "set_aside"], "rows": [3, 2, 1]})
    colours = list(charts.left_out_bars(counts).data[0].marker.color)
    assert colours == [drawing.AMBER, drawing.VERMILION, drawing.GREY]


TORN = b"client,invoice_number,line_number,invoiced_on,amount\nBirch,1,1,2025-10-03,120\nBirch,1,1,2025-10-03,12\n"


def test_version_is_chosen_and_taken_back():
    app = open_page("start")
    app.file_uploader[0].upload("torn.csv", TORN, "text/csv")
    app.run()
    app.switch_page("pages/data_health.py").run()
    assert "2 rows were read: 0 in use and 2 quarantined." in read(app)
    for choice, ends in (("Row 3", "1 in use and 1 set aside"), ("None", "0 in use and 2 quarantined")):
        next(radio for radio in app.radio if radio.key.startswith("version_")).set_value(choice)
        app.run()
        assert not app.exception
        assert f"2 rows were read: {ends}." in read(app)
        assert next(radio for radio in app.radio if radio.key.startswith("version_")).value == choice


def test_every_place_agrees_that_nothing_waits_after_a_choice():
    app = open_page("start")
    app.file_uploader[0].upload("torn.csv", TORN, "text/csv")
    app.run()
    assert "2 wait for your choice" in read(app)
    assert "Choose which version of a row is right" in [link.proto.label for link in app.get("page_link")]
    app.switch_page("pages/data_health.py").run()
    assert "2 rows wait for your choice" in read(app) and "2 rows of the files still wait" in read(app)
    next(radio for radio in app.radio if radio.key.startswith("version_")).set_value("Row 3")
    app.run()
    said = read(app)
    assert "wait for your choice" not in said and "waits for your choice" not in said
    assert "none waits any more" in said
    (row,) = next(frame.value for frame in app.dataframe if "raw_text" in frame.value).to_dict("records")
    assert (row["words"], row["stands_for"]) == ("You chose another version of the row", "row 3 of torn.csv")
    app.switch_page("pages/start.py").run()
    assert "for your choice" not in read(app)
    assert "1 version that you did not choose" in read(app)

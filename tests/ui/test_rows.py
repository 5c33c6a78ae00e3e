"""From a number to the rows behind it: two clicks, of the same client, with files of all of them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ui import canned
from tests.ui.conftest import open_page, read
from vitals import warehouse
from vitals.catalogue import numbers
from vitals.ui.page import contents

pytestmark = pytest.mark.usefixtures("results")


def _ways(app) -> set[str]:
    return {button.label for button in app.button if button.key.startswith("rows_")}


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ("client_margin", {"Invoice lines", "Hours", "Tickets"}),
        ("utilisation", {"Hours", "Tickets"}),
        ("qbr", {"Reviews"}),
        ("service_levels", {"Tickets"}),
        ("recurring_revenue", {"Invoice lines"}),
    ],
)
def test_explanation_of_a_page_leads_to_the_rows_that_it_reads(page, kinds):
    assert kinds <= _ways(open_page(page))


def test_rows_of_a_client_page_are_those_of_the_client(monkeypatch):
    found = {}
    monkeypatch.setattr(contents, "button", lambda label, key, page, choices: found.update({(page, key): choices}))
    open_page("client", client=canned.NAMES[0])
    assert found["rows", "rows_Invoice lines"]["kind"] == "Invoice lines"
    assert found["rows", "rows_Invoice lines"]["of_client"] == "Birch Dental"
    open_page("client_margin")
    assert found["rows", "rows_Invoice lines"]["of_client"] == "All"


def test_a_number_leads_to_the_rows_that_make_it(monkeypatch):
    found = {}
    monkeypatch.setattr(contents, "button", lambda label, key, page, choices: found.update({key: choices}))
    open_page("qbr")
    assert found["rows_of_completion_pct"] == {
        "kind": "Reviews owed", "of_number": "Reviews held when due", "of_client": "All", "of_technician": "All",
        "of_priority": "All", "of_category": "All",
    }  # fmt: skip
    # and the other way round: all rows of the files are of no number
    assert found["rows_Reviews"]["of_number"] == "All"


def test_a_difference_leads_to_the_rows_of_what_it_is_reckoned_from(monkeypatch):
    found = {}
    monkeypatch.setattr(contents, "button", lambda label, key, page, choices: found.update({key: choices}))
    open_page("overview")
    whole = "rows_of_gross_margin_after_bench_pct"
    made = {key.removeprefix(whole + "_"): said["kind"] for key, said in found.items() if key.startswith(whole)}
    assert made == {
        "revenue": "Invoice lines", "direct_cost": "Invoice lines", "labour_cost": "Hours",
        "gross_hours": "Contracted hours",
    }  # fmt: skip
    assert found[whole + "_direct_cost"]["of_number"] == "Direct cost"


def test_what_a_number_is_reckoned_from_has_rows():
    assert [name for item in numbers().values() for name in item.parts if not numbers()[name].rows] == []


def test_rows_of_a_number_are_those_that_it_counts_and_say_how_it_is_made(monkeypatch):
    asked = {}
    answer = canned.run

    def run(con, name, **params):
        asked[name] = params
        return answer(con, name, **params)

    monkeypatch.setattr(warehouse, "run", run)
    app = open_page("rows", kind="Tickets", of_number="Resolved within the target")
    assert asked["metrics.behind_tickets"]["subset"] == "resolution"
    assert "9,000 tickets can be judged by their target to resolve, 12 of which met it" in read(app)
    assert "Resolved within the target: Met / (met + missed + open past due)" in read(app)
    said = read(open_page("rows", kind="Reviews owed", of_number="Clients without the review owed"))
    assert "owed a review had none inside the cadence: as of 30" in said


def test_rows_of_a_number_that_is_always_of_a_year_are_those_of_a_year(monkeypatch):
    asked = {}
    answer = canned.run
    window = {"twelve_from": date(2023, 2, 1), "closing_month": date(2024, 1, 1)}
    monkeypatch.setitem(canned.ONE, "metrics.signal_window", window)
    monkeypatch.setattr(
        warehouse, "run", lambda con, name, **given: asked.update({name: given}) or answer(con, name, **given)
    )
    app = open_page("rows", kind="Tickets", of_number="Tickets resolved by automation, of a year")
    assert asked["metrics.behind_tickets"]["month_from"] == window["twelve_from"]
    assert "Feb 2023 – Jan 2024" in read(app)


def test_a_number_of_another_kind_of_rows_is_none_of_these():
    said = read(open_page("rows", kind="Tickets", of_number="Revenue"))
    assert "9,000 tickets were opened" in said


def test_rows_say_what_they_add_up_to_and_can_be_taken_away():
    app = open_page("rows", kind="Tickets")
    assert "9,000 tickets were opened, 12 of which have no end yet" in read(app)
    assert "the files hold all 9,000" in read(app)
    assert [button.proto.label for button in app.get("download_button")][:2] == ["CSV", "XLSX"]
    assert "Technician" in [box.label for box in app.selectbox]
    assert "Technician" not in [box.label for box in open_page("rows", kind="Invoice lines").selectbox]
    assert contents.line_of("rows")[0].name == "data_health"
    assert "2,813,544.61 of revenue from clients" in read(open_page("rows", kind="Invoice lines"))

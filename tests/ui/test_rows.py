"""From a number to the rows behind it: two clicks, of the same client, with files of all of them."""

from __future__ import annotations

import pytest

from tests.ui import canned
from tests.ui.conftest import open_page, read
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


def test_rows_say_what_they_add_up_to_and_can_be_taken_away():
    app = open_page("rows", kind="Tickets")
    assert "9,000 tickets were opened, 12 of which have no end yet" in read(app)
    assert "the files hold all 9,000" in read(app)
    assert [button.proto.label for button in app.get("download_button")][:2] == ["CSV", "XLSX"]
    assert "Technician" in [box.label for box in app.selectbox]
    assert "Technician" not in [box.label for box in open_page("rows", kind="Invoice lines").selectbox]
    assert contents.line_of("rows")[0].name == "data_health"
    assert "2,813,544.61 of revenue from clients" in read(open_page("rows", kind="Invoice lines"))

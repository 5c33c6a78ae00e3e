"""Files that real systems wrote map themselves, where they are at hand."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from vitals.ingest.files.reader import read
from vitals.ingest.recognise.match import match
from vitals.ingest.shapes.shape import reshape

EXPORTS = Path(__file__).parents[3] / "shared" / "exports"
pytestmark = pytest.mark.skipif(not EXPORTS.exists(), reason="the real exports are not here")


def loaded(name):
    [sheet] = read(EXPORTS / name, name)
    [found] = match(sheet)
    shaped, folded = reshape(sheet, found)
    assert found.questions == () and folded == 0
    return found, {column: shaped.rows.column(f"c{at}").to_pylist() for column, at in found.columns.items()}


def test_the_ticket_grid_of_autotask():
    found, cells = loaded("autotask_ticket_grid_export_deid.csv")
    assert (found.entity, found.system) == ("tickets", "Autotask PSA")
    assert len(set(cells["ticket_id"])) == 746
    assert sum(map(Decimal, cells["hours"])) == Decimal("200.22")
    assert len(set(cells["client"]) - {""}) == 181
    assert Counter(closed == "" for closed in cells["closed_at"])[True] == 6
    assert cells["resolved_at"] == cells["closed_at"]
    assert cells["technician"][0] == "Crane, Bella" and cells["category"][0] == "Computer (laptop, workstation)"
    assert cells["opened_at"][0] == "03/31/2026 11:17 PM"


def test_the_tickets_of_freshdesk():
    found, cells = loaded("freshdesk_tickets_trial_export.csv")
    counts = {"Open": 26, "Pending": 10, "Waiting on Third Party": 8, "OpenPending": 1}
    assert found.system == "Freshdesk" and Counter(cells["status"]) == counts
    assert (min(cells["opened_at"]), max(cells["opened_at"])) == ("2025-12-03 16:29:08", "2025-12-04 16:43:24")
    assert cells["title"][0] == "404 error when on a specific page"


def test_the_incidents_of_servicenow():
    found, cells = loaded("servicenow_incident_fieldnames_devinstance.csv")
    assert found.system == "ServiceNow" and len(cells["ticket_id"]) == 66
    assert Counter(cells["priority"])["1 - Critical"] == 27
    assert Counter(cells["technician"])[""] == 18


def test_the_issues_of_a_spanish_jira():
    found, cells = loaded("jira_jsm_spanish_headers_deid.csv")
    assert found.system == "Jira" and len(cells["ticket_id"]) == 3
    row = cells["ticket_id"].index("IHS-5")
    assert cells["opened_at"][row] == "18/jul/26 9:10 AM"
    assert cells["resolved_at"][row] == "18/jul/26 10:53 AM"
    assert "22:17" not in {cell for column in cells.values() for cell in column}

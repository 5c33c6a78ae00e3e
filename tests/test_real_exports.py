"""Files that real systems wrote give what was counted in them by hand; skipped where they are not at hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vitals import warehouse, workspace
from vitals.ingest.preparation import prepare

FOLDER = Path(os.environ.get("VITALS_EXPORTS", Path(__file__).parents[2] / "shared" / "exports"))
pytestmark = [
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the real exports are not at hand"),
    pytest.mark.usefixtures("lazily"),
]


@pytest.fixture
def con() -> Iterator[warehouse.Connection]:
    connection = warehouse.connect()
    yield connection
    connection.close()


def _load(con: warehouse.Connection, file: str, **answers: str) -> dict[str, Any]:
    reports = workspace.load_files(con, [FOLDER / file], workspace.LoadOptions(answers=answers), prepare=prepare)
    return next(item for item in reports if item.entity == "tickets")


def _row(con: warehouse.Connection, query: str) -> tuple:
    return con.execute(query).fetchall()[0]


def test_autotask_grid(con: warehouse.Connection) -> None:
    found = _load(con, "autotask_ticket_grid_export_deid.csv")
    assert (found.decision, found.system, found.rows_loaded) == ("accept", "Autotask PSA", 746)
    assert found.hours == pytest.approx(200.22, abs=1e-9)
    counted = """select count(distinct client), count(*) filter (resolved_at is null and closed_at is null)
        from staging.tickets"""
    assert _row(con, counted) == (181, 6)
    span = "select min(opened_at)::varchar, max(opened_at)::varchar from staging.tickets"
    assert _row(con, span) == ("2026-03-01 03:01:00", "2026-03-31 23:17:00")
    assert _row(con, "select count(*) from staging.tickets where technician like '%,%'") == (0,)


def test_freshdesk_export(con: warehouse.Connection) -> None:
    assert _load(con, "freshdesk_tickets_trial_export.csv").rows_loaded == 45
    statuses = con.execute("select status, count(*) from staging.tickets group by 1 order by 2 desc").fetchall()
    assert statuses == [("Open", 26), ("Pending", 10), ("Waiting on Third Party", 8), ("OpenPending", 1)]
    span = "select min(opened_at)::varchar, max(opened_at)::varchar, count(title) from staging.tickets"
    assert _row(con, span)[:2] == ("2025-12-03 16:29:08", "2025-12-04 16:43:24")


def test_servicenow_incidents(con: warehouse.Connection) -> None:
    assert _load(con, "servicenow_incident_fieldnames_devinstance.csv").rows_loaded == 66
    counted = (
        "select count(*) filter (priority = '1 - Critical'), count(*) filter (technician is null) from staging.tickets"
    )
    assert _row(con, counted) == (27, 18)


def test_jira_with_spanish_captions(con: warehouse.Connection) -> None:
    assert _load(con, "jira_jsm_spanish_headers_deid.csv").rows_loaded == 3
    opened = "select opened_at::varchar, hours from staging.tickets where ticket_id = 'IHS-5'"
    assert _row(con, opened)[0] == "2026-07-18 09:10:00"

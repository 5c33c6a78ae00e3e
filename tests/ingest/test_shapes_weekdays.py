"""Weekly time sheets with a column for each day: one row for each day that has hours."""

from __future__ import annotations

import pytest

from vitals import warehouse, workspace
from vitals.ingest import parts
from vitals.ingest.preparation import prepare

HEADER = "Technician,Client,Week of,Mon,Tue,Wed,Thu,Fri,Sat,Sun,Total\n"
YES = {"confirm_mapping": "yes"}

pytestmark = pytest.mark.usefixtures("lazily")


def loaded(text, **answers):
    """The report of a file, and its entries: who, for whom, day, hours."""
    con = warehouse.connect()
    files = [workspace.Upload("weeks.csv", text.encode())]
    [report] = workspace.load_files(con, files, workspace.LoadOptions(answers=answers), prepare=prepare)
    rows = con.execute(
        "select technician, client, worked_on::varchar, hours::double from raw.time_entries order by 1, 3"
    ).fetchall()
    con.close()
    return report, rows


def test_an_inferred_layout_is_asked():
    report, rows = loaded(HEADER + "Ann,Acme,2025-03-03,2,,,,1.5,,,3.5\n")
    assert not rows
    assert [one.name for one in report.questions] == ["confirm_mapping"]


def test_each_filled_day_is_an_entry():
    report, rows = loaded(
        # Monday 3 March 2025; Bob's week begins on Sunday the 2nd, so his Sun is that day
        HEADER + "Ann,Acme,2025-03-03,2,,,,1.5,,,3.5\nBob,Birch,2025-03-02,8,,,,,,1,9\nCid,Acme,2025-03-03,,,,,,,,\n",
        **YES,
    )
    assert rows == [
        ("Ann", "Acme", "2025-03-03", 2.0),
        ("Ann", "Acme", "2025-03-07", 1.5),
        ("Bob", "Birch", "2025-03-02", 1.0),
        ("Bob", "Birch", "2025-03-03", 8.0),
    ]
    assert report.reasons == {"blank": 1}
    assert report.rows_read == report.rows_loaded + report.rows_quarantined + report.rows_set_aside == 5


@pytest.mark.parametrize("long_bytes", [parts.LONG_BYTES, 1], ids=["in two passes", "while it is read"])
def test_weeks_whose_month_comes_first(monkeypatch, long_bytes):
    monkeypatch.setattr(parts, "LONG_BYTES", long_bytes)
    # 17 March has no other reading, so 3/10 is 10 March and not 3 October
    _, rows = loaded(HEADER + "Ann,Acme,03/10/2025,,2,,,,,,2\nAnn,Acme,03/17/2025,,3,,,,,,3\n", **YES)
    assert [(day, hours) for _, _, day, hours in rows] == [("2025-03-11", 2.0), ("2025-03-18", 3.0)]


def test_what_cant_be_read_is_quarantined():
    report, rows = loaded(
        HEADER + "Ann,Acme,soon,1,,,,,,,1\nBob,Birch,2025-03-03,lots,,,,,,,1\nCid,Acme,2025-03-03,1,1\n"
        "Dan,Acme,2025-03-03,1,,,,,,,1\n", **YES,
    )  # fmt: skip
    assert [row[0] for row in rows] == ["Dan"]
    assert report.rows_quarantined == 3

"""Absences from one day to another: one row for each weekday, with its share of the hours."""

import pytest

from tests.ingest.tables import from_csv
from vitals import warehouse, workspace
from vitals.ingest.preparation import prepare
from vitals.ingest.recognise.match import match

pytestmark = pytest.mark.usefixtures("lazily")


def loaded(text, **options):
    """The report of a file, and its days off: who, day, hours, kind."""
    con = warehouse.connect()
    files = [workspace.Upload("leave.csv", text.encode())]
    [report] = workspace.load_files(con, files, workspace.LoadOptions(**options), prepare=prepare)
    rows = con.execute(
        "select technician, day::varchar, hours::double, kind from raw.time_off order by 1, 2"
    ).fetchall()
    con.close()
    assert report.rows_read == report.rows_loaded + report.rows_quarantined + report.rows_set_aside
    return report, rows


def days(rows):
    return [(day[5:], hours) for _, day, hours, _ in rows]


def test_each_weekday_is_a_day_off_and_weekends_are_none():
    report, rows = loaded(
        "Employee,From,To,Type,Days\nAnn,2025-03-06,2025-03-11,PTO,4\nBob,2025-03-10,2025-03-10,Sick,1\n"
    )
    assert (report.decision, report.entity) == ("accept", "time_off")
    assert rows == [
        ("Ann", "2025-03-06", None, "PTO"),
        ("Ann", "2025-03-07", None, "PTO"),
        ("Ann", "2025-03-10", None, "PTO"),
        ("Ann", "2025-03-11", None, "PTO"),
        ("Bob", "2025-03-10", None, "Sick"),
    ]


@pytest.mark.parametrize(
    ("header", "cells", "hours"),
    [
        ("Days", "0.5", 4.0),  # half a day of eight hours
        ("Days", "2", None),  # more than the day has is the day
        ("Hours", "3.5", 3.5),
        ("Hours", "3:30", 3.5),
    ],
)
def test_part_of_a_day(header, cells, hours):
    _, rows = loaded(f"Employee,From,To,Leave Type,{header}\nAnn,2025-03-10,2025-03-10,PTO,{cells}\n")
    assert days(rows) == [("03-10", hours)]


def test_hours_of_several_days_are_shared_and_keep_their_sum():
    _, rows = loaded("Employee,Start Date,End Date,Leave Type,Hours\nAnn,2025-03-10,2025-03-12,PTO,10\n")
    assert [day for day, _ in days(rows)] == ["03-10", "03-11", "03-12"]
    assert sum(hours for _, hours in days(rows)) == 10
    _, rows = loaded("Employee,Start Date,End Date,Leave Type,Days\nAnn,2025-03-10,2025-03-13,PTO,3\n")
    assert days(rows) == [("03-10", 6), ("03-11", 6), ("03-12", 6), ("03-13", 6)]


def test_times_of_one_day_are_its_hours():
    _, rows = loaded("Employee,From,To,Leave Type\nAnn,2025-03-10 09:00,2025-03-10 13:00,PTO\n")
    assert days(rows) == [("03-10", 4)]


def test_what_cant_be_read_is_quarantined_once():
    report, rows = loaded(
        "Employee,From,To,Leave Type,Hours\n,2025-03-10,2025-03-12,PTO,24\nAnn,2025-03-12,2025-03-10,PTO,24\n"
        "Bob,2025-03-10,soon,PTO,8\nCid,2025-03-10,,PTO,8\nDora,2025-03-10,2025-03-12,PTO,plenty\n"
        "Eve,2025-03-10,2025-03-10,PTO,8\n"
    )
    assert [row[0] for row in rows] == ["Eve"]
    assert report.reasons == {"date_impossible": 2, "date_missing": 1, "hours_not_readable": 1, "id_missing": 1}
    assert report.rows_quarantined == 5


@pytest.mark.parametrize(
    ("count", "found"),
    [
        ("1", [("03-07", None)]),
        ("0.5", [("03-07", 4)]),
        ("3", [("03-07", None), ("03-10", None), ("03-11", None)]),  # the weekend is none of them
        ("1.5", [("03-07", 6), ("03-10", 6)]),
    ],
)
def test_so_many_days_from_one_on_are_days_off(count, found):
    _, rows = loaded(f"Employee,Date,Days,Leave Type\nAnn,2025-03-07,{count},PTO\n")
    assert days(rows) == found


def test_days_that_may_be_no_leave_are_asked_and_what_cant_be_read_is_quarantined():
    [found] = match(from_csv("Employee,Start,Days\nAnn,2025-03-07,2"))
    assert found.entity == "time_off" and [one.name for one in found.questions] == ["confirm_mapping"]
    report, rows = loaded("Employee,Date,Days Taken\nAnn,2025-03-07,some\nBob,,2\nCid,2025-03-07\nDee,2025-03-07,1\n")
    assert [row[0] for row in rows] == ["Dee"] and report.rows_quarantined == 3


def test_days_that_read_both_ways_are_asked_and_the_answer_says_which_days():
    text = "Employee,From,To,Leave Type\nAnn,04/03/2025,06/03/2025,PTO\n"
    report, _ = loaded(text)
    [asked] = report.questions
    assert asked.name == "day_or_month_first"
    assert "3 rows" in asked.choices["dmy"] and "4 Mar 2025 to 6 Mar 2025" in asked.choices["dmy"]
    assert days(loaded(text, answers={"day_or_month_first": "dmy"})[1]) == [
        ("03-04", None), ("03-05", None), ("03-06", None),
    ]  # fmt: skip
    assert len(loaded(text, answers={"day_or_month_first": "mdy"})[1]) == 44


def test_an_end_that_reads_one_way_decides_for_all():
    report, rows = loaded("Employee,From,To,Leave Type\nAnn,04/03/2025,06/03/2025,PTO\nBob,12/03/2025,13/03/2025,PTO\n")
    assert report.decision == "accept" and len(rows) == 5


def test_two_days_alone_may_be_a_rota_and_are_asked():
    [found] = match(from_csv("Employee,From,To,Type\nAnn,2025-03-03,2025-03-07,Early"))
    assert found.entity == "time_off" and [one.name for one in found.questions] == ["confirm_mapping"]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Employee,Start Date,End Date,Job Title\nAnn,2020-03-03,2024-03-07,Engineer", "technicians"),
        ("Employee,Date,From,To,Hours\nAnn,2025-03-03,09:00,17:00,8", "time_entries"),
        ("Client,Start Date,End Date,Monthly Fee\nAcme,2025-03-03,2026-03-02,100", "agreements"),
        ("Employee,Date,Hours Off,Type\nAnn,2025-03-03,8,PTO", "time_off"),
    ],
)
def test_other_tables_with_two_dates_stay_what_they_are(text, entity):
    [found] = match(from_csv(text))
    assert found.entity == entity and "absence" not in [shape.name for shape in found.shapes]

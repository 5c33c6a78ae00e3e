"""Section 2, utilisation: capacity by weekday, absences, what counts as client and as billable, and who has no row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.acceptance.desk import desk, months, ratio

JAN = months("2025-01")


FILES = {
    "clients": "client,is_internal\nA,no\nUs,yes",
    "technicians": """
        technician,valid_from,hours_per_week,is_service,starts_on,ends_on
        Ann,,40,,,
        Bob,,20,yes,2025-01-20,2025-01-24
        Desk,,40,no,,
        Vera,,40,,,
        Vera,2025-01-16,30,,,
        Gone,,40,,,2024-12-31
        Idle,,,,,
        """,
    "holidays": "day\n2025-01-01\n2025-01-20\n2025-01-04",
    "time_off": """
        technician,day,hours,kind
        Ann,2025-01-02,,pto
        Ann,2025-01-03,4,pto
        Ann,2025-01-03,12,sick
        Ann,2025-01-04,8,pto
        Ann,2025-01-20,8,pto
        Ann,2025-01-21,8,Holiday
        Bob,2025-01-17,4,pto
        Bob,2025-01-21,8,pto
        """,
    "time_entries": """
        entry_id,worked_on,hours,technician,client,coverage,billable
        1,2025-01-06,10,Ann,A,agreement,
        2,2025-01-06,5,Ann,A,billable,no
        3,2025-01-07,3,Ann,A,,yes
        4,2025-01-07,2,Ann,A,,no
        5,2025-01-07,1,Ann,A,out_of_scope_unbilled,yes
        6,2025-01-08,4,Ann,,,yes
        7,2025-01-08,2,Ann,A,internal,yes
        8,2025-01-08,6,Ann,Us,agreement,
        9,2025-01-31,2,Bob,A,agreement,
        10,2025-01-21,3,Bob,A,agreement,
        11,2025-01-06,7,Desk,A,agreement,
        12,2025-01-06,2,Gone,A,agreement,
        13,2025-01-06,4,Stranger,A,agreement,
        14,2025-01-06,1,Stranger,,,
        """,
}


@pytest.fixture(scope="module")
def found() -> Iterator[dict]:
    """January of 2025: 23 weekdays from Wednesday the 1st; the 1st and the 20th are holidays, the 4th a Saturday."""
    with desk(
        **FILES,
    ) as book:
        yield book.by("technician", "metrics.technician_utilisation", **JAN)


def hours(row):
    return tuple(row[name] for name in ("gross_hours", "net_hours", "logged_hours", "client_hours", "billable_hours"))


def ratios(row):
    names = ("utilisation_gross", "utilisation_net", "billable_utilisation", "time_capture")
    return tuple(row[name] for name in names)


def test_who_has_a_row(found):
    assert {*found} - {"Idle"} == {"Ann", "Bob", "Vera", "Gone", "Stranger"}


def test_absences_and_kinds_of_hours(found):
    # gross 23 x 8; holidays 2 x 8; off: the 2nd in full, the 3rd 4 + 12 capped at 8; the rest doesn't count
    # client 10 + 5 + 3 + 2 + 1; billable 10 + 5 + 3; logged also 4 + 2 + 6
    assert hours(found["Ann"]) == (184, 152, 33, 21, 18)
    assert ratios(found["Ann"]) == (ratio(21 / 184), ratio(21 / 152), ratio(18 / 152), ratio(33 / 152))


def test_employment_is_inclusive_and_hours_outside_it_count(found):
    # Monday the 20th to Friday the 24th: 5 x 4; the 20th is a holiday, the 21st off, capped at 4
    assert hours(found["Bob"]) == (20, 12, 5, 5, 5)
    assert ratios(found["Bob"]) == (ratio(0.25), ratio(5 / 12), ratio(5 / 12), ratio(5 / 12))


def test_versions_change_capacity(found):
    # 11 weekdays to the 15th at 8, 12 from the 16th at 6; the holidays cost 8 and 6
    assert hours(found["Vera"]) == (160, 146, 0, 0, 0)
    assert ratios(found["Vera"]) == (0, 0, 0, 0)


def test_nobody_employed_has_no_capacity(found):
    assert hours(found["Gone"]) == (0, 0, 2, 2, 2)
    assert ratios(found["Gone"]) == (None, None, None, None)


def test_hours_a_week_are_assumed(found):
    assert hours(found["Idle"])[:2] == (184, 168)


def test_a_name_only_in_time_entries_has_hours_and_nothing_else(found):
    assert hours(found["Stranger"]) == (None, None, 5, 4, 4)
    assert ratios(found["Stranger"]) == (None, None, None, None)


def test_without_holidays_the_kind_counts_and_a_month_counts_whole():
    with desk(
        technicians="technician,hours_per_week\nAnn,40",
        time_off="technician,day,hours,kind\nAnn,2025-01-02,,holiday",
        # Wednesday the 29th is the third-last weekday of January's 23, the 15th of February no end
        time_entries="""
            worked_on,hours,technician,client,billable
            2025-01-03,2,Ann,A,yes
            2025-01-29,2,Ann,A,yes
            2025-02-14,9,Ann,A,yes
            """,
    ) as book:
        assert hours(book.one("metrics.technician_utilisation", **JAN)) == (184, 176, 4, 4, 4)
        whole = book.one("metrics.technician_utilisation", **months("2025-01", "2025-02"))
        assert hours(whole) == (184, 176, 4, 4, 4)


def test_months_that_the_hours_do_not_reach_are_unknown():
    with desk(
        technicians="technician,hours_per_week\nAnn,40",
        time_entries="worked_on,hours,technician,client\n2025-01-15,4,Ann,A\n2025-03-03,4,Ann,A",
    ) as book:
        # January begins too late, February has no entry, March ends too soon
        rows = book.rows("metrics.technician_utilisation", **months("2025-01", "2025-03"))
        assert [row["utilisation_net"] for row in rows] == [None]

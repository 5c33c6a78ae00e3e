"""Days and times of day: apart in two columns, a day that is another zone's evening, a day's work, the desk's clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.made import scaled
from vitals.ingest.model import Options, Prepared
from vitals.ingest.preparation import prepare

TODAY = date(2026, 6, 1)


def _read(text: str, name: str = "file.csv", **answers: str) -> tuple[Prepared, list[dict[str, Any]]]:
    parts: list[pa.Table] = []
    options = Options(answers=answers, today=TODAY)
    found = prepare(text.encode(), name, options, lambda index, entity, rows: parts.append(rows))
    return found, [row for part in parts for row in part.to_pylist()]


DAYS = {"iso": "%Y-%m-%d", "us": "%m/%d/%Y", "dotted": "%d.%m.%Y", "excel": "%Y-%m-%d 00:00:00"}
CLOCKS = {"short": "%H:%M", "long": "%H:%M:%S", "american": "%I:%M %p", "excel": "1899-12-30 %H:%M:%S"}
PAIRS = [
    ("Created Date", "Created Time"),
    ("Date Opened", "Time Opened"),
    ("OpenedDate", "OpenedTime"),
    ("Opened", "Opened Time"),
]


@scaled(40)
@given(
    st.lists(st.datetimes(datetime(2026, 1, 13), datetime(2026, 5, 30)), min_size=1, max_size=5),
    st.sampled_from(PAIRS), st.sampled_from([*DAYS]), st.sampled_from([*CLOCKS]), st.booleans(),
)  # fmt: skip
def test_a_day_and_its_time_of_day_are_one_moment(
    moments: list[datetime], captions: tuple[str, str], day: str, clock: str, is_first: bool
) -> None:
    moments = [moment.replace(second=0, microsecond=0) for moment in moments]
    header = [*captions][:: 1 if is_first else -1]
    lines = [f"Ticket ID,Client,Priority,{','.join(header)}"]
    for number, moment in enumerate(moments):
        cells = [moment.strftime(DAYS[day]), moment.strftime(CLOCKS[clock])][:: 1 if is_first else -1]
        lines.append(f"T{number},Acme,High,{','.join(cells)}")
    found, rows = _read("\n".join(lines) + "\n", day_or_month_first="dmy" if day == "dotted" else "mdy")
    assert not found.questions, (lines, found.questions)
    assert [row["opened_at"] for row in rows] == moments


def test_a_length_of_time_beside_a_day_is_no_time_of_day() -> None:
    """The resolution took an hour and a half: its column is another word than the day's."""
    rows = _read("Ticket ID,Client,Created,Resolved Date,Resolution Time\n1,Acme,2026-05-04,2026-05-04,1:30\n")[1]
    assert rows[0]["resolved_at"] == datetime(2026, 5, 4)


def test_a_day_without_its_time_of_day_is_its_midnight() -> None:
    text = "Ticket ID,Client,Created Date,Created Time\n1,Acme,2026-05-04,14:30\n2,Acme,2026-05-05,\n3,Acme,,09:00\n"
    found, rows = _read(text)
    assert [row["opened_at"] for row in rows] == [datetime(2026, 5, 4, 14, 30), datetime(2026, 5, 5)]
    assert [item.reason for item in found.tables[0].quarantined] == ["date_missing"]


def test_moments_that_hold_their_own_clock_keep_it() -> None:
    text = "Ticket ID,Client,Created Date,Created Time\n1,Acme,2026-05-04 08:00,14:30\n"
    assert _read(text, confirm_mapping="yes")[1][0]["opened_at"] == datetime(2026, 5, 4, 8)


def _worked(*cells: str, on: str = "2026-05-04") -> str:
    return "worked_on,technician,client,hours\n" + "".join(f"{on},Ann,Acme,{cell}\n" for cell in cells)


@pytest.mark.parametrize(("day", "hours"), [("8", 22.5), ("7.5", 21.5), ("24", 54.5)])
def test_how_long_a_day_of_work_is_gets_asked(day: str, hours: float) -> None:
    """Two days and 6.5 hours."""
    text = _worked("1d 2h", "1 day", "2.5", "2h")
    assert [question.name for question in _read(text)[0].questions] == ["hours_in_a_day"]
    assert sum(row["hours"] for row in _read(text, hours_in_a_day=day)[1]) == Decimal(str(hours))


def test_days_are_asked_about_only_where_some_length_has_them() -> None:
    assert not _read(_worked("2h 30m", "1:30", "PT2H"))[0].questions
    assert [one.name for one in _read(_worked("1d"), hours_in_a_day="9")[0].questions] == ["hours_in_a_day"]


@scaled(20)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 7)), min_size=1, max_size=5),
    st.sampled_from(["{0}d {1}h", "{0} days {1} hours", "{0} d, {1} h"]), st.sampled_from(["8", "7.5", "24"]),
)  # fmt: skip
def test_lengths_in_days_are_never_a_sum_unasked(lengths: list[tuple[int, int]], form: str, day: str) -> None:
    text = _worked(*(f'"{form.format(*length)}"' for length in lengths))
    assert [question.name for question in _read(text)[0].questions] == ["hours_in_a_day"]
    wanted = sum(days * float(day) + hours for days, hours in lengths)
    assert float(sum(row["hours"] for row in _read(text, hours_in_a_day=day)[1])) == wanted


@pytest.mark.parametrize(
    ("cells", "is_asked"),
    [
        (("04/30/2026 11:00:00 PM", "05/13/2026 11:00:00 PM"), True),
        (("2026-04-30 23:00:00", "2026-02-13 22:00:00"), True),  # clocks were changed between the two
        (("2026-04-30T17:00:00Z", "2026-05-13T17:00:00Z"), True),
        (("2026-04-30 00:00:00", "2026-05-13 00:00:00"), False),
        (("2026-04-30 01:00:00", "2026-05-13 01:00:00"), False),  # the day has begun: it is the one that is written
        (("2026-04-30 12:00", "2026-05-13 12:00"), False),
        (("2026-04-30 23:00", "2026-05-13"), False),
        (("2026-04-30 14:12", "2026-05-13 16:40"), False),
        (("2026-04-30 14:00", "2026-05-13 16:00", "2026-05-14 18:30"), False),
    ],
)
def test_a_day_that_is_written_as_an_evening_is_asked_about(cells: tuple[str, ...], is_asked: bool) -> None:
    text = "worked_on,technician,client,hours\n" + "".join(f"{cell},Ann,Acme,1\n" for cell in cells)
    asked = [question.name for question in _read(text, day_or_month_first="mdy")[0].questions]
    assert asked == (["evening_or_next_day"] if is_asked else [])


@scaled(20)
@given(
    st.lists(st.dates(date(2026, 1, 2), date(2026, 5, 30)), min_size=1, max_size=600),
    st.sampled_from(["America/Los_Angeles", "America/New_York", "America/Sao_Paulo"]),
    st.sampled_from(["%Y-%m-%d %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%Y-%m-%dT%H:%M:%S"]),
)
def test_midnights_by_another_clock_are_asked_about_and_answered(days: list[date], zone: str, form: str) -> None:
    """Midnight in UTC as a clock to the west of it shows it: the evening before."""
    told = [datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone)) for day in days]
    lines = "".join(f"{moment.strftime(form)},Ann,Acme,1\n" for moment in told)
    text = f"worked_on,technician,client,hours\n{lines}"
    order = {"day_or_month_first": "mdy"}
    assert [one.name for one in _read(text, **order)[0].questions] == ["evening_or_next_day"]
    assert [row["worked_on"] for row in _read(text, **order, evening_or_next_day="next")[1]] == days
    assert [row["worked_on"] + timedelta(1) for row in _read(text, **order, evening_or_next_day="same")[1]] == days


def _opened(*cells: str, **answers: str) -> list[datetime]:
    text = "Ticket ID,Client,Created At\n" + "".join(f"T{place},Acme,{cell}\n" for place, cell in enumerate(cells))
    return [row["opened_at"] for row in _read(text, **answers)[1]]


def test_times_with_their_offset_are_told_by_the_desks_own_clock() -> None:
    assert _opened("2026-05-04T09:00:00-07:00") == [datetime(2026, 5, 4, 9)]
    # Berlin before and after clocks were changed: nine o'clock is nine o'clock
    berlin = _opened("2026-03-27T09:00+01:00", "2026-03-30T09:00+02:00")
    assert berlin == [datetime(2026, 3, day, 9) for day in (27, 30)]
    assert _opened("2026-05-04T09:00:00Z") == [datetime(2026, 5, 4, 9)]


def test_times_of_several_zones_are_told_by_the_most_frequent() -> None:
    """No desk is seven hours behind UTC and two before it in one month: 18:00 in Berlin is 9:00 in Los Angeles."""
    cells = ("2026-05-04T09:00-07:00", "2026-05-05T10:00-07:00", "2026-05-06T18:00+02:00")
    assert _opened(*cells) == [datetime(2026, 5, 4, 9), datetime(2026, 5, 5, 10), datetime(2026, 5, 6, 9)]


def test_the_desks_zone_can_be_said() -> None:
    cells = ("2026-01-05T15:00:00Z", "2026-05-06T15:00:00Z")
    assert _opened(*cells, time_zone="America/New_York") == [datetime(2026, 1, 5, 10), datetime(2026, 5, 6, 11)]


@scaled(20)
@given(
    st.lists(st.datetimes(datetime(2025, 1, 2), datetime(2026, 5, 30)), min_size=1, max_size=300, unique=True),
    st.sampled_from(["America/Los_Angeles", "Europe/London", "Europe/Berlin", "Asia/Kolkata", "Australia/Sydney"]),
)
def test_the_clock_of_one_desk_is_kept_whatever_the_season(moments: list[datetime], zone: str) -> None:
    local = [moment.replace(microsecond=0, tzinfo=ZoneInfo(zone)) for moment in moments]
    assert _opened(*(moment.isoformat() for moment in local)) == [moment.replace(tzinfo=None) for moment in local]


def test_times_in_utc_are_said_to_be_so_until_the_desks_zone_is_known() -> None:
    text = "Ticket ID,Client,Created At\n1,Acme,{0}\n"
    utc, berlin = text.format("2026-05-04T09:00:00Z"), text.format("2026-05-04T09:00:00+02:00")
    assert "Its times are in UTC" in " ".join(_read(utc)[0].tables[0].warnings)
    for found in (_read(utc, time_zone="Europe/Berlin"), _read(berlin), _read(text.format("2026-05-04 09:00"))):
        assert found[0].tables[0].warnings == ()

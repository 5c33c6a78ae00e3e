"""Durations and moments in the many ways of writing them: the same length however it is said, or none at all."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitals.ingest.read.dates import in_utc, read_when
from vitals.ingest.read.durations import HOURS_STEP, looks_like_clock, read_hours
from vitals.ingest.read.zones import zones_beside
from vitals.ingest.shapes.made import between, between_less_break, between_less_minutes, hours_and_minutes

SECONDS = st.integers(0, 11 * 3600 + 3599)
OFFSETS = st.integers(-11 * 4, 14 * 4).map(lambda quarters: quarters * 15)
WRITTEN = (
    "{h}:{m:02}:{s:02}", "{h}∶{m:02}∶{s:02}", "1970-01-01 {h:02}:{m:02}:{s:02}", "1899-12-30 {h:02}:{m:02}:{s:02}",
    "{h}h {m}m {s}s", "{minutes}:{s:02} min", "{minutes} min {s} sec", "{all} sec", "{twelve}:{m:02}:{s:02} AM",
)  # fmt: skip
NO_LENGTHS = ("1:30:00 PM", "13:00:00 AM", "0:10:00 AM", "1970-01-00 01:00:00", "1970-02-01 01:00:00", "18:75 min")


def exact(seconds: int) -> Decimal:
    return (Decimal(seconds) / 3600).quantize(HOURS_STEP)


@settings(max_examples=60, deadline=None)
@given(SECONDS, st.sampled_from(WRITTEN))
def test_a_length_is_the_same_however_it_is_written(seconds: int, written: str) -> None:
    minutes, rest = divmod(seconds, 60)
    hours = minutes // 60
    text = written.format(h=hours, m=minutes % 60, s=rest, minutes=minutes, all=seconds, twelve=hours % 12 or 12)
    assert abs((read_hours(text) or Decimal(0)) - exact(seconds)) <= HOURS_STEP


@pytest.mark.parametrize("text", NO_LENGTHS)
def test_what_may_be_a_time_of_day_is_no_length(text: str) -> None:
    assert read_hours(text) is None


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("1970-01-01T01:30:00Z", "1.5"), ("1970-01-02T02:00:00.000Z", "26"), ("1/1/1970 1:30:00 AM", "1.5"),
        ("1/2/1970 12:15:00 PM", "36.25"), ("30.12.1899 01:30:00", "1.5"), ("31.12.1899 01:30", "25.5"),
        ("12/30/1899 1:30", "1.5"), ("01/00/1900 1:30:00 AM", "1.5"), ("2/1/1900 0:30", "48.5"),
    ],
)  # fmt: skip
def test_a_length_that_was_turned_into_a_date_is_read_in_any_form(text: str, hours: str) -> None:
    assert looks_like_clock(text) and read_hours(text) == Decimal(hours)


def test_a_moment_of_those_years_is_no_length() -> None:
    for text in ("1/2/1971 1:30", "2.2.1970 01:30", "1/1/1970", "1970-03-01T01:30:00Z", "29.12.1899 01:30"):
        assert not looks_like_clock(text) and read_hours(text) is None


def test_a_length_kept_as_a_moment_of_1970_is_a_clock() -> None:
    assert looks_like_clock("1970-01-02 02:00:00") and read_hours("1970-01-02 02:00:00") == 26


def stamp(moment: datetime, offset: int, is_compact: bool) -> str:
    local, sign = moment + timedelta(minutes=offset), "-" if offset < 0 else "+"
    zone = f"{sign}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
    return local.strftime("%Y%m%dT%H%M%S" if is_compact else "%Y-%m-%dT%H:%M:%S") + zone


@settings(max_examples=60, deadline=None)
@given(SECONDS, OFFSETS, OFFSETS, st.booleans())
def test_offsets_are_taken_off_before_the_times_are(seconds: int, first: int, last: int, is_compact: bool) -> None:
    start = datetime(2026, 3, 28, 22, 0, 0)
    texts = stamp(start, first, is_compact), stamp(start + timedelta(seconds=seconds), last, False)
    assert in_utc(read_when(texts[0], "dmy")) == start
    assert abs(Decimal(between(*texts) or "-1") - exact(seconds)) <= HOURS_STEP


def test_times_of_which_one_has_no_zone_have_no_length_between_them() -> None:
    assert between("2026-05-04T09:00:00+02:00", "2026-05-04 10:00") == "2026-05-04T09:00:00+02:00 to 2026-05-04 10:00"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 600), st.integers(5, 120))
def test_a_break_is_taken_off_or_the_row_is_unreadable(worked: int, pause: int) -> None:
    end = f"{7 + (worked + pause) // 60:02}:{(worked + pause) % 60:02}"
    wanted = exact(worked * 60)
    for text in (str(pause), f"{pause // 60}:{pause % 60:02}", f"{pause} min"):
        found = between_less_break("2026-05-04", "07:00", end, text)
        assert abs(Decimal(found or "-1") - wanted) <= 2 * HOURS_STEP, text
    assert abs(Decimal(between_less_minutes("2026-05-04", "07:00", end, str(pause)) or "-1") - wanted) <= 2 * HOURS_STEP
    assert read_hours(between_less_break("2026-05-04", "07:00", "08:00", "2:00") or "") is None
    assert read_hours(between_less_break("2026-05-04", "07:00", "08:00", "some") or "") is None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 40), st.integers(0, 59))
def test_hours_and_minutes_add_up_or_say_one_length_twice(hours: int, minutes: int) -> None:
    wanted = exact(hours * 3600 + minutes * 60)
    assert read_hours(hours_and_minutes(str(hours), str(minutes)) or "") == wanted
    twice = hours_and_minutes(f"{wanted:.2f}", str(hours * 60 + minutes))
    assert abs((read_hours(twice or "") or Decimal(0)) - wanted) <= Decimal("0.01")
    assert read_hours(hours_and_minutes("1.5", "45") or "") is None
    assert read_hours(hours_and_minutes("1", "75") or "") is None


@pytest.mark.parametrize(
    ("others", "ahead"), [(["EST", "PST"], -480), (["PDT", "UTC"], -480), (["JST", "EST"], None), (["PST"], None)]
)
def test_a_zone_of_several_is_told_by_its_neighbours(others: list[str], ahead: int | None) -> None:
    found = read_when("2026-01-05 09:00 PST", "dmy", zones_beside(others))
    assert (found.offset, found.problem) == (ahead, "" if ahead else "time_zone_ambiguous")

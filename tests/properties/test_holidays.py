"""Holidays by country: whichever is assumed, its days cost working hours, unless a list of one's own is loaded."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.made import Sheet, scaled
from tests.properties.test_figures import built
from vitals import warehouse
from vitals.assumptions import countries

A_DAY = 8
YEAR, NONE = 2025, ""
OWN = tuple(date(YEAR, month, 12) for month in range(1, 13))
"""The days of a list of one's own: each month has one, of which nine are weekdays."""


def working_days(month: int, free: set[date]) -> int:
    """The weekdays of a month that are not among the free ones."""
    days = (date(YEAR, month, 1) + timedelta(place) for place in range(31))
    return sum(day.month == month and day.weekday() < 5 and day not in free for day in days)


@scaled(4)
@given(st.lists(st.sampled_from([NONE, *sorted(countries())]), min_size=3, max_size=3, unique=True), st.booleans())
def test_whichever_country_is_assumed(assumed: list[str], has_a_list: bool) -> None:
    # up to the last day, so that no month is covered in part
    days = [*(date(YEAR, month, 3) for month in range(1, 13)), date(YEAR, 12, 31)]
    worked = tuple((str(day), "Ann", "Acme", "1") for day in days)
    files = [
        Sheet("technicians.csv", "technicians", (("Ann", "40"),), header=("technician", "hours_per_week")),
        Sheet("time.csv", "time_entries", worked, header=("worked_on", "technician", "client", "hours")),
        Sheet("holidays.csv", "holidays", tuple((str(day),) for day in OWN), header=("day",)),
    ][: 3 if has_a_list else 2]  # fmt: skip
    with built(files) as con:
        # before anybody says a country none is assumed
        for country in (None, *assumed):
            if country is not None:
                warehouse.set_assumption(con, "holiday_country", country)
            free = {*OWN} if has_a_list else {*holidays.country_holidays(country, years=YEAR)} if country else set()
            for month in range(1, 13):
                asked = {"month_from": date(YEAR, month, 1), "month_to": date(YEAR, month, 1)}
                (net,) = warehouse.rows(con, "metrics.utilisation", **asked)
                assert float(net["net_hours"]) == A_DAY * working_days(month, free), (country, month)
            # what no file lists is said to be assumed
            said = {flag for (flag,) in con.execute("select distinct is_assumed from core.holidays").fetchall()}
            assert said == (({False} if has_a_list else {True}) if free else set())

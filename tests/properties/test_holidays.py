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
OWN = date(2025, 3, 12)
"""The day of a list of one's own, a Wednesday."""


def working_days(free: set[date]) -> int:
    """The weekdays of March 2025 that are not among the free ones."""
    days = (date(2025, 3, 1) + timedelta(place) for place in range(31))
    return sum(day.weekday() < 5 and day not in free for day in days)


@scaled(6)
@given(st.sampled_from(sorted(countries())), st.booleans())
def test_whichever_country_is_assumed(country: str, has_a_list: bool) -> None:
    files = [
        Sheet("technicians.csv", "technicians", (("Ann", "40"),), header=("technician", "hours_per_week")),
        Sheet("time.csv", "time_entries", tuple((f"2025-03-{day:02}", "Ann", "Acme", "1") for day in (3, 31)),
              header=("worked_on", "technician", "client", "hours")),
        *([Sheet("holidays.csv", "holidays", ((str(OWN),),), header=("day",))] if has_a_list else []),
    ]  # fmt: skip
    with built(files) as con:
        warehouse.set_assumption(con, "holiday_country", country)
        asked = {"month_from": date(2025, 3, 1), "month_to": date(2025, 3, 1)}
        (net,) = warehouse.rows(con, "metrics.utilisation", **asked)
    free = {OWN} if has_a_list else set(holidays.country_holidays(country, years=2025))
    assert float(net["net_hours"]) == A_DAY * working_days(free)

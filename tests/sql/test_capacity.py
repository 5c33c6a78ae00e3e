"""Whether next quarter's client hours fit into contracted time, and from how many months that can be said."""

import pytest

from tests.sql.rows import day, entry, technician, whole

ANN = technician("Ann", hours_per_week=40)


def worked(first: str, *hours: float) -> list[dict]:
    """Client hours by month, one entry on the fifteenth, and each month whole."""
    starts = [f"{2025 + (int(first[5:]) + place - 1) // 12}-{(int(first[5:]) + place - 1) % 12 + 1:02}"
              for place in range(len(hours))]  # fmt: skip
    done = [entry(f"{start}-15", found, "Acme", technician="Ann") for start, found in zip(starts, hours, strict=True)]
    return [*whole(starts[0], starts[-1]), *done]


def test_the_trend_goes_on_and_contracted_time_has_room_for_it(workspace):
    # October 2025 to March 2026, ten hours more each month: 130 in April, 140 in May, 150 in June
    book = workspace(technicians=[ANN], time_entries=worked("2025-10", 70, 80, 90, 100, 110, 120))
    months = book.rows("metrics.capacity_months", month_to=day("2026-03"))
    assert [row["month_start"] for row in months] == [day("2026-04"), day("2026-05"), day("2026-06")]
    assert [row["expected_hours"] for row in months] == pytest.approx([130, 140, 150])
    # 22, 21 and 22 weekdays of 8 hours, no leave and no holiday known, 80 % of them for clients
    assert [row["gross_hours"] for row in months] == pytest.approx([176, 168, 176])
    assert [row["capacity_hours"] for row in months] == pytest.approx([140.8, 134.4, 140.8])
    assert [row["hours_left"] for row in months] == pytest.approx([10.8, -5.6, -9.2])
    found = book.one("metrics.capacity", month_to=day("2026-03"))
    assert (found["months"], found["last_month"]) == (6, day("2026-03"))
    assert (found["slope"], found["hours_a_month"], found["net_share"]) == pytest.approx((10, 95, 1))
    assert (found["expected_hours"], found["capacity_hours"]) == pytest.approx((420, 416))
    # the months lie on the line, so four hours are missing without a doubt: 4 of the 416 that Ann has
    assert found["spread_hours"] == pytest.approx(0, abs=1e-6)
    assert found["hours_left"] == pytest.approx(-4)
    assert found["people_left"] == pytest.approx(-4 / 416)
    assert found["verdict"] == "short"


def test_what_is_left_may_be_less_than_the_trend_misses_by(workspace):
    hours = (148, 132, 148, 132, 148, 132)
    book = workspace(technicians=[ANN], time_entries=worked("2025-10", *hours))
    found = book.one("metrics.capacity", month_to=day("2026-03"))
    # the line falls by 1.37 a month; how far the months lie from it, by hand
    mean, places = 140, [place - 2.5 for place in range(6)]
    slope = sum(place * hour for place, hour in zip(places, hours, strict=True)) / 17.5
    off = sum((hour - mean - slope * place) ** 2 for place, hour in zip(places, hours, strict=True))
    assert found["slope"] == pytest.approx(slope)
    assert found["spread_hours"] == pytest.approx((off / 4) ** 0.5 * 3**0.5)
    expected = sum(mean + slope * (2.5 + step) for step in (1, 2, 3))
    assert found["expected_hours"] == pytest.approx(expected)
    assert found["hours_left"] == pytest.approx(416 - expected)
    assert (found["spread_hours"] > 416 - expected > 0, found["verdict"]) == (True, "even")
    # with half of the work there is room beyond it
    half = workspace(technicians=[ANN], time_entries=worked("2025-10", *(hour / 2 for hour in hours)))
    assert half.one("metrics.capacity", month_to=day("2026-03"))["verdict"] == "room"


def test_fewer_than_six_months_make_no_forecast(workspace):
    book = workspace(technicians=[ANN], time_entries=worked("2025-11", 80, 90, 100, 110, 120))
    found = book.one("metrics.capacity", month_to=day("2026-03"))
    assert (found["months"], found["last_month"]) == (5, day("2026-03"))
    missing = ("slope", "expected_hours", "hours_left", "spread_hours", "people_left", "verdict")
    assert [found[name] for name in missing] == [None] * 6
    # contracted time is known all the same
    assert found["capacity_hours"] == pytest.approx(416)


def test_nothing_is_known_of_an_empty_workspace(workspace):
    found = workspace().one("metrics.capacity", month_to=day("2026-03"))
    assert (found["months"], found["last_month"], found["expected_hours"], found["verdict"]) == (0, None, None, None)
    assert workspace().rows("metrics.capacity_months", month_to=day("2026-03")) == []


def test_leave_of_the_months_before_is_taken_off_and_terms_hold_from_their_day(workspace):
    book = workspace(
        technicians=[
            # full time until the end of April, half of it from May
            technician("Ann", hours_per_week=40),
            technician("Ann", hours_per_week=20, valid_from="2026-05-01"),
            technician("Gone", hours_per_week=40, starts_on="2025-01-01", ends_on="2026-04-10"),
            technician("Sales", hours_per_week=40, is_service=False),
        ],
        time_entries=worked("2025-10", *[50] * 6),
        # a week of March
        time_off=[{"technician": "Ann", "day": day(f"2026-03-{number:02}")} for number in (2, 3, 4, 5, 6)],
    )
    found = book.one("metrics.capacity", month_to=day("2026-03"))
    # 23, 20, 23, 22, 20 and 22 weekdays of two people, of which five days are off
    assert found["net_share"] == pytest.approx((260 - 5) / 260)
    months = book.rows("metrics.capacity_months", month_to=day("2026-03"))
    # April: 22 weekdays of Ann, 8 of Gone; May and June: 21 and 22 half days
    assert [row["gross_hours"] for row in months] == pytest.approx([240, 84, 88])
    assert [row["technicians"] for row in months] == [2, 1, 1]


def test_history_stands_beside_what_is_ahead(workspace):
    book = workspace(technicians=[ANN], time_entries=worked("2025-10", 70, 80, 90, 100, 110, 120))
    rows = book.rows("metrics.capacity_history", month_to=day("2026-03"))
    assert [row["is_ahead"] for row in rows] == [False] * 6 + [True] * 3
    assert [row["client_hours"] for row in rows] == pytest.approx([70, 80, 90, 100, 110, 120, 130, 140, 150])
    # March has 22 weekdays
    assert rows[5]["capacity_hours"] == pytest.approx(140.8)

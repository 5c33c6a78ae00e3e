"""Whether reviews come before trouble or after it, by group and quarter, and two missed in a row; by hand."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from tests.sql.rows import day, line

DAY = {"as_of": day("2026-06-30")}


def client(name: str, **more) -> dict:
    return {"client": name, "starts_on": day("2020-01-01"), "review_cadence_days": 91, **more}


def held(name: str, on: str, **more) -> dict:
    return {"client": name, "scheduled_on": day(on), "held_on": day(on), **more}


def planned(name: str, on: str, status: str | None = None, **more) -> dict:
    return {"client": name, "scheduled_on": day(on), "status": status, **more}


def answer(name: str, on: str, csat: float) -> dict:
    ended = datetime.combine(day(on), time(10))
    return {"ticket_id": f"{name} {on} {csat}", "client": name, "opened_at": ended - timedelta(hours=1),
            "resolved_at": ended, "csat": csat}  # fmt: skip


def test_a_month_is_bad_by_service_money_or_answers(covered):
    slow = {"client": "Slow", "sla_resolution_minutes": 60}
    missed = [
        {**slow, "ticket_id": str(number), "opened_at": datetime(2026, 1, 5 + number, 9),
         "resolved_at": datetime(2026, 1, 5 + number, 15)}
        for number in range(3)
    ]  # fmt: skip
    book = covered(
        tickets=[
            *missed,
            answer("Sad", "2026-01-10", -1),
            answer("Sad", "2026-02-10", -1),
            answer("Sad", "2026-02-11", 1),
        ],
        invoice_lines=[
            line("Loss", "2026-01-05", 100, direct_cost=150),
            line("Loss", "2026-02-05", 100, direct_cost=50),
        ],
        time_entries=[],
    )
    found = {
        (row["client_key"], str(row["month_start"])[:7]): (row["missed_target"], row["lost_money"], row["was_unhappy"])
        for row in book.rows("metrics.bad_months")
    }
    assert found[("slow", "2026-01")] == (True, None, None)
    # as many happy as unhappy is not unhappy
    assert (found[("sad", "2026-01")][2], found[("sad", "2026-02")][2]) == (True, False)
    assert (found[("loss", "2026-01")][1], found[("loss", "2026-02")][1]) == (True, False)


# Bad: January of Bad. Judged: January to April of both, by their answers.
ANSWERS = [
    answer("Bad", "2026-01-15", -1),
    *[answer("Bad", f"2026-0{month}-15", 1) for month in (2, 3, 4)],
    *[answer("Good", f"2026-0{month}-15", 1) for month in (1, 2, 3, 4)],
]
REVIEWS = [
    # before anything can be judged; the first day after January, the 60th and the 61st day
    held("Bad", "2026-01-20"),
    held("Bad", "2026-02-01"),
    held("Bad", "2026-04-01"),
    held("Bad", "2026-04-02"),
    held("Good", "2026-03-10"),
    # beyond 60 days after the last month judged, 30 April + 60 = 29 June
    held("Good", "2026-06-30"),
]


def test_reviews_within_sixty_days_after_a_bad_month_against_the_time_that_lies_there(workspace):
    book = workspace(clients=[client("Bad"), client("Good")], tickets=ANSWERS, reviews=REVIEWS)
    spans = book.by("client_key", "metrics.review_spans", **DAY)
    # 1 February to 29 June: 28 + 31 + 30 + 31 + 29 days
    assert {(row["from_day"], row["to_day"], row["days"]) for row in spans.values()} == {
        (day("2026-02-01"), day("2026-06-29"), 149)
    }
    assert {name: (row["days_after"], row["reviews"], row["reviews_after"]) for name, row in spans.items()} == {
        "bad": (60, 3, 2),
        "good": (0, 1, 0),
    }
    rows = book.by("exposure", "metrics.review_exposure", **DAY)
    assert {name: (row["clients"], row["reviews"]) for name, row in rows.items()} == {
        "after_bad_month": (1, 2),
        "other_times": (1, 1),
        "never_bad": (1, 1),
    }
    assert rows["after_bad_month"]["client_months"] == pytest.approx(60 / 30.4375, abs=1e-12)
    assert rows["after_bad_month"]["reviews_per_year"] == pytest.approx(2 * 365.25 / 60, abs=1e-12)
    assert rows["never_bad"]["review_share"] == 0.25
    found = book.one("metrics.review_timing", **DAY)
    # two of four reviews, where 60 of 298 days lie after a bad month; four are too few for a verdict
    assert (found["clients"], found["clients_bad"], found["reviews"], found["reviews_after"]) == (2, 1, 4, 2)
    assert found["reviews_after_share"] == 0.5
    assert found["expected_share"] == pytest.approx(60 / 298, abs=1e-12)
    assert found["verdict"] == "too_few"
    # and these four are its rows: 1 and 2 April of Bad are the 60th day and the 61st
    asked = {**DAY, "client": None, "subset": "after", "at_most": None}
    behind = book.rows("metrics.behind_reviews", **asked)
    assert {(row["client"], str(row["held_on"])) for row in behind} == {
        ("Bad", "2026-02-01"), ("Bad", "2026-04-01"), ("Bad", "2026-04-02"), ("Good", "2026-03-10"),
    }  # fmt: skip
    assert {(row["whole_in_all"], row["part_in_all"]) for row in behind} == {(4, 2)}


def test_two_reviews_of_one_day_are_two_rows_and_one_review(workspace):
    book = workspace(clients=[client("Bad")], tickets=ANSWERS, reviews=[*REVIEWS, held("Bad", "2026-02-01")])
    behind = book.rows("metrics.behind_reviews", **DAY, client="Bad", subset="after", at_most=None)
    assert {(row["rows_in_all"], row["whole_in_all"], row["part_in_all"]) for row in behind} == {(4, 3, 2)}
    assert book.one("metrics.review_timing", **DAY)["reviews_after"] == 2


def test_two_bad_months_in_a_row_expose_each_day_once(workspace):
    answers = [answer("Bad", "2026-01-15", -1), answer("Bad", "2026-02-15", -1)]
    book = workspace(clients=[client("Bad")], tickets=answers, reviews=[held("Bad", "2025-12-01")])
    (row,) = book.rows("metrics.review_spans", **DAY)
    # 1 February to 29 April, which is 28 February + 60
    assert (row["to_day"], row["days"], row["days_after"], row["bad_months"]) == (day("2026-04-29"), 88, 88, 2)


@pytest.mark.parametrize(
    ("after", "else_", "verdict"),
    [(19, 0, "too_few"), (15, 5, "after_trouble"), (1, 29, "before_trouble"), (7, 23, "as_chance")],
)
def test_a_verdict_needs_twenty_reviews_and_a_difference_beyond_chance(workspace, after, else_, verdict):
    """By chance 60 of 298 days, 20 %; of 20 reviews 15 are 53 to 89 %, of 30 one is 1 to 17 % and 7 are 12 to 41 %."""
    reviews = [held("Bad", "2026-01-20")]
    reviews += [held("Bad", str(day("2026-02-01") + timedelta(days=number))) for number in range(after)]
    reviews += [held("Good", str(day("2026-03-01") + timedelta(days=number))) for number in range(else_)]
    book = workspace(clients=[client("Bad"), client("Good")], tickets=ANSWERS, reviews=reviews)
    found = book.one("metrics.review_timing", **DAY)
    assert (found["reviews"], found["verdict"]) == (after + else_, verdict)


def test_without_a_month_that_can_be_judged_nothing_is_said(workspace):
    book = workspace(clients=[client("Acme")], reviews=[held("Acme", "2026-03-10")])
    found = book.one("metrics.review_timing", **DAY)
    assert (found["clients"], found["reviews"], found["reviews_after_share"], found["verdict"]) == (
        0,
        0,
        None,
        "too_few",
    )
    nothing = workspace(invoice_lines=[line("Acme", "2026-01-05", 1)]).one("metrics.review_timing", **DAY)
    assert (nothing["expected_share"], nothing["clients_warned"]) == (None, 0)


def test_two_missed_or_called_off_in_a_row_are_a_warning(workspace):
    def misses(*reviews: dict, **more):
        book = workspace(clients=[client("Acme", account_manager="Ann", **more)], reviews=list(reviews))
        return [row["misses_in_row"] for row in book.rows("metrics.review_warnings", **DAY)]

    first = held("Acme", "2026-01-10")
    called_off, missed = planned("Acme", "2026-03-10", "cancelled"), planned("Acme", "2026-05-10", "no_show")
    assert misses(first, called_off, missed) == [2]
    # one is none, nor are two with one held between them, nor one that is still to come
    assert misses(first, missed) == []
    assert misses(first, called_off, held("Acme", "2026-04-01"), missed) == []
    assert misses(first, missed, planned("Acme", "2026-07-10")) == []
    # what was moved is not missed, an internal one is none, and one said to be held without a day nobody can judge
    assert misses(first, missed, planned("Acme", "2026-06-10", "rescheduled")) == []
    assert misses(missed, held("Acme", "2026-06-01", kind="internal"), called_off) == [2]
    assert misses(called_off, missed, planned("Acme", "2026-06-10", "held")) == []
    # a client that never had one, that has left, or that owes none
    assert misses(called_off, missed, planned("Acme", "2026-06-10")) == [3]
    assert misses(called_off, missed, ends_on=day("2026-06-01")) == []
    assert misses(called_off, missed, review_cadence_days=0) == []


def test_reviews_by_manager_tier_and_quarter(workspace):
    book = workspace(
        clients=[
            client("One", account_manager="Ann", service_tier="Gold"),
            client("Two", account_manager="Ann", service_tier="Tin"),
            client("Three", service_tier="Gold"),
            client("New", account_manager="Ann", starts_on=day("2026-06-01")),
        ],
        reviews=[
            held("One", "2025-12-20"),
            held("One", "2026-03-20"),
            held("Two", "2026-05-10"),
            held("One", "2025-09-01"),
        ],
    )
    found = {
        (row["group_name"], str(row["quarter_start"])[:7]): (
            row["clients_due"],
            row["clients_completed"],
            row["reviews_held"],
        )
        for row in book.rows("metrics.review_groups", **DAY)
    }
    # on file since September 2025: nothing is known of a cadence that goes back before
    assert found[("All clients", "2025-07")] == (0, 0, 1)
    assert found[("All clients", "2026-01")] == (3, 1, 1)
    assert found[("Ann", "2026-01")] == (2, 1, 1)
    # the review of 20 March is more than 91 days ago on 30 June
    assert found[("Ann", "2026-04")] == (2, 1, 1)
    assert (found[("(no manager)", "2026-04")], found[("Gold", "2026-04")]) == ((1, 0, 0), (2, 0, 0))
    assert found[("Tin", "2026-04")] == (1, 1, 1)

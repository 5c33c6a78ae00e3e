"""Product or retainer: whether the work of two quarters can be told apart, and the four questions together."""

from datetime import datetime
from functools import partial
from math import log, log2, sqrt

import pytest

from tests.sql.histories import Client, told
from tests.sql.rows import day

AS_OF = {"as_of": day("2026-03-31")}
NOW, THEN = datetime(2026, 2, 10, 10), datetime(2025, 8, 12, 10)


@pytest.fixture
def book(workspace):
    return partial(told, workspace)


def tickets(opened: datetime, **counts: int) -> list[dict]:
    """So many tickets of an hour each in a category."""
    return [
        {"ticket_id": f"{opened} {category} {number}", "client": "Acme", "opened_at": opened, "category": category,
         "hours": 1}
        for category, count in counts.items()
        for number in range(count)
    ]  # fmt: skip


def mix(book, now: list[dict], then: list[dict], as_of: str = "2026-03-31") -> dict:
    made = book(Client("Acme", [10] * 12), tickets=[*now, *then])
    return made.one("metrics.work_mix", as_of=day(as_of))


def test_quarters_that_have_nothing_in_common_are_one_apart(book):
    found = mix(book, tickets(NOW, Mail=20), tickets(THEN, Print=20))
    assert (found["work_mix_distance"], found["is_distinguishable"]) == (pytest.approx(1), True)
    assert (found["quarter_start"], found["compared_start"]) == (day("2026-01"), day("2025-07"))
    assert (found["tickets"], found["compared_tickets"], found["categories"]) == (20, 20, 2)


def test_half_of_another_kind(book):
    """All mail against half mail, half print: the middle is 3/4 and 1/4. log2(4/3) / 2 + (log2(2/3) + log2 2) / 4
    = 0.2075 + 0.1038 = 0.3113, whose root is 0.5579."""
    found = mix(book, tickets(NOW, Mail=40), tickets(THEN, Mail=20, Print=20))
    by_hand = sqrt(log2(4 / 3) / 2 + log2(2 / 3) / 4 + log2(2) / 4)
    assert found["work_mix_distance"] == pytest.approx(by_hand, abs=1e-9) == pytest.approx(0.5579, abs=1e-4)
    # chance: (1 + 2 x sqrt 2) / (8 ln 2) x (1/40 + 1/40) = 0.0345, whose root is 0.1858
    chance = sqrt((1 + 2 * sqrt(2)) / (8 * log(2)) * (1 / 40 + 1 / 40))
    assert found["chance_distance"] == pytest.approx(chance, abs=1e-9) == pytest.approx(0.1858, abs=1e-4)
    assert found["is_distinguishable"] is True


def test_the_same_mix_is_nothing_apart(book):
    found = mix(book, tickets(NOW, Mail=20, Print=10), tickets(THEN, Mail=40, Print=20))
    assert (found["work_mix_distance"], found["is_distinguishable"]) == (pytest.approx(0, abs=1e-7), False)


def test_a_distance_that_chance_makes_says_nothing(book):
    """20 of 30 against 16 of 30: above 0.1, and below the 0.2145 that 30 tickets of two kinds make by chance."""
    found = mix(book, tickets(NOW, Mail=20, Print=10), tickets(THEN, Mail=16, Print=14))
    assert 0.1 < found["work_mix_distance"] < found["chance_distance"] == pytest.approx(0.2145, abs=1e-4)
    assert found["is_distinguishable"] is False


def test_a_small_distance_says_nothing_however_many_tickets_there_are(book):
    found = mix(book, tickets(NOW, Mail=640, Print=320), tickets(THEN, Mail=576, Print=384))
    assert found["chance_distance"] < found["work_mix_distance"] < 0.1 and found["is_distinguishable"] is False


def test_hours_weigh_and_few_long_tickets_say_as_little_as_few(book):
    """19 hours on one ticket and 1 on each of 19: 38 hours, squares 361 + 19 = 380, worth 1,444 / 380 = 3.8 tickets."""
    now = [{**ticket, "hours": 19 if place == 0 else 1} for place, ticket in enumerate(tickets(NOW, Mail=20))]
    found = mix(book, now, tickets(THEN, Print=20))
    chance = sqrt((1 + 2 * sqrt(2)) / (8 * log(2)) * (1 / 3.8 + 1 / 20))
    assert found["chance_distance"] == pytest.approx(chance, abs=1e-9)


def test_too_few_tickets_are_not_judged(book):
    found = mix(book, tickets(NOW, Mail=19), tickets(THEN, Print=20))
    assert (found["work_mix_distance"], found["is_distinguishable"]) == (None, None)
    # without category, hours or a person they don't count
    bare = [{**ticket, "ticket_id": f"x{place}", "category": None} for place, ticket in enumerate(tickets(NOW, Mail=9))]
    bots = [{**ticket, "ticket_id": f"y{place}", "auto_resolved": True} for place, ticket in enumerate(bare)]
    assert mix(book, tickets(NOW, Mail=19) + bare + bots, tickets(THEN, Print=20))["tickets"] == 19


def test_the_last_quarter_is_one_that_has_ended(book):
    now, then = datetime(2025, 11, 4, 10), datetime(2025, 5, 6, 10)
    found = mix(book, tickets(now, Mail=20), tickets(then, Print=20), "2026-03-30")
    assert (found["quarter_start"], found["compared_start"]) == (day("2025-10"), day("2025-04"))


def answers(**said: str) -> list[dict]:
    return [{"client": "ACME ", **said}]


@pytest.mark.parametrize(
    ("said", "ends_on", "verdict", "retainer", "product"),
    [
        # the work is the same; nothing else is known, and the agreement renews for ever
        (None, None, "open", 2, 0),
        (None, "2027-01-31", "open", 1, 1),
        ({"success": "no"}, None, "retainer", 3, 0),
        ({"success": "no", "last_review": "activity", "endpoint": "no"}, "2027-01-31", "retainer", 4, 0),
        ({"success": "yes", "last_review": "outcomes"}, None, "product", 2, 2),
        ({"success": "yes", "endpoint": "yes"}, None, "product", 1, 2),
        ({"last_review": "activity"}, "2027-01-31", "open", 2, 1),
    ],
)
def test_four_questions(book, said, ends_on, verdict, retainer, product):
    agreed = [{"client": "Acme", "starts_on": day("2020-01-01"), "ends_on": day(ends_on) if ends_on else None}]
    made = book(
        Client("Acme", [10] * 12),
        tickets=[*tickets(NOW, Mail=30), *tickets(THEN, Mail=30)],
        agreements=agreed,
        retainer_answers=answers(**said) if said else [],
    )
    found = made.one("metrics.product_or_retainer", **AS_OF)
    assert (found["verdict"], found["says_retainer"], found["says_product"]) == (verdict, retainer, product)
    assert found["stages"] == "retainer"


def test_what_nobody_says_is_no_retainer(book):
    found = book(Client("Acme", [10] * 12)).one("metrics.product_or_retainer", **AS_OF)
    said = [found[name] for name in ("success", "last_review", "stages", "endpoint", "verdict")]
    assert said == ["not_answered", "not_answered", "not_testable", "not_answered", "open"]


def test_how_many_are_ready(book):
    """Of none can all gates be tested; one fails its margin: 700 a month against 600 of cost is 14 %."""
    made = book(Client("Acme", [10] * 12, tools=100), Client("Birch", [10] * 12, tools=100, fee=700))
    found = made.one("metrics.readiness_summary", **AS_OF)
    names = ("clients", "clients_ready", "clients_not_ready", "clients_untested", "failed_most", "failed_most_by")
    assert [found[name] for name in names] == [2, 0, 1, 1, "margin", 1]
    assert found["lowest_weight"] == 20
    empty = book(Client("Acme", [10] * 12), lines=[]).one("metrics.readiness_summary", as_of=day("2020-01-31"))
    assert (empty["clients"], empty["failed_most"], empty["median_score"]) == (0, None, None)

"""Who does whose work: tickets worked on above the level that usually does their category, and what that costs."""

from datetime import datetime

import pytest

from tests.sql.rows import entry, months, technician

JANUARY = months("2026-01")


def tickets(**categories: str | None) -> list[dict]:
    opened = datetime(2026, 1, 5, 9)
    return [{"ticket_id": number, "opened_at": opened, "category": name} for number, name in categories.items()]


@pytest.fixture
def book(workspace):
    """Level 1 does 6 of 10 hours of Email, level 2 5 of 9 of Network; of Printing both levels do 2."""
    return workspace(
        technicians=[
            technician("Ann", level="Level 1", hourly_cost=20),
            technician("Bob", level="2", hourly_cost=30),
            technician("Cy", level="Senior engineer", hourly_cost=50),
            technician("Dee", hourly_cost=40),
        ],
        tickets=tickets(email="Email", network="Network", printing="Printing", nothing=None),
        time_entries=[
            entry("2026-01-05", 6, "Acme", technician="Ann", ticket_id="email"),
            entry("2026-01-05", 1, "Acme", technician="Bob", ticket_id="email"),
            entry("2026-01-05", 3, "Acme", technician="Cy", ticket_id="email"),
            # of nobody's level, of no category, of no ticket, internal, of another month, account work
            entry("2026-01-05", 9, "Acme", technician="Dee", ticket_id="email"),
            entry("2026-01-05", 9, "Acme", technician="Cy", ticket_id="nothing"),
            entry("2026-01-05", 9, "Acme", technician="Cy"),
            entry("2026-01-05", 9, "Acme", technician="Cy", ticket_id="email", coverage="internal"),
            entry("2026-02-05", 9, "Acme", technician="Cy", ticket_id="email"),
            entry("2026-01-05", 4, "Acme", technician="Cy", ticket_id="email", work_type="account_mgmt"),
            entry("2026-01-05", 5, "Acme", technician="Bob", ticket_id="network"),
            entry("2026-01-05", 4, "Acme", technician="Cy", ticket_id="network"),
            entry("2026-01-05", 2, "Acme", technician="Ann", ticket_id="printing"),
            entry("2026-01-05", 2, "Acme", technician="Bob", ticket_id="printing"),
        ],
    )


def test_a_category_needs_the_level_that_does_most_of_it(book):
    found = {(row["category"], row["level_rank"]): row for row in book.rows("metrics.category_levels", **JANUARY)}
    usual = {category: row["usual_rank"] for (category, _), row in found.items()}
    # of two alike the lower
    assert usual == {"Email": 1, "Network": 2, "Printing": 1}
    assert {key: row["ticket_hours"] for key, row in found.items() if row["is_above"]} == {
        ("Email", 2): 1, ("Email", 3): 3, ("Network", 3): 4, ("Printing", 2): 2,
    }  # fmt: skip
    assert found["Email", 1]["hours_share"] == 0.6


def test_hours_above_the_level_by_technician_and_what_they_cost_more(book):
    found = book.by("technician", "metrics.technician_roles", **JANUARY)
    assert {name: (row["ticket_hours"], row["above_hours"]) for name, row in found.items()} == {
        "Ann": (8, 0), "Bob": (8, 3), "Cy": (7, 7), "Dee": (None, None),
    }  # fmt: skip
    # level 1 costs 20 an hour, level 2 costs 30: 3 x 30 + 4 x 20, and 3 x 10
    assert (found["Cy"]["above_cost"], found["Bob"]["above_cost"]) == pytest.approx((170, 30))
    assert (found["Cy"]["main_category"], found["Bob"]["main_category"]) == ("Network", "Printing")
    # 4 hours of account work and 7 above, of 38 logged in January
    assert found["Cy"]["other_share"] == pytest.approx(11 / 38, abs=1e-12)
    assert next(iter(found)) == "Cy", "seniors come first"
    together = book.one("metrics.roles", **JANUARY)
    assert (together["ticket_hours"], together["above_hours"], together["above_cost"]) == pytest.approx((23, 10, 200))
    assert together["above_share"] == pytest.approx(10 / 23, abs=1e-12)
    asked = {"client": None, "technician": None, "subset": "levels", "at_most": None}
    rows = book.rows("metrics.behind_labour", **JANUARY, **asked)
    assert sorted((row["technician"], row["hours"]) for row in rows) == [
        ("Ann", 2), ("Ann", 6), ("Bob", 1), ("Bob", 2), ("Bob", 5), ("Cy", 3), ("Cy", 4),
    ]  # fmt: skip
    assert (rows[0]["whole_in_all"], rows[0]["part_in_all"]) == (23, 10)
    # the ten above, at 200 more than the usual level's hours
    rows = book.rows("metrics.behind_labour", **JANUARY, **{**asked, "subset": "above"})
    assert sorted((row["technician"], row["hours"]) for row in rows) == [
        ("Bob", 1), ("Bob", 2), ("Cy", 3), ("Cy", 4),
    ]  # fmt: skip
    assert (rows[0]["whole_in_all"], rows[0]["part_in_all"]) == (10, 200)
    assert (together["most_technician"], together["most_hours"]) == ("Cy", 7)
    assert (together["senior_hours"], together["senior_account_hours"]) == (38, 4)
    assert together["senior_account_share"] == pytest.approx(4 / 38, abs=1e-12)


def test_one_level_has_nothing_above_it_and_no_level_is_not_known(workspace):
    work = [entry("2026-01-05", 6, "Acme", technician="Ann", ticket_id="email")]
    asked = {"tickets": tickets(email="Email"), "time_entries": work}
    for level in ("1", None):
        row = workspace(technicians=[technician("Ann", level=level)], **asked).one("metrics.roles", **JANUARY)
        missing = ("above_hours", "above_share", "above_cost", "most_technician", "senior_account_hours")
        assert [row[name] for name in missing] == [None] * 5
    assert workspace().one("metrics.roles", **JANUARY)["senior_hours"] is None


def test_hours_of_tickets_are_work_on_their_category_where_no_entry_speaks(workspace):
    opened = datetime(2026, 1, 5, 9)
    rows = [
        {"ticket_id": str(place), "opened_at": opened, "category": "Email", "technician": name, "client": "Acme",
         "hours": hours}
        for place, (name, hours) in enumerate([("Ann", 3), ("Cy", 2)])
    ]  # fmt: skip
    people = [technician("Ann", level="1"), technician("Cy", level="3")]
    found = workspace(technicians=people, tickets=rows).one("metrics.roles", **JANUARY)
    assert (found["ticket_hours"], found["above_hours"]) == (5, 2)


@pytest.mark.parametrize(
    ("said", "rank"),
    [("3", 3), ("L2", 2), ("Tier 1", 1), ("Senior", 3), ("Junior technician", 1), ("Engineer", None), (None, None)],
)
def test_level_as_a_number(workspace, said, rank):
    assert workspace().con.execute("select level_rank($said::varchar)", {"said": said}).fetchall() == [(rank,)]

"""What the pages about people say: who is to be watched, what was realised, and what hangs on whom."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from vitals.ui.words import people


def _plain(said: str) -> str:
    return said.replace("\N{NO-BREAK SPACE}", " ")


def test_whoever_is_out_of_the_band_for_two_months_is_named():
    rows = pd.DataFrame({
        "technician": ["Ann", "Bob", "Cy", "Dee", "Eli", "Fay"],
        "state": ["saturated", "idle", "idle", "idle", "idle", "unread"],
    })  # fmt: skip
    assert people.watched(rows) == "For two months or more saturated: Ann; idle: Bob, Cy, Dee and 1 more."
    # too little is written down to say it of her
    assert people.watched(rows.tail(1)) == ""


def test_realisation_says_of_how_many_hours_it_is_or_what_to_add():
    said = _plain(people.realised({"billed_hours": 4018.5, "billed_share": 0.273}))
    assert said == "Of 4,018 h that no agreement covers, 27 % of the client hours."
    assert people.realised({"billed_hours": 0}).startswith("Load time entries with what was billed")


ROLES = {
    "senior_hours": 3700.0, "senior_account_hours": 527.0, "senior_account_share": 0.142, "ticket_hours": 7455.0,
    "above_hours": 3153.0, "above_share": 0.423, "above_cost": 52507.0, "most_technician": "Fay", "most_hours": 676.0,
    "most_category": "Email",
}  # fmt: skip


def test_roles_say_whose_account_work_it_is_and_what_is_done_above_its_level():
    assert _plain(people.roles(ROLES)) == (
        "Seniors and owners spent 527 h on account work, 14 % of their time. 3,153 h of work on tickets, 42 %, was "
        "done above the level that does most of its category, and cost $52,507 more."
    )
    assert _plain(people.most_above(ROLES)) == "Most of it: Fay, 676 h, mostly on Email."
    silent = {**ROLES, "senior_account_hours": None, "above_hours": None, "most_technician": None}
    assert people.roles(silent).startswith("Whose work it is, no file says")
    # where no work type can say account work, it isn't 0 hours of it
    untold = people.roles({**ROLES, "senior_account_hours": None, "senior_account_share": None})
    assert untold.startswith("Load time entries whose work type says account management or sales to see")
    assert "Seniors and owners spent" not in untold
    assert people.most_above(silent).startswith("Load technicians of two levels or more")
    alike = people.roles({**ROLES, "above_hours": 0.0, "above_share": 0.0, "above_cost": None})
    assert alike.endswith("No ticket was worked on above the level that usually does its category.")


AHEAD = {
    "months": 12, "last_month": date(2026, 3, 1), "first_ahead": date(2026, 4, 1), "last_ahead": date(2026, 6, 1),
    "hours_a_month": 1226.0, "slope": -4.3, "net_share": 0.891, "expected_hours": 3583.0, "capacity_hours": 3930.0,
    "hours_left": 347.0, "spread_hours": 167.0, "people_left": 0.97, "verdict": "room",
}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "There is room for 347 h more of client work from Apr 2026 to Jun 2026: about what 1 technician does."),
        (
            {"verdict": "short", "hours_left": -700.0, "people_left": -1.96},
            "700 h of client work have nobody to do them from Apr 2026 to Jun 2026: about what 2 technicians do.",
        ),
        (
            {"verdict": "even", "hours_left": -120.0},
            "Too close to call: from Apr 2026 to Jun 2026 120 h fewer fit than are to be expected, and the trend "
            "misses by 167 h.",
        ),
        (
            {"months": 5, "expected_hours": None},
            "Hours are complete for 5 months: a trend needs six, so nothing is forecast.",
        ),
        ({"hours_left": None}, "No service technician is employed in the next three months, as far as the technicians "
                               "file says."),
    ],
)  # fmt: skip
def test_room_is_claimed_only_where_the_trend_carries_it(row, said):
    assert _plain(people.room_ahead({**AHEAD, **row})) == said


def test_room_that_is_time_not_written_down_is_said_before_any_figure():
    """With 18 % of the time on file the other 82 look like room, whatever they were spent on."""
    said = _plain(people.room_ahead({**AHEAD, "time_capture": 0.18}))
    assert said.startswith("What fits cannot be read: only 18 % of the time at work is written down. There is room for")
    assert _plain(people.room_ahead({**AHEAD, "time_capture": 0.9})).startswith("There is room for")


def test_a_forecast_says_what_it_assumes_and_of_how_many_months_it_is():
    assert _plain(people.trend(AHEAD)) == (
        "Assumed: client hours, 1,226 h a month over the 12 months to Mar 2026, go on to fall by 4.3 h a month; 89 % "
        "of contracted time is left after leave and holidays, as in these months; up to 80 % of it goes to clients."
    )
    assert people.trend({**AHEAD, "slope": None}) == ""
    assert "all of contracted time is worked, since no leave or holiday is on file; up to" in people.trend(
        {**AHEAD, "net_share": 1.0}
    )


HANGS = {
    "clients": 13, "clients_on_one": 3, "exposed_mrr": 9000.0, "exposed_share": 0.3, "categories_on_one": 1,
    "most_technician": "Cy", "most_clients": 2,
}  # fmt: skip


def test_what_hangs_on_one_person_is_said_in_clients_and_money():
    assert _plain(people.dependence(HANGS)) == (
        "3 of 13 clients have half of their hours, of 40 or more, from one technician, with $9,000 of monthly "
        "revenue, 30 % of all; 1 category only one person does. Cy is that technician for 2."
    )
    one = {**HANGS, "clients_on_one": 1, "most_clients": 1, "categories_on_one": 0, "exposed_mrr": None}
    assert people.dependence(one) == (
        "1 of 13 clients has half of its hours, of 40 or more, from one technician. Cy is that technician."
    )
    nobody = {**HANGS, "clients_on_one": 0, "categories_on_one": 0}
    assert people.dependence(nobody) == "Of 13 clients none has half of its hours, of 40 or more, from one technician."
    few = _plain(people.dependence({**nobody, "clients_judged": 11, "unjudged_share": 0.135}))
    assert few.endswith(" 2 of them have fewer hours and can't be judged, with 13.5 % of recurring revenue.")
    assert people.dependence({"clients": 0}) == "No client has hours in these months."
    # where no client has the hours to judge by, none is said to hang on nobody
    few = {"clients": 3, "clients_judged": 0, "clients_on_one": 0, "exposed_mrr": None, "unjudged_share": 1.0}
    assert people.dependence(few) == "On whom 3 clients hang cannot be judged: none has 40 hours."
    assert people.dependence({**few, "has_whole_months": False}) == (
        "On whom 3 clients hang cannot be judged: no month is complete for hours."
    )


OWNER = {"owner_hours_share": 0.073, "escalations": 362, "owner_escalations": 40, "absence_ratio": 0.81,
         "absence_days": 6}  # fmt: skip


def test_what_the_owner_does_is_said_as_far_as_it_is_known():
    assert _plain(people.owner(OWNER)) == (
        "Owners did 7.3 % of the client hours and took 40 of 362 escalations. On 6 days without them the desk ended "
        "81 % of the usual tickets."
    )
    silent = {**OWNER, "escalations": None, "absence_ratio": None}
    assert _plain(people.owner(silent)) == (
        "Owners did 7.3 % of the client hours. Whether the desk runs without them can't be tested: too few days on "
        "which all are away."
    )
    assert "3 escalations, too few to judge" in people.owner({**OWNER, "escalations": 3, "owner_escalations": 3})
    assert people.owner({"owner_hours_share": None}).startswith("No technicians file names an owner")
    unlogged = people.owner({**silent, "owner_hours_share": None, "owner_ended": 60})
    assert unlogged.startswith("Owners ended 60 tickets and logged no hour: their part isn't known. Whether the desk")

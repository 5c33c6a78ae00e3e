"""What the pages about people say: who is to be watched, what was realised, and what hangs on whom."""

from __future__ import annotations

import pandas as pd

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
    assert people.most_above(silent).startswith("Load technicians of two levels or more")
    alike = people.roles({**ROLES, "above_hours": 0.0, "above_share": 0.0, "above_cost": None})
    assert alike.endswith("No ticket was worked on above the level that usually does its category.")

"""What the pages about the desk say: no more than the tickets carry, and what to add where they are silent."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from vitals.ui.words import desk


def _plain(said: str) -> str:
    return said.replace("\N{NO-BREAK SPACE}", " ")


DEMAND = {
    "reactive_tickets": 400, "clients": 12, "reactive_hours": 520.0, "largest_client": "Birch", "largest_share": 0.3,
    "heaviest_client": "Quay", "heaviest_hours": 1.64, "reactive_hours_per_user": 0.49, "user_months": 900.0,
}  # fmt: skip


def test_demand_names_the_largest_client_and_the_heaviest_a_user():
    assert _plain(desk.demand(DEMAND, "2026")) == (
        "400 reactive tickets of 12 clients took 520 h in 2026; Birch alone 30 % of that. Quay takes 1.64 h a user and "
        "month, all together 0.49."
    )
    unknown = {**DEMAND, "reactive_hours": 0.0, "largest_share": None, "heaviest_hours": None, "user_months": None}
    assert desk.demand(unknown, "2026") == "400 reactive tickets of 12 clients took hours that no file says in 2026."
    asks = "to see what each of them asks for."
    assert desk.without_users(unknown, "invoices") == (
        f"Load clients with their users and devices, and invoices, {asks}"
    )
    assert desk.without_users(unknown, "") == (f"Load clients with their users and devices {asks}")
    assert desk.without_users(DEMAND, "invoices") == ""
    assert desk.untyped(unknown).startswith("No ticket says its type")
    assert desk.untyped({**DEMAND, "says_kind": True}) == ""
    assert desk.demand({"reactive_tickets": 0}, "2026").startswith("No reactive ticket was opened in 2026")


def test_rates_and_medians_say_of_how_many_tickets_they_are():
    said = desk.counted_backlog({**BACKLOG, "business_days": 40}, {"tickets_ended": 26, "tickets_opened": 30})
    assert said["days_to_clear"].startswith("9 open tickets, 25 ended on 40 business days: at that pace")
    assert said["close_rate"] == "26 ended, whenever they were opened; 30 opened."
    assert desk.counted_backlog({"months": 0}, {}) == desk.counted_incidents({"incidents": 0}) == {}
    times = {"median_business_hours": 3.2, "incidents": 250, "open_incidents": 1}
    assert list(desk.counted_incidents(times).values()) == [
        "Of 250 incidents resolved in these months. 1 still open at their end is not in it."
    ]
    assert desk.all_incidents({"says_type": False}).startswith("No ticket says its type")
    assert desk.all_incidents({"says_type": True}) == desk.all_incidents({}) == ""


CAUSES = {
    "causes": 2, "largest_client": "Birch", "largest_category": "Email", "largest_tickets": 9, "largest_hours": 12.0,
}  # fmt: skip


def test_what_comes_back_is_read_with_care_where_categories_are_few():
    many = pd.DataFrame({"category": range(9)})
    said = _plain(desk.causes(CAUSES, many))
    assert said.endswith("most of all Birch, Email: 9 tickets and 12.0 h.")
    assert "With 2 categories almost everything comes back" in desk.causes(CAUSES, many.head(2))
    assert desk.causes({"causes": 0}, many).startswith("No client came three times")


BACKLOG = {
    "months": 2, "open_before": 4, "opened": 30, "ended": 25, "open_at_end": 9, "open_over_30_days": 1,
    "last_month": date(2026, 2, 1),
}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "The backlog grew from 4 to 9 tickets: 30 tickets came in and 25 were ended; 1 of the open ones is more "
             "than 30 days old."),
        ({"open_before": 12, "open_over_30_days": 0}, "The backlog fell from 12 to 9 tickets: 30 tickets came in and "
             "25 were ended; none of the open ones is more than 30 days old."),
        ({"open_before": 0, "open_at_end": 0}, "The backlog stayed at 0 tickets: 30 tickets came in and 25 were "
             "ended."),
        ({"months": 0}, "No month of 2026 is complete for tickets: what was open at its end is not known."),
    ],
)  # fmt: skip
def test_backlog_is_said_with_what_came_and_went(row, said):
    assert desk.backlog({**BACKLOG, **row}, "2026") == said


def test_a_list_that_begins_in_the_months_grew_from_nothing_that_is_known():
    begins = {**BACKLOG, "open_before": 0, "opened": 559, "ended": 522, "open_at_end": 37, "open_over_30_days": 23,
              "begins_on": date(2026, 6, 1)}  # fmt: skip
    assert _plain(desk.backlog(begins, "2026")) == (
        "Of tickets opened since Jun 2026 37 were open at the end: 559 tickets came in and 522 were ended; at least 23 "
        "of the open ones are more than 30 days old."
    )
    assert "can't tell whether the backlog grew" in desk.begun(begins)
    assert desk.begun(BACKLOG) == desk.begun({**BACKLOG, "begins_on": None}) == ""


def test_the_day_of_the_backlog_is_said_where_the_tickets_end_before_the_months():
    assert desk.reached(BACKLOG, "Jan 2026 \N{EN DASH} Mar 2026").startswith("As of the end of Feb 2026")
    assert desk.reached(BACKLOG, "Jan 2026 \N{EN DASH} Feb 2026") == ""
    assert desk.reached({"last_month": None}, "Mar 2026") == ""


def _measures(**rates: tuple[float, int, float, float]) -> pd.DataFrame:
    names = {"again": "opened again", "first": "ended at first contact", "auto": "automated, reopened"}
    rows = [(names[name], *found) for name, found in rates.items()]
    return pd.DataFrame(rows, columns=["measure", "rate", "tickets", "rate_low", "rate_high"])


def test_quality_of_few_tickets_is_not_judged():
    said = _plain(desk.quality(_measures(again=(0.1, 10, 0.02, 0.4), first=(0.7, 400, 0.6, 0.8))))
    assert said == (
        "10.0 % of 10 tickets were opened again (too few to judge: 2.0 % to 40.0 %); 70.0 % of 400 tickets were ended "
        "at the first contact."
    )
    assert desk.quality(_measures(again=(np.nan, 0, np.nan, np.nan))).startswith("No file says how tickets went")


def test_automation_is_guarded_by_what_was_opened_again():
    human = (0.03, 900, 0.02, 0.04)
    assert _plain(desk.quality(_measures(again=human, auto=(0.2, 400, 0.16, 0.24)))).endswith(
        "Of what automation resolved 20.0 % was opened again: more than of those that people ended."
    )
    # so few that chance explains it
    assert _plain(desk.quality(_measures(again=human, auto=(0.2, 5, 0.04, 0.6)))).endswith("20.0 % was opened again.")


def test_each_card_says_of_how_many_tickets_it_is():
    assert {name: _plain(said) for name, said in desk.counted(_measures(again=(0.03, 900, 0.02, 0.04))).items()} == {
        "reopen_rate": "Of 900 tickets; the true share lies in 2.0 % to 4.0 %."
    }

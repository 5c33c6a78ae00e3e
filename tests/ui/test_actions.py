"""The overview's verdict in three sentences, and the list of what to do first."""

from datetime import date

import pandas as pd
import pytest

from tests.ui import canned
from tests.ui.conftest import open_page, read
from vitals.formats import NO_BREAK
from vitals.ui.words import actions

ASSUMED = {"target_gross_margin": 0.5, "renewal_rise": 0.25}
NOTICE = {"kind": "settle_notice", "notice_by": date(2026, 11, 3), "of_subject": 1355.0}
OVERDUE = {"kind": "collect", "money_a_month": None, "of_subject": 20_000.0, "more": 1}
MONEY = {"subject": "Acme", "money_a_month": 1940.0, "money_a_year": 23_280.0, "months": 12}


def said(**row) -> str:
    return actions.said(MONEY | row, ASSUMED).replace(NO_BREAK, " ")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            {"kind": "reach_tier", "reason": "price", "ratio": 0.943},
            "Reprice Acme: $1,940 a month to reach its tier's margin; a user pays 94.3 % of what the tier's do.",
        ),
        (
            {"kind": "reach_tier", "reason": "demand", "ratio": 2.1},
            "Find why Acme files so many tickets, or reprice: $1,940 a month to reach its tier's margin; a user opens "
            "2.1 times the tier's tickets.",
        ),
        (
            {"kind": "reach_tier", "reason": "tools", "ratio": None},
            "Trim the tools of Acme, or reprice: $1,940 a month to reach its tier's margin.",
        ),
        ({"kind": "reach_target"}, "Reprice Acme: $1,940 a month to reach the target margin of 50 %."),
        ({"kind": "cover_cost"}, "Reprice Acme: $1,940 a month to stop losing money on it."),
        (
            {"kind": "reach_target", "fee": 2110.0, "new_fee": 4050.0, "fee_rise_pct": 0.919, "is_steep": True},
            "Reprice Acme from $2,110 to $4,050 a month, 92 % more, to reach the target margin of 50 %. That rise is "
            "more than one renewal carries (25 %).",
        ),
        (
            {"kind": "cover_cost", "fee": 19_400.0, "new_fee": 21_340.0, "fee_rise_pct": 0.1, "is_steep": False},
            "Reprice Acme from $19,400 to $21,340 a month, 10 % more, to stop losing money on it.",
        ),
        ({"kind": "bill_out_of_scope", "hours": 12.5}, "Bill Acme for work out of scope: 12.5 h, $1,940 a month."),
        (
            {"kind": "move_hours", "subject": "Priya", "partner": "Tomasz", "hours": 3.94},
            "Move 3.9 h a week from Priya to Tomasz, if the skills fit.",
        ),
        (
            {"kind": "hold_review", "exposed_a_month": 4200.0, "more": 1},
            "Hold the review of Acme: $4,200 of recurring revenue a month waits for it, and 1 more client is overdue.",
        ),
        ({"kind": "hold_review", "exposed_a_month": pd.NA, "more": 0}, "Hold the review of Acme."),
        (
            NOTICE | {"more": 12},
            "Settle 13 contracts before their last day of notice, first that of Acme by 3 Nov 2026: $1,940 a month.",
        ),
        (
            NOTICE | {"more": 0},
            "Settle the contract of Acme before its last day of notice, 3 Nov 2026: $1,940 a month.",
        ),
        (OVERDUE, "Collect $23,280 that is overdue from 2 clients, $20,000 of it from Acme."),
        (OVERDUE | {"more": 0}, "Collect $23,280 that is overdue from Acme."),
    ],
)
def test_each_action_in_words(row, words):
    assert said(**row) == words


def test_money_says_how_it_is_reckoned_and_what_brings_none_says_so():
    assert actions.reckoned(MONEY | {"kind": "bill_out_of_scope"}) == (
        "$23,280 a year. Hours that were out of scope and not billed x the assumed bill rate, over 12 covered months."
    )
    assert actions.reckoned({"kind": "hold_review", "money_a_year": None}).startswith("Revenue that waits for a review")


@pytest.mark.parametrize(
    ("clients", "words"),
    [
        ({"labour_basis": "none"}, "Load time entries or tickets to see"),
        ({"labour_basis": "tickets", "months_covered": 1}, "not reckoned from fewer than 3 covered months"),
        ({"months_covered": 12, "time_capture": 0.78}, f"cannot be read: 78{NO_BREAK}% of the time"),
        ({"months_covered": 12, "time_capture": None}, "no client that still pays is below its tier"),
        (
            {"months_covered": 5, "labour_basis": "tickets", "unread_because": "tickets hold little"},
            "What it costs a year cannot be read: tickets hold little.",
        ),
    ],
)
def test_without_any_amount_the_reason_is_said(clients, words):
    assert words in actions.at_stake([], clients)


def test_clients_that_lose_money_and_are_not_listed_are_counted():
    listed = [MONEY | {"kind": "cover_cost", "clients_in_all": 1, "money_in_all": 23_280.0, "losing_beyond": 2}]
    assert actions.at_stake(listed, {}).endswith(
        "2 more clients lost money; no fee to raise is known: they left, or paid in too few months. See Client margin."
    )
    assert actions.at_stake(listed, {"months_covered": 4}).startswith(
        "At stake are $23,280 a year, made of 4 covered months: what 1 client"
    )
    known = {"months_covered": 12, "loss_clients": 1}
    assert "1 client lost money; no fee to raise is known: it left" in actions.at_stake([], known)
    assert "lost money" not in actions.at_stake([], known | {"loss_clients": 0})
    # where hours can't be read nobody knows who lost any
    assert "lost money" not in actions.at_stake([], known | {"unread_because": "only 30 % is written down"})


def test_nobody_is_called_without_a_reason():
    move = {"kind": "move_hours", "subject": "Priya", "money_a_year": None}
    review = {"kind": "hold_review", "subject": "Acme", "money_a_year": None}
    assert actions.call([move, review]) == "On Monday call Acme: its review is overdue."
    assert "nobody" in actions.call([move])
    assert actions.call([MONEY | {"kind": "cover_cost"}]).count("Its direct cost and labour") == 1


def test_what_a_date_makes_urgent_is_called_for_and_is_no_gain():
    notice, overdue = MONEY | NOTICE | {"more": 12}, MONEY | OVERDUE
    assert actions.call([notice, overdue]).replace(NO_BREAK, " ") == (
        "On Monday call Acme: its contract's last day of notice is 3 Nov 2026, the first of those that come soon."
    )
    assert actions.call([overdue]) == (
        "On Monday call Acme: $20,000 of what it owes is overdue, the most of any client."
    )
    assert actions.reckoned(notice).startswith("$23,280 a year at stake, no gain:")
    assert actions.reckoned(overdue).startswith("$23,280, once: what is not paid")
    # neither is anything that a client would bring
    known = {"months_covered": 12}
    assert "no client that still pays is below its tier" in actions.at_stake([notice, overdue], known)


def test_the_overview_gives_its_verdict_and_the_way_to_its_evidence(results):
    page = open_page("overview")
    words = read(page)
    assert "2 of 4 signals that could be tested fire" in words
    assert "At stake are $41,500 a year: what 9 clients would bring more" in words
    assert (
        f"On Monday call {canned.EVIL[0]}: $1,940 a month more would let it earn what its tier does, the most of"
        in words
    )
    assert f"1. Find why {canned.EVIL[0]} files so many tickets, or reprice" in words
    assert "4. Hold the review of" in words
    assert "a client may stand here that makes money, and less than it should." in words
    assert "Who lost money" in words and f"{canned.EVIL[0]}: " in words


def test_nobody_is_named_as_losing_where_none_does_or_hours_carry_no_margin(results, monkeypatch):
    whole = canned.ONE["metrics.client_margin_summary"]
    for changed in ({"loss_clients": 0}, {"unread_because": "only 30 % is written down"}):
        monkeypatch.setitem(canned.ONE, "metrics.client_margin_summary", {**whole, **changed})
        assert "Who lost money" not in read(open_page("overview"))


def test_the_overview_has_nothing_to_do_without_a_reason(results, monkeypatch):
    monkeypatch.setitem(canned.FRAMES, "metrics.actions", canned.actions().head(0))
    words = read(open_page("overview"))
    assert "Nothing by these numbers." in words and "On Monday" not in words

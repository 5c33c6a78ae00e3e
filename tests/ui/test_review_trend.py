"""Reviews over time: what the page says of them, and that it stands on small workspaces."""

from __future__ import annotations

import pytest

from tests.sql.rows import day, line
from tests.ui.conftest import read
from tests.ui.test_revenue import ONE_LINE, opened, said
from vitals.ui.words import reviews

TIMING = {
    "clients": 40, "reviews": 120, "reviews_after": 48, "expected_share": 0.24, "verdict": "after_trouble",
    "share_low": 0.32, "share_high": 0.49, "client_months": 610.4, "clients_warned": 2, "warned_mrr": 4200.0,
}  # fmt: skip
HELD = {"client": "Acme", "scheduled_on": day("2026-01-10"), "held_on": day("2026-01-10")}


@pytest.mark.parametrize(
    ("verdict", "begins"),
    [
        ("after_trouble", "Reviews follow trouble: 48 of 120 reviews came within 60 days after a bad month"),
        ("before_trouble", "Reviews come before trouble"),
        ("as_chance", "Reviews come neither before trouble nor after it"),
        ("too_few", "Too little data to say whether reviews follow trouble: 48 of 120 reviews"),
    ],
)
def test_headline_claims_no_more_than_the_reviews_carry(verdict, begins):
    found = said(reviews.before_trouble({**TIMING, "verdict": verdict}))
    assert found.startswith(begins)
    assert found.endswith("24 % of the time lies there.")


def test_share_stands_beside_its_number_and_its_interval():
    assert said(reviews.counted(TIMING)) == "Of 120 reviews; 95 in 100 such samples lie between 32 % to 49 %."
    assert reviews.exposed(TIMING) == "Of 610 months of 40 clients."
    assert reviews.warned(TIMING).startswith("Of 2 clients, $4,200 of monthly revenue, the last two")
    assert "cannot be judged" in reviews.before_trouble({"clients": 0})
    assert reviews.counted({}) == reviews.exposed({}) == ""


def test_one_review_of_one_client_is_enough_for_the_page():
    app = opened("review_trend", invoice_lines=ONE_LINE, reviews=[HELD])
    assert not app.exception
    assert "cannot be judged" in app.header[0].value
    assert "nan" not in read(app)


def test_without_reviews_the_page_says_what_it_needs():
    app = opened("review_trend", invoice_lines=[line("Acme", "2026-01-05", 100)])
    assert not app.exception
    assert "needs reviews" in read(app)

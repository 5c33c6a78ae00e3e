"""The buyer's side: it works without a file, and what is written down is reckoned at once."""

from tests.ui.conftest import open_page, own, read
from vitals.formats import NO_BREAK
from vitals.ui.words import buying
from vitals.workspace import choices

OFFER = {
    "provider": "A: North", "monthly_fee": 1000, "whole_cost": 1232.5, "beyond_fee_pct": 0.2325, "exit_need": 7400,
    "exit_reserve": 2400, "exit_gap": 5000, "weighted_score": 3.5, "points_scored": 2,
}  # fmt: skip
OTHER = {**OFFER, "provider": "B", "whole_cost": 1300, "exit_gap": 0, "weighted_score": None}


def test_what_is_said_to_a_buyer():
    assert buying.whole_cost([OFFER, OTHER]).replace(NO_BREAK, " ") == (
        "Offer A: North would cost $1,232 a month in all: a fee of $1,000, and 23.2 % on top of it. "
        "The others would cost more: B $1,300."
    )
    assert "Write down what a provider asks" in buying.whole_cost([])
    assert buying.leaving([OTHER, OFFER]) == (
        "Leaving A: North at the end of its term would take $7,400; the reserve holds $2,400 by then."
    )
    assert (buying.leaving([]), "covers" in buying.leaving([OTHER])) == ("", True)
    assert buying.best_scored([OTHER, OFFER]) == "A: North scores highest: 3.5 of 5, over 2 of fifteen points."
    assert "Score the offers" in buying.best_scored([OTHER])


def test_page_needs_no_upload_and_reckons_what_is_written_down():
    app = open_page("buyer")
    assert not app.exception
    assert "Write down what a provider asks a month" in read(app)
    con = own(app)
    rows = choices.register_rows(con, "buyer_offers")
    rows[0] |= {"provider": "**North**", "monthly_fee": 1000}
    choices.keep_register(con, "buyer_offers", rows)
    app.session_state["vitals_kept"] = {}
    app.run()
    assert not app.exception
    # 5 + 1 + 2 + 2 + 4 + 5 % a year, 5 + 10 % once in three years: 19 % + 15 / 3 = 24 %
    assert f"A: **North** would cost $1,240 a month in all: a fee of $1,000, and 24.0{NO_BREAK}% on top" in read(app)

"""What is said of plans for outcome prices."""

from datetime import date
from decimal import Decimal

from vitals import formats
from vitals.formats import NO_BREAK
from vitals.ui.page import pricing_columns
from vitals.ui.words import plans

PLAN = {
    "clients": 5, "moved": 3, "undated": 0, "past_notice": 1, "unpriced": 1, "under_water": 1, "dearest": "Deep",
    "dearest_fee": Decimal(400), "dearest_offer": Decimal(1000), "dearest_rise": 1.5, "first_on": date(2026, 5, 15),
    "current_margin": Decimal(45000), "plan_gain": Decimal(11000), "price_gain": Decimal(11800),
    "other_gain": Decimal(-800), "steep": 2, "steep_gain": Decimal(10400), "gain_without": Decimal(600),
}  # fmt: skip
ASSUMED = {"renewal_rise": 0.25}


def test_a_plan_is_told_with_what_it_rests_on():
    assert plans.migration(PLAN, ASSUMED).replace(NO_BREAK, " ") == (
        "3 of 5 clients would leave more under an outcome price, the first at its renewal on 15 May 2026: "
        "$11,000 a year on top of today's $45,000. Higher fees bring $11,800, credits and a usual year's cost take "
        "$800, automation adds nothing. The fees of 2 clients would rise by more than one renewal "
        "carries (25 %): without them the plan gains $600."
    )
    assert plans.of_migration(PLAN).replace(NO_BREAK, " ") == (
        "The fee of Deep would rise most, from $400 to $1,000 a month, 150 % more: a plan gains what clients accept."
    )
    assert plans.notices(PLAN) == (
        "1 client is under water on recurring work alone: raise the fee first, since a promise would lock the loss in. "
        "Of 1 client that would move the notice has gone by: it moves a year later."
    )


def test_a_plan_whose_fees_all_rise_steeply_or_none():
    assert plans.migration({**PLAN, "steep": 3}, ASSUMED).endswith(
        f"The fees of 3 clients would rise by more than one renewal carries (25{NO_BREAK}%): no other gains."
    )
    assert plans.migration({**PLAN, "steep": 1}, ASSUMED).endswith(": without it the plan gains $600.")
    assert plans.migration({**PLAN, "steep": 0}, ASSUMED).endswith("automation adds nothing.")
    assert "bring $11,800, the rest $20," in plans.migration({**PLAN, "other_gain": Decimal(20)}, ASSUMED)
    unmeasured = plans.migration({**PLAN, "measured": 0, "steep": 0}, ASSUMED)
    assert "$11,800, a usual year's cost takes $800, automation adds nothing" in unmeasured
    assert unmeasured.endswith("and credits are not known: no service level can be measured.")


def test_a_plan_without_a_move_is_none():
    nobody = {**PLAN, "moved": 0, "plan_gain": None, "under_water": 0, "past_notice": 0}
    assert plans.migration(nobody, ASSUMED) == (
        "Moving none of 5 clients to an outcome price would add to today's margin; 1 can't be priced on this data."
    )
    assert (plans.of_migration(nobody), plans.notices(nobody)) == ("", "")
    assert "nothing to move" in plans.migration({"clients": 0}, ASSUMED)


def test_the_loss_under_water_says_of_how_many_it_is():
    known = {"current_margin": 500, "months": 12, "under_water": 2, "under_water_loss": 10}
    assert plans.of_a_year(known)["under_water_loss"].startswith("Of 2 clients,")
    assert plans.of_a_year({**known, "under_water": 0, "under_water_loss": 0})["under_water_loss"].startswith(
        "No client's fee"
    )
    unknown = plans.of_a_year({**known, "under_water": 0, "under_water_loss": None})
    assert set(unknown.values()) == {""}


def test_money_of_a_year_says_of_how_few_months_it_is_made():
    """Two months are told six times over, eight one and a half times; twelve are the year."""
    assert plans.migration({**PLAN, "months": 8}, ASSUMED).count("today's $45,000, a year made of 8 covered months.")
    assert "made of" not in plans.migration({**PLAN, "months": 12}, ASSUMED)
    made = plans.of_a_year({**PLAN, "months": 8, "under_water_loss": 1200, "planned_margin": 56000})
    assert (made["current_margin"], made["planned_margin"]) == ("Made of 8 covered months.",) * 2
    assert made["under_water_loss"].endswith("margins of today. Made of 8 covered months.")
    # where there is no figure nothing is made of anything
    assert set(plans.of_a_year({"current_margin": 500, "months": 8}).values()) == {"Made of 8 covered months.", ""}
    few = plans.of_a_year({"months": 2, "current_margin": None, "under_water_loss": None})
    assert set(few.values()) == {"2 covered months on file: too few to say anything of a year."}


def test_a_plan_whose_dates_nobody_knows():
    undated = {**PLAN, "first_on": None, "undated": 3, "under_water": 0, "past_notice": 0}
    assert "renewal on" not in plans.migration(undated, ASSUMED)
    assert plans.notices(undated) == "Of 3 clients that would move no agreement says when it renews."


def test_a_plan_of_clients_that_cannot_be_priced_says_nothing():
    none = {"clients": 8, "moved": 0, "unpriced": 8}
    assert (
        plans.migration(none, ASSUMED)
        == "None of 8 clients can be priced on this data, so nothing can be said of a move."
    )


def test_who_may_be_promised_an_outcome():
    row = {"clients": 9, "clients_ready": 1, "clients_not_ready": 5, "clients_untested": 3, "failed_most": "margin",
           "failed_most_by": 4,
           "failed_most_lacks": "a margin within 10 points of the target in a bad year"}  # fmt: skip
    assert plans.readiness(row) == (
        "1 of 9 clients passes every gate and could be promised an outcome; 5 fail one, most often a margin within "
        "10 points of the target in a bad year (4); of 3 a gate can't be tested on this data."
    )
    asked = {"readiness_months": 9, "readiness_filled": 0.8, "readiness_margin_gap": 0.05}
    assert plans.gates(asked).replace(NO_BREAK, " ") == (
        "History: 9 months of hours and tickets. Hours: 90 % are logged. Tickets: category and first response on 80 %. "
        "Margin: within 5 points of the target even in a bad year."
    )
    assert "nothing can be promised" in plans.readiness({"clients": 0})
    alone = {"clients": 1, "clients_ready": 0, "clients_not_ready": 0, "clients_untested": 1}
    assert plans.readiness(alone) == (
        "0 of 1 client pass every gate and could be promised an outcome; of 1 a gate can't be tested on this data."
    )


def test_pages_that_count_other_clients_say_why_to_the_client():
    row = {"gates_passed": 33, "price_ready": 18, "passed_ready": 17, "passed_short": 14, "passed_leaving": 2,
           "passed_unpriced": 0, "ready_failed": 0, "ready_untested": 1, "moved": 19, "moved_ready": 2,
           "moved_raised": 17, "ready_held": 16}  # fmt: skip
    assert plans.promises(row) == (
        "33 pass every gate (Readiness), 18 could be offered a fixed price (Outcome price), 17 both. Of those that "
        "pass 14 pay less than their target and 2 could have left in the last month. Of those with a fixed price 1 "
        "can't be tested at one. Migration moves 19: 2 of those with a fixed price and 17 at a fee raised to the "
        "target; 16 with a fixed price would leave no more than today."
    )
    assert plans.promises(dict.fromkeys(row, 0)) == ""


def test_who_is_run_as_a_retainer():
    columns = ("client", "verdict", "stages", "success", "last_review")
    rows = [dict(zip(columns, row, strict=True)) for row in (
        ("Acme", "retainer", "retainer", "retainer", "retainer"), ("Birch", "open", "retainer", "product", "retainer"),
        ("Cove", "open", "not_testable", "not_answered", "product"),
    )]  # fmt: skip
    asked = "no file says whether success is agreed on or what the last review was about: answer both for each client"
    assert plans.retainers(rows) == (
        f"Of 3 engagements 1 runs as a retainer and 0 as a product. For 1 {asked} in the table below. "
        "The work of 2 clients can't be told from that of two quarters before."
    )
    assert plans.retainers(rows[2:]) == (
        f"It can't be told yet of any of 1 engagement. For 1 {asked} in the table below."
    )
    assert "1 stay open: the questions are answered both ways." in plans.retainers(rows[:2])
    assert plans.retainers([]) == ""


def test_distances_of_the_work_mix_are_not_rounded_to_nothing():
    forms = {column.name: column.form for column in pricing_columns.ENGAGEMENTS.described}
    for name in ("work_mix_distance", "chance_distance"):
        assert formats.written(0.379036, forms[name]) == "0.38"


def test_how_far_success_is():
    row = {"criteria": 4, "clients": 2, "criteria_met": 2, "criteria_missed": 1, "criteria_unknown": 1}
    assert plans.criteria({**row, "reviews_past": 1}) == (
        "2 of 4 criteria of 2 clients are met, 1 missed, of 1 the value isn't known. 1 review is past."
    )
    assert "No success criterion" in plans.criteria({"criteria": 0})


def test_proposals_are_compared_by_what_they_leave_and_what_is_paid():
    base = {"name": "Outcome price as assumed", "margin_left": 8400.0, "customer_pays": 14400.0, "verdict": None}
    ours = {"name": "Ours", "margin_left": 6000.0, "customer_pays": 12000.0, "verdict": None}
    assert plans.scenarios([base, ours]) == (
        "Outcome price as assumed leaves most, $8,400 of the $14,400 that clients pay. "
        "Cheapest to buy is Ours, $12,000."
    )
    assert plans.scenarios([base]) == (
        "An outcome price as assumed leaves $8,400 of $14,400: write down a proposal to compare it with."
    )
    assert "No proposal can be priced" in plans.scenarios([{**base, "margin_left": None}])


def test_a_plan_without_a_price_has_no_figure_among_the_pages():
    names = ("Hours or outcome", "Models side by side", "Scenarios", "Migration")
    rows = [{"name": name, "is_total": True, "amount": 3000.0} for name in names]
    assert plans.figures([*rows[:3], {**rows[3], "amount": None}]) == (
        "Your margin under outcome fees, as each page counts it: Hours or outcome $3,000, Models side by side $3,000 "
        "and Scenarios $3,000. Migration n/a: no client can be priced. Each step adds up to the next page's figure."
    )
    assert "no client can be priced" not in plans.figures(rows)
    assert plans.figures([]) == plans.figures([{**rows[0], "amount": None}, *rows[1:]])
    assert plans.figures([]).startswith("Nothing can be compared")


def test_an_outcome_fee_without_a_price_is_called_plain_cost():
    base = {"name": "Outcome price as assumed", "margin_left": 30466.0, "customer_pays": 50776.0, "verdict": None,
            "ready": 0, "fix_first": 0, "current_pays": 84000.0}  # fmt: skip
    assert plans.scenarios([base]) == (
        "No client can be priced: an outcome fee is here plain cost at your target margin, credits not known; today's "
        "fees are $84,000. It leaves $30,466 of $50,776."
    )
    assert "An outcome price as assumed leaves" in plans.scenarios([{**base, "fix_first": 1}])
    assumed = {"automation_share": 0.2}
    assert "No target fee is known: cost at the target margin alone" in plans.of_figures(
        "pricing_models", assumed, is_priced=False
    )
    assert "Before credits, which are not known" in plans.of_proposals([base], assumed)
    assert "add no bad year and no credits to it" in plans.of_figures("pricing", assumed, is_priced=False)


def test_proposals_say_of_how_many_clients_credits_are_known():
    base = {"ready": 2, "fix_first": 0, "clients": 3, "measured": 2}
    assumed = {"automation_share": 0.2}
    said = plans.of_proposals([base], assumed)
    assert said.startswith("After the credits to expect") and "Credits are known of 2 of 3 clients:" in said
    assert "Credits are known" not in plans.of_proposals([{**base, "measured": 3}], assumed)
    assert plans.of_proposals([{**base, "measured": 0}], assumed).startswith("Before credits, which are not known")

"""The tables of the pages about prices, outcomes and buyers: a query and the names of its columns."""

from __future__ import annotations

from vitals.ui.page.columns import CLIENT
from vitals.ui.page.tables import Table
from vitals.ui.page.tables import TableColumn as Named

PRICING = Table("metrics.pricing_side_by_side", (
    CLIENT, Named("current_pays", "Pays today"), Named("pays_change_hourly", "Hourly, change"),
    Named("pays_change_outcome", "Outcome, change"), Named("current_provider_margin", "Margin today"),
    Named("provider_margin_hourly", "Margin hourly"), Named("provider_margin_outcome", "Margin outcome"),
    Named("outcome_gain", "Outcome less hourly"),
    Named("crossover_automation_share_outcome", "Outcome beats hours", "from_share"),
    Named("pays_change_per_seat", "Per seat, change"), Named("provider_margin_per_seat", "Margin per seat"),
))  # fmt: skip

PRICING_MODELS = Table("metrics.pricing_model_curve", (
    Named("model", "Model", "words", width=120), Named("customer_pays", "Client pays"),
    Named("swing", "Swings a month", "percent"),
    Named("provider_margin", "Left for you"), Named("provider_margin_pct", "Left, %"),
    Named("customer_gain", "Client keeps"), Named("provider_gain", "You keep"),
    Named("saved_labour_cost", "Saved together"), Named("clients", "Clients priced"),
))  # fmt: skip
CREDITS = Table("metrics.sla_credit_clients", (
    CLIENT, Named("kept_amount", "Credits"), Named("credit_share", "Of its fees", "percent"),
    Named("missed_months", "Months missed"), Named("months", "Months measured"),
    Named("chronic_months", "Months chronic"), Named("furthest_step", "Furthest step", "words"),
    Named("may_leave_at_end", "May leave now"), Named("earned_back_amount", "Earned back"),
))  # fmt: skip
TERMS = Table("metrics.contract_terms", (
    CLIENT, Named("basis", "By", "words"), Named("response_target", "Answered in time", "percent_whole"),
    Named("resolution_target", "Resolved in time", "percent_whole"),
    Named("critical", "Critical below", "percent_whole"),
    Named("credit", "Credit", "percent"), Named("credit_critical", "Critical credit", "percent"),
    Named("credit_cap", "Cap", "percent"), Named("min_tickets", "Minimum volume", "count"),
    Named("chronic_rule", "Chronic rule"), Named("chance_rule", "More than chance"),
    Named("termination_right", "May leave"), Named("earn_back", "Earn back"),
))  # fmt: skip
SAFE_TARGETS = Table("metrics.sla_safe_targets", (
    CLIENT, Named("measure", "Measure", "words"), Named("promised", "Promised", "percent"),
    Named("safe_target", "Safe", "percent"), Named("attainment", "Reached", "percent"),
    Named("chance_of_miss", "Missed by chance", "percent_whole"), Named("usual_tickets", "Tickets a month"),
    Named("months", "Months"), Named("tickets", "Tickets"),
))  # fmt: skip
SMALL_NUMBERS = Table("metrics.small_numbers", (
    Named("tickets", "Tickets a month"), Named("misses_allowed", "Misses allowed"),
    Named("as_promised", "Desk as promised", "percent"), Named("half_the_misses", "With half the misses", "percent"),
    Named("fifth_of_misses", "With a fifth", "percent"), Named("forgiven", "Half, one more forgiven", "percent"),
))  # fmt: skip
SEVERITIES = Table("metrics.severities", (
    Named("priority", "Priority"), Named("severity", "Severity"),
    Named("resolution_attainment_pct", "Resolved in time"), Named("resolution_judged", "Judged"),
    Named("response_attainment_pct", "Answered in time"), Named("response_judged", "Judged, answers"),
))  # fmt: skip
AUTOMATION = Table("metrics.automation_categories", (
    Named("category", "Category", width=240), Named("net_gain", "Net gain", "money"),
    Named("cash_gain", "In cash", "money"), Named("break_even", "Pays from", "percent_whole"),
    Named("saved_hours", "Hours saved", "hours"), Named("saved_cost", "Worth", "money"),
    Named("run_cost", "Run cost", "money"), Named("minutes", "Minutes a ticket", "number"), "tickets",
    Named("worked", "With hours"), Named("without_hours", "Without hours"),
    Named("automated_share", "Automated today", "percent"), Named("reopened_share", "Of it reopened", "percent"),
))  # fmt: skip
AUTOMATION_SCALE = Table("metrics.automation_scale", (
    Named("endpoints", "Endpoints"), Named("by_people", "By people", "money_exact"),
    Named("automated", "Automated", "money_exact"), Named("fixed_each", "Of it fixed", "money_exact"),
    Named("marginal", "One more endpoint", "money_exact"),
))  # fmt: skip
OUTCOME_PRICES = Table("metrics.outcome_price", (
    CLIENT, Named("verdict", "Verdict", "words"), Named("room", "Room", "words"), Named("current_fee", "Today's fee"),
    Named("target_fee", "Target fee"), Named("fee_rise_pct", "Fee rises by", "percent_whole"),
    Named("floor_fee", "Floor"), Named("ceiling_fee", "Ceiling"), Named("because", "Because", width=320),
    Named("expected_annual_hours", "Hours a year"), Named("p80_annual_hours", "Hours in a bad year"),
    Named("credibility", "Weight of own history", "percent_whole"),
    Named("known_credit_pct", "Credits to expect", "percent"), Named("months", "Months counted"),
))  # fmt: skip

OUTCOME_FIGURES = Table("metrics.outcome_figures", (
    Named("name", "Page, or what the next one does otherwise", width=420), Named("amount", "Margin, or change"),
    Named("is_total", "A page's figure"), Named("clients", "Clients"),
    Named("automation_share", "Automated", "percent_whole"),
))  # fmt: skip
FEE_PARTS = Table("metrics.outcome_fee_parts", (
    Named("name", "Part"), Named("amount", "A month", "money_exact"), Named("share", "Of the fee", "percent"),
))  # fmt: skip
READINESS = Table("metrics.readiness", (
    CLIENT, Named("verdict", "Verdict", "words"), Named("score", "Score", "count"),
    Named("gates_failed", "Gates failed"), Named("gates_untested", "Not tested"),
    Named("needs", "What is missing", width=560), Named("measured_weight", "Score rests on, of 100"),
))  # fmt: skip
ENGAGEMENTS = Table("metrics.product_or_retainer", (
    CLIENT, Named("verdict", "Verdict", "words"), Named("work_mix_distance", "Work apart by", "number"),
    Named("chance_distance", "By chance to", "number"), Named("stages", "Work changes", "words"),
    Named("success", "Success agreed", "words"), Named("last_review", "Last review", "words"),
    Named("endpoint", "An end", "words"),
    Named("tickets", "Tickets"), Named("compared_tickets", "Two quarters before"),
))  # fmt: skip
OFFERS = Table("metrics.engagement_cost", (
    Named("provider", "Offer"), Named("monthly_fee", "Fee a month"), Named("whole_cost", "In all a month"),
    Named("beyond_fee_pct", "Beyond the fee", "percent"), Named("weighted_score", "Score, of 5"),
    Named("points_scored", "Points scored, of 15"), Named("term_months", "Term, months"),
    Named("term_cost", "Over the term"), Named("exit_need", "Leaving takes"), Named("exit_reserve", "Reserve by then"),
    Named("exit_gap", "Lacking"), Named("terms_held", "Against lock-in, of 6"),
))  # fmt: skip
DOWNTIME = Table("metrics.uptime_downtime", (
    Named("uptime", "Uptime", "percent_exact"), Named("monthly_seconds", "Down in 30 days", "lasting"),
    Named("yearly_seconds", "Down in a year", "lasting"), Named("fits", "Fits"),
))  # fmt: skip
CRITERIA = Table("metrics.criteria_tracking", (
    CLIENT, Named("criterion", "What will be true", width=260), Named("state", "State", "words"),
    Named("value", "Value", "number"), Named("target", "Target", "number"), Named("measure", "Measured by"),
    Named("counted", "Rests on"), Named("stage", "Stage", "words"), Named("review", "Reviewed", "words"),
    Named("next_review_on", "Next review"), Named("is_review_past", "Past"), Named("month_from", "From"),
    Named("month_to", "To"),
))  # fmt: skip
SCENARIOS = Table("metrics.scenario_figures", (
    Named("name", "Proposal", "text"), Named("model", "Model", "words"), Named("customer_pays", "Customer pays"),
    Named("margin_left", "Left after credits"), Named("margin_left_pct", "Of what is paid", "percent"),
    Named("expected_credits", "Credits to expect"), Named("measured", "Known of clients"),
    Named("risk_load", "Bad year, each alone"),
    Named("verdict", "Verdict", "words"), Named("ready", "Clients ready"), Named("fix_first", "To fix first"),
    Named("clients", "Clients priced"), Named("unpriced", "Not priced"), Named("customer_gain", "Automation to client"),
    Named("provider_gain", "Automation to you"),
))  # fmt: skip
SCENARIO_TERMS = Table("metrics.scenario_terms", (
    Named("name", "Proposal", "text"), Named("response_target", "Answered in time", "percent_whole"),
    Named("resolution_target", "Resolved in time", "percent_whole"),
    Named("critical", "Critical below", "percent_whole"), Named("credit", "Credit", "percent"),
    Named("credit_critical", "Critical credit", "percent"), Named("credit_cap", "Cap", "percent"),
    Named("min_tickets", "Minimum volume", "count"), Named("chance_rule", "More than chance"),
    Named("termination_right", "May leave"), Named("earn_back", "Earn back"),
))  # fmt: skip
MIGRATION = Table("metrics.migration_plan", (
    CLIENT, Named("step", "Step", "words"), Named("moves_on", "Can move on"), Named("gain", "Gain a year"),
    Named("current_margin", "Margin today, a year"),
    Named("current_fee", "Today's fee"), Named("offered_fee", "Outcome fee"),
    Named("fee_rise_pct", "Fee rises by", "percent_whole"), Named("notice_by", "Notice by"),
    Named("is_notice_past", "Gone by"), Named("break_even_loss", "Pays while less leaves", "percent_whole"),
    Named("price_rise", "Gain by the fee"),
    Named("outcome_margin", "Under the outcome fee"), Named("place", "Place"),
))  # fmt: skip
BRIDGE = Table("metrics.migration_bridge", (
    Named("quarter_start", "Quarter", "quarter"), Named("clients", "Can move"), Named("moved", "Move"),
    Named("plan_gain", "Gain a year"), Named("price_gain", "By higher fees"), Named("other_gain", "Credits, cost"),
    Named("closing_margin", "Margin after"), Named("risk_capital", "Capital at risk"),
    Named("stay_gain", "Moving the others"), Named("opening_margin", "Margin before"),
))  # fmt: skip
FINDINGS = Table("metrics.findings", (
    Named("place", "No.", "count"), Named("severity", "Weight", "words"), Named("subject", "Of", width=170),
    Named("money", "Money", "money"), Named("money_is", "What that is"),
    Named("share_of_revenue", "Of revenue", "percent"), Named("says", "What was found", width="large"),
    Named("question", "What to ask", width="large"),
))  # fmt: skip
RED_FLAGS = Table("metrics.red_flags", (
    Named("label", "What is measured", width=190), Named("standing", "Standing", "text"),
    Named("found_said", "Found", "text"), Named("bound", "What buyers say", width="large"),
    Named("source", "Who says so", width="medium"), Named("needs", "To test it, add", width="medium"),
))  # fmt: skip

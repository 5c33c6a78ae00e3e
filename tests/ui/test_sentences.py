"""What is said of what is missing, unusual or below zero: nothing is claimed that no file says."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from tests.ui import canned
from tests.ui.conftest import open_page, words
from vitals.ui import reviews
from vitals.ui.page import session
from vitals.ui.words import caveats, components, sentences, signals


def _plain(said: str) -> str:
    return said.replace("\N{NO-BREAK SPACE}", " ")


def _without(monkeypatch, *kinds):
    held = canned.workspace_contents()
    monkeypatch.setitem(canned.FRAMES, "metrics.workspace_contents", held[~held["entity"].isin(kinds)])


def test_without_reviews_none_was_held(results, monkeypatch):
    _without(monkeypatch, "reviews")
    nothing = {"clients_due": 3, "clients_completed": None}
    monkeypatch.setitem(canned.ONE, "metrics.qbr_summary", {**nothing, "clients_overdue": None})
    monkeypatch.setitem(canned.ONE, "metrics.qbr_completion", {**nothing, "completion_pct": None})
    said = words(open_page("overview"))
    assert "Load reviews to see which reviews were owed and not held" in said.replace("&#46;", ".")
    assert "Load reviews to see this" in said
    assert "Every one of" not in said


def test_without_technicians_their_file_is_named(results, monkeypatch):
    _without(monkeypatch, "technicians")
    assert "Load technicians to see whose hours are sold" in words(open_page("overview"))


def test_reviews_not_loaded_are_not_all_held():
    assert sentences.reviews({"clients_due": 3, "clients_completed": None}).startswith("Load reviews")
    assert sentences.reviews({"clients_due": 3, "clients_completed": 3, "clients_overdue": 0}).startswith("Every one")


@pytest.mark.parametrize(("found", "said"), [(0, ""), (1, "1 more client has hours"), (7, "7 more clients have hours")])
def test_clients_with_hours_and_no_invoice_stand_beside_the_losses(found, said):
    row = {**canned.margin_summary(), "unbilled_clients": found}
    assert f"4 of {13 - found} {'billed ' if found else ''}clients" in sentences.margin(row, "Mar 2026")
    assert said in sentences.margin(row, "Mar 2026")
    assert ("two spellings" in sentences.margin(row, "Mar 2026")) == bool(found)


def test_all_that_made_money_are_the_billed_ones():
    row = {"clients": 9, "unbilled_clients": 4, "unbilled_labour_cost": 3562.5, "loss_clients": 0, "gross_margin": 9265}
    said = sentences.margin(row, "Aug 2025")
    assert said.startswith("In Aug 2025 all 5 billed clients made money: $9,265 in gross margin before bench.")
    assert said.endswith(
        "4 more clients have hours and no invoice ($3,562 of labour): perhaps two spellings of one name, or billed in "
        "other months."
    )


@pytest.mark.parametrize(
    ("asked", "covered", "months"),
    [(12, 12, "Nov 2025 – Oct 2026"), (12, 5, "Jun 2026 – Oct 2026"), (12, 3, "3 months of Jun 2026 – Oct 2026")],
)
def test_a_margin_names_the_months_that_it_counts(asked, covered, months):
    found = {"covered_from": date(2026, 6, 1), "covered_to": date(2026, 10, 1)}
    row = {**canned.margin_summary(), **found, "months_asked": asked, "months_covered": covered}
    assert f"lost money in {months}, $61,200 together" in sentences.margin(row, "Nov 2025 – Oct 2026")
    said = sentences.overview(0.4, None, row, "Nov 2025 – Oct 2026", "Gross margin before bench", "")
    assert said.startswith(f"In {months} 40.0")
    assert ("Jun 2026 – Oct 2026: those that invoices and hours both cover" in caveats.covered(row)) == (covered < 12)


def test_a_score_of_fewer_months_says_how_many():
    few = {"months_covered": 5, "covered_from": date(2026, 6, 1), "closing_month": date(2026, 10, 1)}
    assert "5 months, Jun 2026 – Oct 2026, says" in components.months(few)
    assert components.months(few).endswith("read the scores with care.")
    assert components.months({"months_covered": 0}).startswith("What the data says and what you answer stand beside")
    year = {"months_covered": 12, "covered_from": date(2025, 11, 1), "closing_month": date(2026, 10, 1)}
    assert components.months(year).endswith("never merged.")


def test_client_without_an_invoice_has_a_cost_and_no_loss():
    row = {"client": "Acme", "gross_margin": -3562, "labour_cost": 3562, "labour_hours": 84, "is_unbilled": True}
    said = sentences.one_client(row, "Aug 2025")
    assert "lost" not in said and "84.0" in said and "$3,562" in said and "no invoice" in said


def test_negative_margin_is_said_in_words():
    row = {"client": "Birch", "revenue": 1000.0, "gross_margin": -648.0, "gross_margin_pct": -0.648, "labour_hours": 9}
    assert "costs exceeded $1k of revenue by 64.8\N{NO-BREAK SPACE}%" in sentences.overview(
        -0.648, None, row, "Mar 2026", "Gross margin", ""
    )
    assert "costs exceeded $1,000 of revenue by 64.8\N{NO-BREAK SPACE}%" in sentences.one_client(row, "Mar 2026")


def _status():
    return pd.DataFrame({
        "client_key": list("cbad"), "client": list("cbad"), "days_overdue": [40, 12, 2313, np.nan],
        "last_held_on": [pd.Timestamp("2026-01-01"), pd.Timestamp("2026-01-05"), pd.NaT, pd.NaT],
        "cadence_days": 91, "is_active": True, "is_completed": False,
    })  # fmt: skip


def test_client_without_a_review_is_not_years_overdue(monkeypatch):
    monkeypatch.setattr(session, "run", lambda name, **given: _status())
    rows = reviews.status(None)
    assert list(rows["client"]) == ["c", "b", "a", "d"]
    assert list(rows["standing"]) == ["40 days overdue", "12 days overdue", "no review on file", "no review on file"]
    counted = {"clients_due": 3, "clients_completed": 0, "clients_overdue": 3, "longest_client": "c"}
    said = sentences.reviews({**counted, "longest_days": 40, "never_reviewed": 1, "never_client": "a"})
    assert said.endswith("c is 40 days overdue, the longest of those with a review on file; a has none.")
    assert "2313" not in said
    several = sentences.reviews({**counted, "longest_days": 40, "never_reviewed": 2, "never_client": "a"})
    assert several.endswith("those with a review on file; 2 have none, a among them.")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"cadence_days": 0}, "none owed"),
        ({"is_active": False}, "none owed"),
        ({"is_completed": True}, "in time"),
        # on the day itself the cadence has run out
        ({}, "due now"),
        ({"days_overdue": 1}, "1 day overdue"),
        # for a client of less than a cadence nothing is due
        ({"days_overdue": np.nan}, "in time"),
    ],
)
def test_where_a_review_stands(monkeypatch, row, said):
    known = _status().head(1).assign(**{"days_overdue": 0.0, **row})
    monkeypatch.setattr(session, "run", lambda name, **given: known)
    assert [text.replace("\xa0", " ") for text in reviews.status(None)["standing"]] == [said]


def test_client_page_says_that_no_review_is_on_file():
    assert sentences.one_review({"last_held_on": None, "days_overdue": 2313}) == (
        "It has no review on file, and is owed one."
    )


KEPT = {
    "opening_mrr": 91750.5, "gross_revenue_retention": 0.941, "net_revenue_retention": 1.069, "clients_opening": 13,
    "clients_lost": 2, "opening_month": date(2024, 12, 1), "compared_month": date(2025, 11, 1),
}  # fmt: skip


def test_what_was_kept_of_recurring_revenue_is_told_from_what_grew():
    assert _plain(sentences.retention(KEPT, {})) == (
        "Of $91,750 of recurring revenue in Dec 2024, 94.1 % was still there in Nov 2025, and 2 of 13 clients left; "
        "with the rises of those that stayed it is 106.9 %."
    )
    assert "and no client left;" in sentences.retention({**KEPT, "clients_lost": 0}, {})


def test_one_month_says_nothing_about_what_was_kept():
    said = sentences.retention({**KEPT, "opening_month": date(2025, 11, 1)}, {})
    assert said.endswith("Choose more months to see what was kept.") and "%" not in said
    nothing = {**KEPT, "opening_mrr": 0, "clients_opening": 0, "gross_revenue_retention": None}
    assert sentences.retention(nothing, {}).startswith("No client had recurring revenue in Dec 2024")
    # of lines that name no item nobody knows whether they recur
    assert sentences.retention(nothing, {"unclassified_revenue": 139064}) == (
        "What of the revenue recurs is not known: $139,064 of it has no class."
    )


def test_retention_that_is_not_over_a_year_says_over_how_many_months():
    assert sentences.kept_over({**KEPT, "opening_month": date(2025, 8, 1)}) == "Over 3 months, Aug 2025 to Nov 2025."
    assert sentences.kept_over({**KEPT, "opening_month": date(2024, 11, 1)}) == ""
    assert sentences.kept_over({**KEPT, "clients_opening": 0}) == sentences.kept_over({}) == ""
    assert (sentences.kept_of(KEPT), sentences.kept_of({"clients_opening": 0})) == ("Of 13 clients.", "")


def test_what_stands_apart_from_recurring_revenue_is_said():
    assert _plain(sentences.apart({"credits": -1250, "beyond_end": 300})) == (
        "Apart from the recurring revenue of these months: $1,250 in credit notes and $300 for months after "
        "clients had left."
    )
    assert sentences.apart({"credits": 0, "beyond_end": None}) == ""


def test_concentration_is_said_in_clients_of_equal_size():
    row = {"clients": 13, "largest": "Birch", "top1_share": 0.18, "top3_share": 0.41, "effective_clients": 9.9}
    assert _plain(sentences.concentration(row)).endswith(
        "18.0 % of the revenue without products, the three largest have 41.0 %: "
        "as concentrated as 10 clients of equal size."
    )
    assert sentences.concentration({"clients": 0}) == ""


LEVELS = {
    "tickets": 300, "resolution_attainment_pct": 0.92, "open_past_due": 1, "lowest_priority": "P2",
    "lowest_attainment_pct": 0.9,
}  # fmt: skip


def test_tickets_in_time_are_said_with_the_priority_that_lags():
    assert _plain(sentences.service_levels(LEVELS)) == (
        "92.0 % of 300 tickets with a target were resolved within it, of priority P2 only 90.0 %. "
        "1 is still open past it."
    )
    alone = {**LEVELS, "lowest_attainment_pct": 0.92, "open_past_due": 0}
    assert sentences.service_levels(alone).endswith("were resolved within it.")
    assert sentences.service_levels({"tickets": 0}).startswith("No ticket opened in these months has a target")


def test_category_whose_effort_depends_on_the_person_is_named():
    categories = canned.FRAMES["metrics.resolution_consistency"]
    assert _plain(sentences.consistency(categories)) == (
        "In 1 of 2 categories the effort depends on who does the work: in **Line** of business who it was explains "
        "31 % of the difference."
    )
    alike = categories.assign(technician_share_of_variance=0.14)
    assert sentences.consistency(alike) == "In none of 3 categories does the effort depend on who does the work."
    assert "is not known" in sentences.consistency(categories.tail(1))


def _overview(row):
    label = "Gross margin after bench"
    return sentences.overview(0.317, 0.3, {"revenue": 2_800_000, **row}, "2026", label, "2025")


def test_the_companys_headline_is_after_bench_where_technicians_are_loaded(results, monkeypatch):
    said = _overview({})
    assert said.startswith("In 2026 31.7\N{NO-BREAK SPACE}% of $2.8m in revenue was left as gross margin after bench")
    assert said.endswith("; the margin after bench is 1.7\N{NO-BREAK SPACE}points more than in 2025.")
    shown = {tile.label: tile.value for tile in open_page("overview").metric}
    assert shown["Gross margin after bench"] == "31&#46;3\N{NO-BREAK SPACE}%"
    # without technicians nobody knows the bench: the margin before it stands in, and says so by its name
    known = canned.ONE["metrics.company_margin"]
    without = {name: None if "after_bench" in name else value for name, value in known.items()}
    monkeypatch.setitem(canned.ONE, "metrics.company_margin", without)
    page = open_page("overview")
    shown = {tile.label: tile.value for tile in page.metric}
    assert shown["Gross margin before bench"] == "38&#46;7\N{NO-BREAK SPACE}%"
    assert "was left as gross margin before bench; " in words(page)


@pytest.mark.parametrize(
    ("row", "kind", "said"),
    [
        ({}, "Gross margin after bench", "after bench."),
        ({"has_direct_cost": True, "assumed_share": 0.5}, "Gross margin after bench", "after bench."),
        ({"has_direct_cost": False}, "Gross margin after bench", "after bench, before tools."),
        ({"has_direct_cost": False}, "Gross margin before bench", "before bench and tools."),
        (
            {"has_direct_cost": False, "assumed_share": 1.0},
            "Gross margin before bench",
            "before bench and tools, with 100 % of the hours at an assumed cost.",
        ),
    ],
)
def test_the_headline_says_what_its_margin_is_made_without(row, kind, said):
    found = sentences.overview(0.665, None, {"revenue": 139_100, **row}, "2026", kind, "")
    assert _plain(found) == f"In 2026 66.5 % of $139.1k in revenue was left as gross margin {said}"
    without = row.get("has_direct_cost") is False
    assert ("before these costs" in caveats.of_margins(row)) is without


@pytest.mark.parametrize(
    ("clients", "without", "said"),
    [
        (
            6,
            2,
            "None of the 4 billed clients with hours lost money in 2026; 2 clients have revenue and no hours: what",
        ),
        (2, 1, "The one billed client with hours made money in 2026; 1 client has revenue and no hours: what it left"),
        (2, 2, "In 2026 2 clients have revenue and no hours: what they left is not known."),
    ],
)
def test_clients_without_hours_are_not_said_to_have_made_money(clients, without, said):
    """100 % of their revenue is left on paper."""
    row = {"clients": clients, "loss_clients": 0, "gross_margin": 900, "clients_without_labour": without}
    found = sentences.margin(row, "2026")
    assert "$900" not in found
    assert found.startswith(said)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"unread_because": "only 31 % of the time at work is written down"},
            "The margin cannot be read: only 31 % of the time at work is written down. In 2026",
        ),
        ({"time_capture": 0.31}, "In 2026 31.7"),
        ({"unread_because": None}, "In 2026 31.7"),
    ],
)
def test_hours_that_carry_no_verdict_are_said_before_any_figure(row, said):
    assert _overview(row).startswith(said)


def test_the_band_cannot_be_read_from_unwritten_time():
    row = {"technicians": 1, "in_band": 0, "below_band": 1, "lowest_technician": "Ann", "lowest_utilisation": 0.2}
    unlogged = sentences.utilisation({**row, "unlogged": "Owen Marsh ended 60 tickets"})
    assert unlogged.endswith("Owen Marsh ended 60 tickets, and logged no hour.")
    assert sentences.utilisation(row).startswith("0 of 1 technician is in the")
    said = sentences.utilisation(row | {"time_capture": 0.25})
    assert said.startswith(
        "The band cannot be read: only 25\N{NO-BREAK SPACE}% of the time at work is written down. 0 of 1"
    )


def test_a_share_beside_the_band_is_not_rounded_into_it():
    """80.3 % is above a band that ends at 80, and 69.8 % below one that begins at 70."""
    row = {"technicians": 2, "in_band": 0, "lowest_technician": "Ann", "lowest_utilisation": 0.698}
    above = {**row, "above_band": 1, "below_band": 1, "highest_technician": "Bob", "highest_utilisation": 0.803}
    assert _plain(sentences.utilisation(above)).endswith("1 above it, 1 below. Bob works at 80.3 %.")
    assert _plain(sentences.utilisation({**row, "below_band": 2})).endswith("Ann is at 69.8 %.")


def test_caveat_says_how_many_months_count_and_which_are_thin():
    row = {"months_asked": 24, "months_covered": 4, "thin_months": "Oct 2025"}
    said = caveats.of_margins(row)
    assert said.startswith("4 of 24 months are counted: those that invoices and hours both cover.")
    assert said.endswith("Less than half of the usual hours or revenue: Oct 2025.")
    assert caveats.of_margins({"months_asked": 12, "months_covered": 12, "thin_months": None}) == ""


def test_a_verdict_on_hours_at_an_assumed_cost_says_so_first():
    """All six clients lost money, at 50 an hour that nobody stated."""
    row = {"clients": 6, "loss_clients": 6, "loss_amount": -13963, "worst_client": "Castle", "gross_margin": -13963,
           "worst_gross_margin": -5999, "assumed_share": 1.0}  # fmt: skip
    said = "What an hour costs is assumed for 100\N{NO-BREAK SPACE}% of them. 6 of 6 clients lost money"
    assert sentences.margin(row, "2026").startswith(said)
    assert sentences.margins(row, {}, "2026").startswith(said)
    assert sentences.margin({**row, "assumed_share": 0.5}, "2026").startswith("6 of 6 clients")
    book = {"revenue": 105_000, "assumed_share": 1.0}
    assert _plain(sentences.overview(-0.161, None, book, "2026", "Gross margin before bench", "")) == (
        "In 2026 costs exceeded $105k of revenue by 16.1 % before bench, with 100 % of the hours at an assumed cost."
    )


def test_every_headline_after_bench_says_that_the_payroll_is_assumed():
    """Nobody's pay is on file for four in five of what the team costs: whoever reads a margin reads that."""
    row = {"clients": 2, "loss_clients": 0, "gross_margin": 900, "assumed_share": 0.4, "assumed_pay_share": 0.8}
    company = {"gross_margin_after_bench": 300, "gross_margin_after_bench_pct": 0.3, "revenue": 1000}
    clause = "with 80 % of the payroll at an assumed cost."
    book = {**row, "revenue": 1000}
    assert _plain(sentences.overview(0.3, None, book, "2026", "Gross margin after bench", "")).endswith(f", {clause}")
    assert _plain(sentences.margins(row, company, "2026")).endswith(f"30.0 % of $1k in revenue, {clause}")
    assert _plain(caveats.of_a_card(row)) == f"W{clause[1:]}"
    both = caveats.at_assumed_cost({"assumed_share": 1.0, "assumed_pay_share": 0.8})
    assert _plain(both) == "100 % of the hours and 80 % of the payroll at an assumed cost"
    assert caveats.of_a_card({"assumed_share": 0.5, "assumed_pay_share": None}) == ""


def test_what_an_hour_earns_is_said_to_be_of_the_hours_on_file_where_most_are_missing():
    assert caveats.of_a_rate({"unread_because": None}) == {}
    assert set(caveats.of_a_rate({"unread_because": "only 18 % is written down"})) == {"company_effective_hourly_rate"}


def test_months_that_nothing_covers_are_the_reason_and_not_missing_clients():
    row = {
        "clients": None,
        "months_asked": 8,
        "months_covered": 0,
        "bench_labour": None,
        "labour_basis": "time entries",
    }
    assert sentences.margin(row, "2026").startswith("No month of 2026 can carry a margin: none has both invoices and")
    assert sentences.margin({"clients": None, "months_covered": 3}, "2026").startswith("No client has revenue or cost")
    # and the bench is not unknown for want of technicians
    assert "technicians" not in caveats.of_margins(row)


def test_without_any_hours_nothing_is_said_of_what_margins_lack():
    row = {"labour_basis": "none", "has_direct_cost": False, "clients_without_labour": 6}
    assert caveats.of_margins(row) == ""


def test_months_without_tickets_are_told_beside_what_the_others_say():
    said = "Tickets are on file for 3 of these 12 months: nothing is known of the others."
    assert caveats.of_tickets({"months_asked": 12, "months_with_tickets": 3}) == said
    assert caveats.of_tickets({"months_asked": 12, "months_with_tickets": 12}) == caveats.of_tickets({}) == ""


def test_billable_hours_that_leave_agreements_out_are_no_match_for_the_benchmark():
    assert caveats.of_time_sheets({"is_on_top_alone": True}).startswith("No entry says what an agreement covers")
    assert caveats.of_time_sheets({"is_on_top_alone": False, "low_capture": 0}) == ""
    assert caveats.of_time_sheets({"is_on_top_alone": None}) == ""
    assert caveats.of_time_sheets({"gross_hours": 160.0, "net_hours": 152.0}) == ""
    assert caveats.of_time_sheets({"gross_hours": 160.0, "net_hours": 160.0}).startswith("No leave or holiday is on")


def test_the_bench_is_explained_where_margins_first_stand():
    said = caveats.of_margins({"bench_labour": 330_100, "labour_basis": "time entries"})
    assert said == (
        "The bench, paid hours that reached no client, cost $330,100: a margin after bench bears it, one before bench "
        "leaves it out."
    )
    few = caveats.of_margins({"bench_labour": 330_100, "labour_basis": "time entries", "time_capture": 0.21})
    assert _plain(few).startswith(
        "The bench, paid hours that are not written down on clients (of the time at work 21 % is), cost $330,100: "
    )
    unknown = caveats.of_margins({"bench_labour": None, "labour_basis": "time entries"})
    assert unknown.endswith("is not known without a list of technicians.")
    assert caveats.of_margins({"bench_labour": None, "labour_basis": "none"}) == ""


def test_the_overviews_months_are_of_the_headlines_margin(results, monkeypatch):
    def of_the_chart():
        app = open_page("overview")
        (note,) = [line.value for line in app.caption if "a bar for each month" in line.value]
        return note.split(" in money")[0], json.loads(app.get("plotly_chart")[0].proto.spec)["data"][0]["y"]

    monthly = canned.monthly().assign(gross_margin_after_bench=7.0, gross_margin_after_bench_pct=0.1)
    monkeypatch.setitem(canned.FRAMES, "metrics.company_margin_monthly", monthly)
    after = of_the_chart()
    known = canned.ONE["metrics.company_margin"]
    without = {name: None if "after_bench" in name else value for name, value in known.items()}
    monkeypatch.setitem(canned.ONE, "metrics.company_margin", without)
    before = of_the_chart()
    assert (after[0], before[0]) == ("Gross margin after bench", "Gross margin before bench")
    assert after[1] != before[1]


def test_the_one_client_that_is_billed_did_not_make_a_loss():
    """The company lost 50 on hours that nobody was billed for; the billed client left 20."""
    row = {"clients": 2, "unbilled_clients": 1, "loss_clients": 0, "gross_margin": -50, "billed_gross_margin": 20}
    assert sentences.margin(row, "May 2026").startswith("In May 2026 the one billed client made money: $20 in gross")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"tested": 0, "fired": 0, "not_testable": 5}, "Not one of the five signals can be tested yet"),
        (
            {"tested": 4, "fired": 1, "not_testable": 1, "reading": "watch", "firing": "scope_creep_recurs"},
            "Scope creep recurs (1 of 4 signals that could be tested fires): that is one to watch. "
            "1 could not be tested.",
        ),
        (
            {"tested": 1, "fired": 0, "not_testable": 4, "reading": "none", "firing": None},
            "0 of 1 signal that could be tested fire. Of the other 4 nothing is known, so neither is what holds growth "
            "back.",
        ),
        (
            {"tested": 5, "fired": 0, "not_testable": 0, "reading": "none", "firing": None},
            "0 of 5 signals that could be tested fire: nothing of the way of working holds growth back on this data.",
        ),
        (
            {"tested": 5, "fired": 2, "not_testable": 0, "reading": "structural", "firing": "a_b, c"},
            "A b and c (2 of 5 signals that could be tested fire): two or more together are structural.",
        ),
        (
            {
                "tested": 4,
                "fired": 2,
                "not_testable": 1,
                "reading": "structural",
                "firing": "a_b, c",
                "just_firing": "a_b",
                "clear_reading": "watch",
                "just_clear": "d",
            },
            "fire): two or more together are structural. At its limit or just above: a b; if that is not counted "
            "one would be left, to be watched. Just below its limit: d. 1 could not be tested.",
        ),
    ],
)
def test_diagnosis_says_what_the_signals_say_together(row, said):
    assert said in _plain(signals.diagnosis(row))


def test_hours_that_the_fee_may_cover_come_before_any_managed_figure():
    row = {
        "hours_share": 0.72, "unsaid_cost": Decimal(113417), "by_the_hour": Decimal(0), "paid_share": 0.0,
        "is_answered": False,
    }  # fmt: skip
    said = caveats.of_coverage(row)
    assert said.startswith("What clients on a fee leave cannot be read here: 72\u00a0% of their hours")
    assert "under Assumptions" in said
    assert caveats.of_coverage({**row, "is_answered": True}) == ""
    assert caveats.of_coverage({**row, "paid_share": 0.5}) == ""
    assert caveats.of_coverage({**row, "hours_share": 0.1}) == ""
    assert caveats.of_coverage({**row, "hours_share": None}) == ""


def test_little_time_on_tickets_is_no_verdict():
    book = {
        "unread_because": "tickets hold 26.5 h for each technician and month",
        "clients": 9,
        "loss_clients": 0,
        "gross_margin": 86_534.0,
        "revenue": 112_648.0,
        "best_client": "Oak",
    }
    said = sentences.margin(book, "2026")
    assert "whether any client makes money is not known" in said
    assert "made money" not in said and "Oak" not in said
    assert said.startswith("The margin cannot be read: tickets hold 26.5 h for each technician and month. ")

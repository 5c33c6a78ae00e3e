"""The numbers on the pages: each comes from the query that its entry names, and each page explains what it shows."""

from __future__ import annotations

import re

import pytest

from tests.ui import canned
from tests.ui.conftest import PAGES, open_page, read, words
from vitals.catalogue import number, numbers
from vitals.queries import query
from vitals.ui.page import cards, filters, record

WITHOUT_NUMBERS = (
    "data_health",
    "rows",
    "ask",
    "assumptions",
    "how_it_works",
    "workspaces",
    "review_pack",
    "databook",
)
SHOWING = tuple(page for page in PAGES if page not in WITHOUT_NUMBERS)
PERIOD = filters.Period(
    *(canned.ONE["metrics.default_period"][name] for name in ("month_from", "month_to", "as_of", "data_through"))
)


def test_every_number_of_the_catalogue_is_on_a_page(results):
    shown = {name for page in SHOWING for name in open_page(page).session_state[record.SHOWN]}
    stand_in = {number(name).instead for name in shown}
    assert numbers().keys() - shown - stand_in == set()


@pytest.mark.parametrize("page", SHOWING)
def test_a_page_explains_what_it_shows_and_lists_what_ran(results, page):
    app = open_page(page)
    asked, shown = app.session_state[record.ASKED], app.session_state[record.SHOWN]
    assert asked and shown
    said = read(app)
    assert [name for name in shown if f"{number(name).formula}." not in said] == []
    sql = {code.value.strip() for code in app.code}
    # what counts the rows left out is asked for the explanation itself, and a check says what it looks for
    ran = [name for name in asked if not re.search(r"left_out|flag_counts|^checks\.", name)]
    assert [name for name in ran if query(name).sql.strip() not in sql] == []
    assert {numbers()[name].query for name in shown if name in _cards(app)} <= set(asked)


def _cards(app):
    labels = {tile.label for tile in app.metric}
    return {name for name, item in numbers().items() if (item.short or item.label) in labels}


def test_a_page_says_which_assumptions_bear_on_it(results):
    said = read(open_page("client_margin"))
    assert all(f"{label}: " in said for label in ("Loaded hourly cost", "Burden on wages", "Hours per week"))
    assert "Review cadence" not in said
    assert "Review cadence: " in read(open_page("qbr"))


def test_a_page_counts_what_was_left_out_of_the_files_that_its_numbers_are_made_from(results):
    assert "Rows of the files this page reads: invoice lines, clients, reviews." in read(open_page("qbr"))
    assert "time off, holidays" in read(open_page("utilisation"))


def _asked(monkeypatch, **changed):
    """What is answered by query and parameters, as if a session asked."""
    before = {**canned.ONE["metrics.previous_period"], **changed}
    monkeypatch.setitem(canned.ONE, "metrics.previous_period", before)
    monkeypatch.setattr(cards.session, "one", lambda name, **given: canned.rows(None, name, **given)[0])
    monkeypatch.setattr(cards.session, "run", lambda name, **given: canned.run(None, name, **given))


def test_a_number_is_compared_with_the_same_query_asked_of_the_months_before(monkeypatch):
    _asked(monkeypatch)
    found = cards.figure("company_gross_margin_pct", PERIOD)
    assert (found.value, found.before) == (0.387, 0.401)
    assert found.compared_with == "Dec 2023 – Nov 2024"
    assert cards.figure("completion_pct", PERIOD).compared_with == "30\N{NO-BREAK SPACE}Nov 2024"
    # it is of one month, and so is what it is compared with
    assert cards.figure("monthly_recurring_revenue", PERIOD).compared_with == "Nov 2024"
    assert len(found.trend) == len(canned.MONTHS)


@pytest.mark.parametrize(
    ("missing", "margin", "utilisation"), [("has_invoices", None, 0.731), ("has_labour", None, None)]
)
def test_months_that_lack_what_a_number_is_made_from_are_no_comparison(monkeypatch, missing, margin, utilisation):
    _asked(monkeypatch, **{missing: False})
    assert cards.figure("company_gross_margin_pct", PERIOD).before == margin
    assert cards.figure("team_utilisation_net", PERIOD).before == utilisation


def test_retention_is_compared_only_with_one_over_as_many_months(monkeypatch):
    _asked(monkeypatch, has_opening=False)
    assert cards.figure("gross_revenue_retention", PERIOD).before is None
    _asked(monkeypatch, has_opening=True)
    assert cards.figure("gross_revenue_retention", PERIOD).before == 0.941
    assert cards.figure("top1_share", PERIOD).before == 0.18


def test_every_change_on_a_card_names_what_it_is_compared_with(results):
    for page in ("overview", "utilisation", "recurring_revenue", "qbr"):
        app = open_page(page)
        moved = [tile.proto.delta_description for tile in app.metric if tile.proto.delta]
        beside = [said for said in moved if said]
        below = [line.value for line in app.caption if line.value.startswith("vs ")]
        assert len(beside) + len(below) == len(moved)
        assert all(re.fullmatch(r"vs .*\d{4}", said) for said in (*beside, *below)), (page, beside, below)
    assert "vs Dec 2023 – Nov 2024" in read(open_page("overview"))


def test_a_client_is_one_row_of_its_query_and_an_unknown_one_is_missing(monkeypatch):
    _asked(monkeypatch)
    found = cards.figure("labour_hours", PERIOD, client_key=canned.KEYS[2])
    clients = canned.FRAMES["metrics.client_margin"]
    assert found.value == clients.loc[clients["client_key"] == canned.KEYS[2], "labour_hours"].iloc[0]
    assert cards.figure("labour_hours", PERIOD, client_key="nobody").value is None


def test_what_a_model_would_leave_is_not_compared_with_the_months_before(monkeypatch):
    _asked(monkeypatch)
    assert cards.figure("book_margin_hourly", PERIOD, automation_share=0.2, client_key=None).before is None


def test_a_missing_number_says_which_files_it_waits_for(results, monkeypatch):
    held = canned.workspace_contents()
    monkeypatch.setitem(
        canned.FRAMES, "metrics.workspace_contents", held[~held["entity"].isin(["time_entries", "tickets"])]
    )
    nothing = dict.fromkeys(canned.ONE["metrics.company_margin"])
    monkeypatch.setitem(canned.ONE, "metrics.company_margin", nothing)
    said = words(open_page("client_margin")).replace("&#46;", ".")
    assert "Load time entries or tickets to see this" in said

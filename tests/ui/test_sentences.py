"""The answers on what is missing, unusual or below zero: nothing is claimed that no file says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.ui import canned
from tests.ui.conftest import open_page, words
from vitals.ui import reviews
from vitals.ui.page import session
from vitals.ui.words import sentences


def _without(monkeypatch, *kinds):
    held = canned.workspace_contents()
    monkeypatch.setitem(canned.FRAMES, "metrics.workspace_contents", held[~held["entity"].isin(kinds)])


def test_without_reviews_none_was_held(answers, monkeypatch):
    _without(monkeypatch, "reviews")
    nothing = {"clients_due": 3, "clients_completed": None}
    monkeypatch.setitem(canned.ONE, "metrics.qbr_summary", {**nothing, "clients_overdue": None})
    monkeypatch.setitem(canned.ONE, "metrics.qbr_completion", {**nothing, "completion_pct": None})
    said = words(open_page("overview"))
    assert "Load reviews to see which reviews were owed and not held" in said.replace("&#46;", ".")
    assert "Load reviews to see this" in said
    assert "Every one of" not in said


def test_without_technicians_their_file_is_named(answers, monkeypatch):
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
    assert said.startswith("In Aug 2025 all 5 billed clients made money: $9,265 in gross margin.")
    assert said.endswith(
        "4 more clients have hours and no invoice ($3,562 of labour): perhaps two spellings of one name."
    )


def test_client_without_an_invoice_has_a_cost_and_no_loss():
    row = {"client": "Acme", "gross_margin": -3562, "labour_cost": 3562, "labour_hours": 84, "is_unbilled": True}
    said = sentences.one_client(row, "Aug 2025")
    assert "lost" not in said and "84.0" in said and "$3,562" in said and "no invoice" in said


def test_negative_margin_is_said_in_words():
    row = {"client": "Birch", "revenue": 1000.0, "gross_margin": -648.0, "gross_margin_pct": -0.648, "labour_hours": 9}
    assert "costs exceeded $1k of revenue by 64.8\N{NO-BREAK SPACE}%" in sentences.overview(row, {}, "Mar 2026")
    assert "costs exceeded $1,000 of revenue by 64.8\N{NO-BREAK SPACE}%" in sentences.one_client(row, "Mar 2026")


def _status():
    return pd.DataFrame({
        "client_key": list("cbad"), "client": list("cbad"), "days_overdue": [40, 12, 2313, np.nan],
        "last_held_on": [pd.Timestamp("2026-01-01"), pd.Timestamp("2026-01-05"), pd.NaT, pd.NaT],
    })  # fmt: skip


def test_client_without_a_review_is_not_years_overdue(monkeypatch):
    monkeypatch.setattr(session, "run", lambda name, **given: _status())
    rows = reviews.status(None)
    assert list(rows["client"]) == ["c", "b", "a", "d"]
    assert list(rows["standing"]) == ["40 days overdue", "12 days overdue", "no review on file", "no review on file"]
    counted = {"clients_due": 3, "clients_completed": 0, "clients_overdue": 3, "longest_client": "c"}
    said = sentences.reviews({**counted, "longest_days": 40, "never_reviewed": 1, "never_client": "a"})
    assert said.endswith("c is 40 days overdue; a has no review on file.")
    assert "2313" not in said


def test_client_page_says_that_no_review_is_on_file():
    assert sentences.one_review({"last_held_on": None, "days_overdue": 2313}) == (
        "It has no review on file, and is owed one."
    )

"""The company after bench: in the headlines, on a card of its own, with benchmarks of its basis alone, gaps kept."""

from __future__ import annotations

import html
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from tests.ui import canned
from tests.ui.conftest import open_page, read
from vitals.catalogue import numbers
from vitals.ui import charts
from vitals.ui.page import cards, filters
from vitals.ui.words import caveats, sentences

GAP = "\N{NO-BREAK SPACE}"
PERIOD = filters.Period(
    *(canned.ONE["metrics.default_period"][name] for name in ("month_from", "month_to", "as_of", "data_through"))
)


def test_headline_of_client_margin_says_what_the_company_kept_after_bench(results):
    headline = html.unescape(open_page("client_margin").header[0].value)
    assert f"After bench the company kept $575.4k, 31.3{GAP}% of $1.8m in revenue." in headline


def test_sentence_after_bench_is_silent_without_technicians_and_says_a_loss():
    assert sentences.after_bench({"revenue": 100, "gross_margin_after_bench_pct": None}) == ""
    lost = {"revenue": 10_000, "gross_margin_after_bench": Decimal(-2500), "gross_margin_after_bench_pct": -0.25}
    assert sentences.after_bench(lost) == "After bench the company lost $2.5k on $10k of revenue."
    kept = {"revenue": 10_000, "gross_margin_after_bench": Decimal(2500), "gross_margin_after_bench_pct": 0.25}
    assert sentences.after_bench(kept) == f"After bench the company kept $2.5k, 25.0{GAP}% of $10k in revenue."


@pytest.mark.parametrize("page", ["overview", "start"])
def test_bench_has_a_card_of_its_own(results, page):
    shown = {tile.label: html.unescape(tile.value) for tile in open_page(page).metric}
    assert shown["Bench"] == "$137,000"
    assert "Gross margin after bench" in shown


def test_company_before_bench_stands_beside_no_benchmark():
    """Where technicians aren't loaded the number before bench stands in, without what others have after it."""
    # those beside the bounds of buyers are the same numbers, shown only where they are known
    after = [item for item in numbers().values() if item.instead and not item.name.startswith("flagged_")]
    assert len(after) == 4
    assert [numbers()[item.instead].benchmark for item in after] == [None] * 4
    assert all(item.benchmark for item in after if item.format == "percent")


def test_sparkline_breaks_where_a_month_is_not_known():
    line = cards._line([np.nan, 1.0, np.nan, 2.0, 3.0])
    assert line is not None and np.isnan(line[1]) and [line[0], *line[2:]] == [1.0, 2.0, 3.0]
    assert cards._line([1.0, np.nan, 2.0]) is None


def test_month_without_a_row_breaks_the_line_too(monkeypatch):
    months = pd.to_datetime(["2025-08-01", "2025-11-01", "2025-09-01"])
    rows = pd.DataFrame({"month_start": months, "bench_labour": [8.0, 11.0, 9.0]})
    monkeypatch.setattr(cards.session, "run", lambda name, **given: rows)
    trend = cards._trend(numbers()["bench_labour"], PERIOD, {})
    assert trend[:2] == (8.0, 9.0) and np.isnan(trend[2]) and trend[3] == 11.0


def test_month_that_nothing_covers_is_a_gap_in_the_bars():
    monthly = canned.monthly().tail(4).assign(gross_margin=[1.0, np.nan, 2.0, 3.0])
    figure = charts.months_bars(monthly)
    assert list(figure.data[0].x) == [0, 1, 2, 3] and np.isnan(figure.data[0].y[1])
    assert len(figure.layout.xaxis.ticktext) == 4
    assert date(2025, 11, 1) == PERIOD.month_to


@pytest.mark.parametrize("page", ["overview", "client_margin", "start"])
def test_after_and_before_bench_are_explained_where_they_first_stand_and_once(results, page):
    said = read(open_page(page))
    assert said.count("a margin after bench bears it, one before bench leaves it out.") == 1


def test_pay_that_nobody_loaded_is_said_beside_the_bench():
    row = {"bench_labour": 330_445, "assumed_payroll": 104_000, "assumed_people": 1}
    assert caveats.bench(row).endswith("leaves it out. $104,000 of the payroll is at the assumed rate (1 person).")
    assert "assumed" not in caveats.bench({**row, "assumed_payroll": 0, "assumed_people": 0})


def test_margins_of_clients_are_said_to_be_before_bench(results):
    assert "Gross margin before bench, so without paid hours that reached no client" in read(open_page("client"))
    assert "Gross margin before bench, a bar for each client" in read(open_page("client_margin"))


def test_months_without_hours_are_no_marks_of_a_technician():
    """Months without entries were drawn as 0 %."""
    months = canned.people_monthly()
    months.loc[months["month_start"] == canned.MONTHS[3], "utilisation_net"] = np.nan
    dots = charts.utilisation_rows(canned.people(), months).data[0]
    assert len(dots.x) == len(months) - 4 and min(dots.x) > 0.3


def test_bench_without_technicians_says_what_to_load(results, monkeypatch):
    held = canned.workspace_contents()
    monkeypatch.setitem(
        canned.FRAMES, "metrics.workspace_contents", held.assign(has_rows=held["entity"] != "technicians")
    )
    monkeypatch.setitem(
        canned.ONE, "metrics.company_margin", canned.ONE["metrics.company_margin"] | {"bench_labour": None}
    )
    app = open_page("overview")
    assert {tile.label: tile.value for tile in app.metric}["Bench"] == "n/a"
    assert "Load technicians to see this." in read(app)

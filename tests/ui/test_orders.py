"""Orders, units and what is left out: tables come as they say, charts tell whom they omit, periods what they cover."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from streamlit.proto.ArrowData_pb2 import ArrowData

from tests.ui import canned
from tests.ui.conftest import open_page, read
from vitals import formats
from vitals.ui import charts
from vitals.ui.page import columns, filters, pricing_columns, tables
from vitals.ui.words import loads, prices


def test_columns_of_the_models_are_told_apart():
    labels = [column.label for column in pricing_columns.PRICING.described]
    assert len(labels) == len(set(labels))


def _models():
    tables_shown = [table.value for table in open_page("client").dataframe]
    return next(table["regime"] for table in tables_shown if "regime" in table)


def test_what_no_invoice_says_a_client_pays_per_seat_is_not_nothing(results, monkeypatch):
    regimes = canned.regimes()
    monkeypatch.setitem(canned.FRAMES, "metrics.pricing_regimes", regimes)
    assert list(_models()) == ["Hourly", "Per seat", "Outcome"]
    monkeypatch.setitem(
        canned.FRAMES, "metrics.pricing_regimes", regimes.assign(is_known=regimes["regime"] != "per_seat")
    )
    assert list(_models()) == ["Hourly", "Outcome"]


def test_clients_left_out_of_the_comparison_are_named():
    regimes = canned.regimes()
    whole = "10 clients with managed hours and recurring revenue in these months are compared."
    idle = "1 client without managed hours (Birch Dental)"
    assert prices.compared(10, regimes) == f"{whole} Left out of every number here: {idle}."
    name = regimes["client"].iloc[-1]
    regimes.loc[regimes["client"] == name, "left_out_because"] = "no invoice"
    said = prices.compared(10, regimes)
    assert said.startswith(whole) and idle in said and f"1 client without any invoice ({name})" in said
    assert prices.compared(1, regimes[regimes["left_out_because"].isna()]).endswith(
        "1 client with managed hours and recurring revenue in these months is compared."
    )


def test_money_column_is_wide_enough_for_its_longest_number():
    column = tables.TableColumn("money_read", "Money", "money_exact")
    width = tables._width(column, pd.Series([1.0, -12_342_554.07, np.nan]))
    assert width >= 8 * len("-$12,342,554.07")


TABLES = {name: item for page in (columns, pricing_columns) for name, item in vars(page).items()
          if isinstance(item, tables.Table)}  # fmt: skip


def _read(proto: ArrowData) -> dict[str, list[str]]:
    return pa.ipc.open_stream(proto.styler.display_values).read_all().to_pydict()


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_cells_are_sent_as_the_framework_would_find_them_written(table):
    rows = canned.run(None, table.query)
    known = tables._known(rows, table)
    shown = tables._cells(rows, known)
    forms = {
        column.name: formats.FORMATS[column.form]
        for column in known
        if column.form in formats.FORMATS and column.form not in tables.SPELT_OUT
    }
    ours, theirs = ArrowData(), ArrowData()
    tables._marshall(ours, tables._styled(shown, known), "its place")
    tables._marshall(theirs, shown.style.format(forms, na_rep=formats.MISSING), "its place")
    assert _read(ours) == _read(theirs)
    assert ours.styler.uuid == "its place"
    assert (ours.styler.styles, ours.styler.caption) == (theirs.styler.styles, theirs.styler.caption) == ("", "")


def test_names_of_lines_do_not_overlap():
    curve = canned.curve()
    curve["provider_margin"] = 1000.0
    notes = [note for note in charts.pricing_curve(curve, 0.2).layout.annotations if note.x == 1]
    heights = sorted(note.y for note in notes)
    assert len(heights) == 3
    assert min(np.diff(heights)) >= 69


def test_fates_have_one_vocabulary():
    rows = pd.DataFrame({
        "fate": ["quarantined", "quarantined", "set_aside"], "reason": ["date_missing", loads.WAITS, "footer"],
    })  # fmt: skip
    assert list(loads.with_fate(rows)["fate"]) == [loads.FATES[name] for name in ("quarantined", "waits", "set_aside")]


def test_short_period_says_what_it_covers_and_why_no_more():
    found = pd.DataFrame({
        "month_start": pd.date_range("2026-03-01", periods=5, freq="MS"),
        "is_complete": [True, True, True, False, False], "has_invoices": True, "has_labour": True,
    })  # fmt: skip
    shown = filters.Period(date(2026, 3, 1), date(2026, 5, 1), date(2026, 6, 12), date(2026, 6, 12))
    assert filters.coverage(found, shown) == "Covers 3 months: Mar 2026 – May 2026. Jun 2026 is not complete."


def test_period_says_how_many_of_its_months_invoices_and_hours_cover():
    found = pd.DataFrame({
        "month_start": pd.date_range("2024-07-01", periods=25, freq="MS"), "is_complete": True, "has_invoices": True,
        "has_labour": [False] * 20 + [True] * 5, "is_covered": [False] * 20 + [True] * 4 + [False],
        "is_complete_for_invoices": True, "is_complete_for_labour": [False] * 20 + [True] * 4 + [False],
    })  # fmt: skip
    two_years = filters.Period(date(2024, 7, 1), date(2026, 6, 1), date(2026, 7, 20), date(2026, 7, 20))
    assert filters.coverage(found, two_years, 24) == "Invoices and hours cover 4 of 24 months: Jul 2024 – Jun 2026."
    usual = filters.Period(date(2026, 3, 1), date(2026, 6, 1), date(2026, 7, 20), date(2026, 7, 20))
    assert filters.coverage(found, usual) == (
        "Covers 4 months: Mar 2026 – Jun 2026. The hours of Jul 2026 are not complete."
    )
    # of months that were chosen, nothing is said where all count
    assert filters.coverage(found, usual, 0) == ""


def test_pages_of_invoices_keep_their_months_where_hours_reach_less_far(results, monkeypatch):
    few = {**canned.ONE["metrics.default_period"], "month_from": date(2025, 7, 1)}
    monkeypatch.setitem(canned.ONE, "metrics.default_period", few)
    for page in ("recurring_revenue", "retention", "revenue_mix", "diligence"):
        assert "Dec 2024 – Nov 2025 ·" in read(open_page(page)), page
    assert "Jul 2025 – Nov 2025 ·" in read(open_page("client_margin"))


def test_a_page_of_invoices_asks_no_month_for_hours():
    found = pd.DataFrame({
        "month_start": pd.date_range("2025-11-01", periods=12, freq="MS"), "is_complete": True, "has_invoices": True,
        "has_labour": [False] * 7 + [True] * 5, "is_covered": [False] * 7 + [True] * 5,
    })  # fmt: skip
    shown = filters.Period(date(2025, 11, 1), date(2026, 10, 1), date(2026, 10, 31), date(2026, 10, 31))
    assert filters.coverage(found, shown, counted=(filters.INVOICES,)) == ""
    assert filters.coverage(found, shown) == "Invoices and hours cover 5 of 12 months: Nov 2025 – Oct 2026."


def test_a_yearly_benchmark_stands_beside_no_shorter_figure(results, monkeypatch):
    a_year = "of revenue a year or more"
    whole = {**canned.ONE["metrics.period_retention"], "clients_opening": 7}
    spans = {"opening_month": date(2024, 11, 1), "compared_month": date(2025, 11, 1)}
    monkeypatch.setitem(canned.ONE, "metrics.period_retention", {**whole, **spans})
    for page in ("recurring_revenue", "diligence"):
        assert a_year in _cards(open_page(page)), page
    short = {**whole, **spans, "opening_month": date(2025, 6, 1)}
    monkeypatch.setitem(canned.ONE, "metrics.period_retention", short)
    for page in ("recurring_revenue", "diligence"):
        said = _cards(open_page(page))
        assert a_year not in said, page
        assert "Over 5 months, Jun 2025 to Nov 2025." in said


def _cards(app) -> str:
    """The small print of a page's cards; what explains a number beside its source stands elsewhere."""
    return "\n".join(caption for caption in read(app).splitlines() if "Source:" not in caption)

"""Tables to take away: every table on every page as CSV and XLSX, names as text, numbers with all their digits."""

from __future__ import annotations

import csv
import io
from datetime import date

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from tests.ui import canned
from tests.ui.conftest import PAGES, open_page
from vitals.ui.page import columns, tables

EVIL = '=HYPERLINK("http://host")'


def _taken():
    """A company table of two months and a client table of two clients, one without a percentage, as they are kept."""
    rows = pd.DataFrame({
        "client": [EVIL, "Birch\u200b Dental"], "gross_margin": [-28400.125, 1000.0],
        "gross_margin_pct": [np.nan, 0.4567], "labour_hours": [12.25, np.nan],
    })  # fmt: skip
    shown = {column.caption: column for column in tables._known(rows, columns.MARGIN)}
    return rows, shown


def test_csv_has_the_captions_all_digits_and_no_formula():
    read = list(csv.reader(io.StringIO(tables._as_csv(*_taken()).decode("utf-8-sig"))))
    assert read[0] == ["Client", "Gross margin, $", "Gross margin, %", "Client hours"]
    assert read[1] == [f"'{EVIL}", "-28400.125", "", "12.25"]
    assert read[2] == ["Birch Dental", "1000.0", "0.4567", ""]


def test_workbook_has_names_as_text_and_numbers_as_numbers():
    sheet = load_workbook(io.BytesIO(tables._as_xlsx(*_taken()))).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == (EVIL, "s")
    assert (sheet["B2"].value, sheet["B2"].data_type) == (-28400.125, "n")
    assert (sheet["C2"].value, sheet["C3"].value, sheet["C3"].number_format) == (None, 0.4567, "0.0%")


def test_months_are_days_in_a_file():
    months = pd.DataFrame({"month_start": [pd.Timestamp("2025-11-01"), pd.NaT], "revenue": [1.0, 2.0]})
    shown = {column.caption: column for column in tables._known(months, columns.COMPANY)}
    assert [line["Month"] for line in tables.rows(months, shown)] == [date(2025, 11, 1), None]


@pytest.mark.parametrize("page", PAGES)
def test_every_table_can_be_taken_away_in_both_forms(results, page):
    app = open_page(page)
    names = [button.proto.label for button in app.get("download_button")]
    read = [table for table in app.dataframe if len(table.value) and not table.proto.editing_mode]
    assert names.count("CSV") == names.count("XLSX") == len(read) - names.count("As CSV")


def test_empty_table_has_no_file(results, monkeypatch):
    monkeypatch.setitem(
        canned.FRAMES, "metrics.technician_utilisation", canned.FRAMES["metrics.technician_utilisation"].head(0)
    )
    assert not open_page("utilisation").get("download_button")


def test_table_of_first_rows_is_taken_away_whole(monkeypatch):
    taken = []
    monkeypatch.setattr(tables, "_downloads", lambda frame, table, key: taken.append(len(frame)))
    shown = []
    monkeypatch.setattr(tables.st, "dataframe", lambda styled, **_: shown.append(len(styled.data)))
    months = pd.DataFrame({"month_start": pd.date_range("2020-01-01", periods=300, freq="MS"), "revenue": 1.0})
    tables.show(months, columns.COMPANY, alt="Months", at_most=200)
    assert (shown, taken) == ([200], [300])

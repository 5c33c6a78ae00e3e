"""Tables to take away: every table on every page as CSV and XLSX, names as text, numbers with all their digits."""

from __future__ import annotations

import ast
import csv
import io
from datetime import date
from functools import partial

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from tests.conventions.tree import app_code, name, syntax
from tests.ui import canned
from tests.ui.conftest import PAGES, open_page
from tests.ui.test_start import drop
from vitals.ui.page import columns, tables

EVIL = '=HYPERLINK("http://host")'


def _taken():
    """A company table of two months and a client table of two clients, one without a percentage, as they are kept."""
    rows = pd.DataFrame({
        "client": [EVIL, "Birch\u200b Dental"], "gross_margin": [-28400.125, 1000.0],
        "gross_margin_pct": [np.nan, 0.4567], "labour_hours": [12.25, np.nan],
    })  # fmt: skip
    shown = {column.caption: column for column in tables._known(rows, columns.MARGIN)}
    return shown, "Table", rows


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


def _every_table_is_taken_away(app) -> int:
    """The tables that a page shows, each of which has its two files."""
    names = [button.proto.label for button in app.get("download_button")]
    shown = [table for table in app.dataframe if len(table.value)]
    assert names.count("CSV") == names.count("XLSX") == len(shown) - names.count("As CSV")
    return len(shown)


@pytest.mark.parametrize("page", PAGES)
def test_every_table_can_be_taken_away_in_both_forms(results, page):
    _every_table_is_taken_away(open_page(page))


INVOICES = b"client,invoiced_on,amount,item,colour\nAcme,2025-10-03,120.00,Sundries,red\n"


def test_tables_of_a_loaded_file_can_be_taken_away():
    """Its first rows, its mapping, its columns without a use, the classes of its items, and the list of loads."""
    assert _every_table_is_taken_away(drop(INVOICES, "invoices.csv")) == 5


def test_first_rows_of_a_file_that_nobody_knows_can_be_taken_away():
    assert _every_table_is_taken_away(drop(b"Kunde,Wann,Wieviel\nBirch,2025-10-03,3\n", "foreign.csv")) == 1


def test_tables_are_drawn_by_the_modules_that_give_them_their_files():
    drawn = {name(path) for path in app_code() if {"dataframe", "data_editor", "table"} & set(_of_streamlit(path))}
    assert drawn == {"vitals/ui/page/register.py", "vitals/ui/page/tables.py"}


def _of_streamlit(path) -> list[str]:
    """What a module asks of the framework by name."""
    found = (node for node in ast.walk(syntax(path)) if isinstance(node, ast.Attribute))
    return [node.attr for node in found if isinstance(node.value, ast.Name) and node.value.id == "st"]


def test_table_that_was_changed_is_taken_away_as_it_stands(monkeypatch):
    changed = pd.DataFrame({"item": [EVIL], "months": pd.array([None], dtype="Int64"), "key": ["k"]})
    made = {}
    monkeypatch.setattr(tables.st, "data_editor", lambda *_, **__: changed)

    def take(rows, shown, *_):
        made["csv"] = partial(tables._as_csv, shown, "Items", rows)

    monkeypatch.setattr(tables, "downloads", take)
    tables.edited(changed, {"item": "Item", "months": {"label": "Months it pays for"}}, ["item"], "Items", "items")
    assert list(csv.reader(io.StringIO(made["csv"]().decode("utf-8-sig")))) == [
        ["Item", "Months it pays for"], [f"'{EVIL}", ""],
    ]  # fmt: skip


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

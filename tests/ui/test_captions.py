"""What columns are called on screen: by the catalogue, else by the header of their query."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from vitals import formats
from vitals.ui.page import columns
from vitals.ui.page.captions import Caption, captions
from vitals.ui.page.tables import Table, TableColumn

TABLES = {name: table for name, table in vars(columns).items() if isinstance(table, Table)}
COMPUTED = {"standing"}
"""Made on the page from other columns of the row."""


def test_a_name_stands_for_one_table():
    """The table of the page on room was that of the rows behind utilisation, which had taken its name."""
    tree = ast.parse(Path(columns.__file__).read_text(encoding="utf-8"))
    names = [target.id for node in tree.body if isinstance(node, ast.Assign) for target in node.targets
             if isinstance(target, ast.Name)]  # fmt: skip
    assert sorted(names) == sorted(set(names))


def test_number_of_the_catalogue_is_called_and_written_as_there():
    net = "Client hours / (contracted hours - time off - holidays)"
    formula = f"{net}, over the months that the hours are complete for"
    said = captions("metrics.technician_utilisation")["utilisation_net"]
    assert said == Caption("Utilisation of net hours", "percent", formula)


def test_other_columns_are_called_and_explained_by_the_header():
    said = captions("metrics.load_balances")
    assert said["rows_in_use"] == Caption("Rows in use", "count", "Rows that count")
    assert said["file_name"] == Caption("File", "text", "")
    assert said["is_balanced"].label == "Balanced"
    assert [said[name].form for name in ("money_read", "hours_read", "undone_at")] == [
        "money_exact",
        "number",
        "moment",
    ]
    assert captions("metrics.company_margin_monthly")["month_start"] == Caption("Month", "month", "")


def test_a_table_may_use_other_words_than_the_header():
    (column,) = Table("metrics.load_balances", (TableColumn("rows_in_use", "Count"),)).described
    assert (column.label, column.form, column.help) == ("Count", "count", "Rows that count")


@pytest.mark.parametrize("name", TABLES)
def test_columns_of_a_table_are_known_and_told_apart(name):
    table = TABLES[name]
    made = {column.name for column in table.columns if isinstance(column, TableColumn) and column.label}
    assert {column.name for column in table.described} - captions(table.query).keys() - COMPUTED <= made
    assert all(column.label and column.form in formats.FORMATS for column in table.described)
    labels = [column.label for column in table.described]
    assert len(labels) == len(set(labels))

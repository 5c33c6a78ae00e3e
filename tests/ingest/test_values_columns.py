"""Whole columns: the quick way and the exact way agree cell by cell, and every value stands in its own row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitals.contract import entities
from vitals.ingest.model import Options
from vitals.ingest.preparation import prepare
from vitals.ingest.read import columns
from vitals.ingest.read.cells import ColumnReader, read_cell
from vitals.ingest.read.columns import open_scratch
from vitals.ingest.read.decisions import Decisions

TODAY = date(2026, 6, 1)
COLUMNS = {
    "opened_at": "tickets", "hours": "time_entries", "amount": "invoice_lines", "client": "invoice_lines",
    "ticket_id": "tickets", "title": "tickets", "worked_on": "time_entries",
}  # fmt: skip
DIGITS = st.from_regex(r"-?\d{1,14}([.,]\d{1,5})?", fullmatch=True)
DATES = st.from_regex(r"(19|20|21)\d\d-[01]\d-[0-3]\d([ T][012]\d:[0-6]\d(:[0-6]\d(\.\d{1,6})?)?)?", fullmatch=True)
SLASHED = st.from_regex(r"[0-3]?\d/[0-3]?\d/20\d\d( \d{1,2}:\d\d( ?[AaPp][Mm])?)?", fullmatch=True)
ODD = st.sampled_from(
    ["", "-", " ", "N/A", "#REF!", "1e3", "$5", "1:30", "0000-00-00", "None", "1.23E+05", "é", "a\x00"]
)
CELLS = st.one_of(DIGITS, DATES, SLASHED, ODD, st.text(max_size=20))


@pytest.fixture(scope="module")
def scratch() -> Iterator[duckdb.DuckDBPyConnection]:
    """One private database for all columns: to open one takes longer than to cast some cells."""
    with open_scratch() as con:
        yield con


def _quick(scratch: duckdb.DuckDBPyConnection, cell: ColumnReader, texts: list[str]) -> list[Any]:
    column = pa.chunked_array([pa.array(texts, pa.string())])
    return columns.cast(scratch, {"found": cell}, {"found": column})["found"].to_pylist()


@pytest.mark.parametrize("name", COLUMNS)
@settings(max_examples=40, deadline=None)
@given(texts=st.lists(CELLS, min_size=1, max_size=60), order=st.sampled_from(["dmy", "mdy", "conflict"]))
def test_quick_cast_says_nothing_or_what_the_exact_reader_says(
    scratch: duckdb.DuckDBPyConnection, name: str, texts: list[str], order: str
) -> None:
    """SQL may leave a cell to the exact reader, but never reads it otherwise."""
    column = entities()[COLUMNS[name]].column(name)
    cell = Decisions(orders={name: order}, signs={name: "."}).reader(column, TODAY)
    for text, quick in zip(texts, _quick(scratch, cell, texts), strict=True):
        exact = read_cell(cell, text)
        assert quick is None or (quick, exact.flags, exact.problem) == (exact.value, (), ""), (text, exact)


def test_cells_that_are_not_there_make_a_column_of_its_own_type() -> None:
    cell = Decisions().reader(entities()["time_entries"].column("hours"), TODAY)
    found = columns.complete(cell, pa.chunked_array([pa.nulls(2, pa.string())]), None)
    assert (found.values.type, found.values.null_count) == (columns.arrow_type(cell.column), 2)


NEARLY_ISO = st.one_of(DATES, st.just(""), st.from_regex(r"20\d\d-[01]\d-[0-3]\d[ T][0-9:+Z.-]{1,8}", fullmatch=True))


@pytest.mark.parametrize("name", ["opened_at", "worked_on"])
@settings(max_examples=100, deadline=None)
@given(texts=st.lists(NEARLY_ISO, min_size=1, max_size=4))
def test_dates_read_at_once_are_those_of_the_exact_reader(name: str, texts: list[str]) -> None:
    """A column is read at once or not at all; an empty cell or a date out of range is left to the exact reader."""
    cell = Decisions().reader(entities()[COLUMNS[name]].column(name), TODAY)
    for text, quick in zip(texts, columns.iso_dates(cell, pa.chunked_array([pa.array(texts)])) or (), strict=False):
        exact = read_cell(cell, text)
        assert quick.as_py() is None or (quick.as_py(), exact.flags, exact.problem) == (exact.value, (), ""), text


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["2026-05-31 09:30", "", "2026-05-31"], [datetime(2026, 5, 31, 9, 30), None, datetime(2026, 5, 31)]),
        (["2026-05-31 09:30:15", "1999-12-31 23:59"], [datetime(2026, 5, 31, 9, 30, 15), None]),
        (["2026-05-31", "31/05/2026"], None),
        (["2026-05-31 09", "2026-05-31"], None),
        (["2026-05-31 0930Z"], None),
    ],
)
def test_iso_dates_in_all_their_lengths(texts: list[str], found: list[datetime | None] | None) -> None:
    cell = Decisions().reader(entities()["tickets"].column("opened_at"), TODAY)
    cast = columns.iso_dates(cell, pa.chunked_array([pa.array(texts)]))
    assert (cast.to_pylist() if cast is not None else None) == found


@pytest.mark.parametrize("name", ["ticket_id", "title", "client"])
@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.from_regex(r"[!-~][ -~]{0,5}", fullmatch=True), min_size=1, max_size=3))
def test_text_taken_as_it_stands_is_what_the_exact_reader_says(
    scratch: duckdb.DuckDBPyConnection, name: str, texts: list[str]
) -> None:
    cell = Decisions().reader(entities()[COLUMNS[name]].column(name), TODAY)
    for text, quick in zip(texts, _quick(scratch, cell, texts), strict=True):
        exact = read_cell(cell, text)
        assert quick is None or (quick, exact.flags, exact.problem) == (exact.value, (), ""), text


def test_each_value_stands_in_its_own_row() -> None:
    """Five thousand rows whose cells all tell the row's number, through columns of every pace."""
    kinds = ("managed", "project", "tm", "product")
    start = date(2001, 1, 1)
    lines = [
        f"I{n},{n},Client {n},{start + timedelta(days=n)},{n}.25,Item {n % 7},{kinds[n % 4]},{n % 11}"
        for n in range(5000)
    ]
    text = "invoice_number,line_number,client,invoiced_on,amount,item,revenue_class,service_months\n" + "\n".join(lines)
    parts: list[pa.Table] = []
    prepare(text.encode(), "big.csv", Options(today=TODAY), lambda index, entity, rows: parts.append(rows))
    for row in pa.concat_tables(parts).to_pylist():
        n = int(row["invoice_number"][1:])
        assert row["row_number"] == n + 2
        assert (row["client"], row["invoiced_on"]) == (f"Client {n}", start + timedelta(days=n))
        assert (float(row["amount"]), row["item"]) == (n + 0.25, f"Item {n % 7}")
        assert (row["revenue_class"], row["service_months"]) == (kinds[n % 4], n % 11)

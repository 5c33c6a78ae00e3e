"""A sheet read in columns gives the tables that its rows give one by one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from vitals.ingest.files.number_formats import value_text
from vitals.ingest.files.workbook import BLOCK_ROWS, LONGEST_GAP, PlainSheet, column_texts, with_gaps
from vitals.ingest.model import TextTable
from vitals.ingest.table.layout import tables_in
from vitals.ingest.table.rows import Row

HEADER = ["Invoice #", "Client", "Invoice Date", "Amount"]
NEXT = ["Ticket ID", "Client", "Opened", "Technician"]
BLANK, TOTAL = ["", "", "", ""], ["Total", "", "", 12.5]
CELLS = st.sampled_from(
    ["", " ", "Acme", "Total for Acme", "7", 1.0, 12.25, True, datetime(2025, 3, 1, 9), "x" * 40_000]
)
ROWS = st.one_of(
    st.sampled_from([HEADER, NEXT, BLANK, TOTAL, ["Notes", "", "", ""]]),
    st.lists(CELLS, min_size=4, max_size=4),
    st.builds(lambda n: [f"I{n}", "Acme", datetime(2025, 1, 1) + timedelta(days=n), n / 4], st.integers(0, 99)),
)


def _one_by_one(values: list[list[Any]], hidden: set[int]) -> list[TextTable]:
    rows = list(with_gaps(Row(number, [value_text(cell) for cell in cells]) for number, cells in enumerate(values, 1)))
    for row in rows:
        if row.number in hidden and row.filled:
            row.flags = (("hidden_row", ""),)
    return tables_in(rows, "Sheet1")


def _said(tables: list[TextTable]) -> list[dict[str, Any]]:
    return [{**vars(table), "rows": table.rows.to_pydict()} for table in tables]


@settings(deadline=None, max_examples=200)
@given(st.lists(ROWS, max_size=40), st.sets(st.integers(1, 45)))
def test_columns_and_rows_tell_the_same(below: list[list[Any]], hidden: set[int]) -> None:
    values = [HEADER, *below]
    assert _said(tables_in(PlainSheet(values, hidden), "Sheet1")) == _said(_one_by_one(values, hidden))


def test_sheets_of_several_blocks_and_a_wide_gap_tell_the_same() -> None:
    data = [[f"I{n}", "Acme", datetime(2025, 3, 1), n / 4] for n in range(BLOCK_ROWS)]
    values = [HEADER, *data, TOTAL, BLANK, *data, *([BLANK] * (LONGEST_GAP + 2)), *data[:5], BLANK, NEXT, *data[:3]]
    hidden = {3, BLOCK_ROWS + 1, 2 * BLOCK_ROWS}
    found = tables_in(PlainSheet(values, hidden), "Sheet1")
    assert [table.rows.num_rows for table in found] == [2 * BLOCK_ROWS + 5, 3]
    assert _said(found) == _said(_one_by_one(values, hidden))


def test_a_column_of_numbers_and_truths_keeps_them_apart() -> None:
    assert column_texts([1.0, True, "1", 0.0, False]) == ["1", "TRUE", "1", "0", "FALSE"]
    assert column_texts([1.5, 1.5, -0.0, "a", float("nan")]) == ["1.5", "1.5", "0", "a", "nan"]

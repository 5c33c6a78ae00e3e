"""A cell that is accepted can be asked about by every query, however much or little it says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.made import Sheet, scaled
from tests.properties.stored import load, uploads
from tests.properties.test_figures import check_figures
from vitals import warehouse
from vitals.contract import Column, Entity, entities
from vitals.ingest.read.cells import ColumnReader, read_cell

ABSURD = ["99999999999999999999", "-1e60", "9" * 5000, "1e-30", "0", "-0.000000001", "99999999999999.99"]
PLAIN = {"id": "A1", "client": "Acme", "technician": "Ann", "date": "2026-03-02", "timestamp": "2026-03-02 09:00"}
FIRST_AND_LAST = {True: ["2000-01-01", "2026-03-31"], False: ["1950-01-01", "2100-12-31"]}
BOUNDED = [(entity, column) for entity in entities().values() for column in entity.columns if column.plausible]


def extremes(column: Column) -> list[str]:
    """The texts of a column that say the most and the least, within what is plausible and beyond it."""
    if column.plausible:
        ends = [number for end in column.plausible for number in (end, end * 1.0001)]
        return [*(f"{end:.4f}".rstrip("0").rstrip(".") for end in ends), "1", *ABSURD]
    if column.kind in ("date", "timestamp"):
        return [*FIRST_AND_LAST[column.happened], PLAIN["date"]]
    plain = PLAIN.get(column.kind, column.choices[0] if column.choices else "yes" if column.kind == "boolean" else "x")
    return [plain, plain + "y" if column.kind in ("id", "client") else plain]


@st.composite
def books(draw: st.DrawFn) -> list[Sheet]:
    """A file of each entity, of three rows, whose cells are as extreme as they can be."""
    return [sheet(draw, entity) for entity in entities().values()]


def sheet(draw: Any, entity: Entity) -> Sheet:
    columns = [column for column in entity.columns if column.name != "currency"]
    rows = tuple(tuple(draw(st.sampled_from(extremes(column))) for column in columns) for _ in range(3))
    return Sheet(f"{entity.name}.csv", entity.name, rows, header=tuple(column.name for column in columns))


@scaled(2)
@given(books())
def test_every_query_answers_for_whatever_was_accepted(files: list[Sheet]) -> None:
    con = warehouse.connect()
    try:
        reports = load(con, uploads(files))
        assert all(report.decision != "failed" and "internal" not in report.message for report in reports)
        check_figures(con)
    finally:
        con.close()


MANY = 6000
"""More than five thousand amounts of the most are beyond DECIMAL(18,2)."""


def full(column: Column, number: int, side: int) -> str:
    """The text of a column in the row of that number: sums at one end of what is plausible."""
    if column.plausible:
        return f"{column.plausible[side]:.2f}"
    return str(number) if column.kind == "id" else PLAIN[column.kind]


@pytest.mark.parametrize("side", [0, 1], ids=["least", "most"])
def test_sums_of_many_amounts_of_the_most_can_be_asked_about(side: int) -> None:
    files = []
    for entity in (entity for entity in entities().values() if entity.money):
        summed = {"entry_id", "line_number", "agreement_id", "direct_cost", "tax", entity.money, entity.hours}
        columns = [column for column in entity.columns if column.required or column.name in summed]
        rows = tuple(tuple(full(column, number, side) for column in columns) for number in range(MANY))
        files.append(Sheet(f"{entity.name}.csv", entity.name, rows, header=tuple(column.name for column in columns)))
    con = warehouse.connect()
    try:
        reports = load(con, uploads(files), hours_or_minutes="hours")
        assert [report.rows_loaded for report in reports] == [MANY] * len(files)
        check_figures(con)
    finally:
        con.close()


@pytest.mark.parametrize(("entity", "column"), BOUNDED, ids=lambda item: item.name)
def test_each_number_is_read_up_to_its_bounds_and_not_beyond(entity: Entity, column: Column) -> None:
    reader = ColumnReader(column, date(2026, 3, 31))
    most = (column.plausible or (0, 0))[1]
    share = 100 if column.kind == "percent" else 1
    for number in (most, most * 0.5):
        assert read_cell(reader, str(int(number * share))).value is not None
    for text in (str(int(most) * 2 * share), "9" * 30, "9" * 5000):
        assert read_cell(reader, text).problem == "out_of_range", text
    assert read_cell(reader, "0").value == 0
    assert read_cell(reader, str(int(-2 * most))).problem == (column.refuse_negative or "out_of_range")


def test_each_column_of_numbers_has_bounds() -> None:
    kinds = {"money", "hours", "number", "integer", "percent"}
    lacking = [c.name for e in entities().values() for c in e.columns if c.kind in kinds and not c.plausible]
    assert lacking == []

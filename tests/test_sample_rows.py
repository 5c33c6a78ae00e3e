"""The rows behind a number make it: on the sample what the page of rows states of each is the number itself."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vitals import results, warehouse, workspace
from vitals.catalogue import Number, numbers
from vitals.queries import query
from vitals.ui.page.explain import KINDS

SAMPLE = Path(__file__).resolve().parent.parent / "sample_data"
WITHOUT = tomllib.loads((Path(__file__).parent / "numbers_without_rows.toml").read_text(encoding="utf-8"))
"""Why -> the numbers that no rows of one kind make."""
MADE = {name: item for name, item in numbers().items() if item.rows}
QUERIES = {kind.name: kind.table.query for kind in KINDS}
RATIOS = ("hours_per_ticket", "days_to_pay")
"""Part of whole, though no share."""
COUNTED = {
    "all_median_business_hours": "incidents", "paused_share": "incidents", "median_business_hours": "tickets",
    "p90_business_hours": "tickets",
}  # fmt: skip
"""What is no sum: there the rows are as many as the query counts."""
RARE = ("assumed_rate_hours",)
"""In some months of the sample there is none."""
MONTHS = {
    "usual": {},
    "others": {"month_from": date(2026, 5, 1), "month_to": date(2026, 7, 1), "as_of": date(2026, 7, 31)},
}
"""The rows follow the chosen months as the number does; some are of the twelve that close on the day either way."""
WHOSE = {"client_key": "client", "technician_key": "technician", "priority": "priority", "category": "category"}


@pytest.fixture(scope="module")
def con() -> Iterator[warehouse.Connection]:
    """A workspace with the whole sample."""
    con = warehouse.connect()
    options = workspace.LoadOptions(classes=SAMPLE / "item_classes.csv")
    workspace.load_files(con, sorted((SAMPLE / "exports").iterdir()), options)
    yield con
    con.close()


def stated(con: warehouse.Connection, item: Number, known: dict[str, Any]) -> float:
    """The number as the rows make it, from nothing but what the sentence above them says."""
    (row,) = results.rows_of(con, QUERIES[item.rows.kind], {**known, "subset": item.rows.only or None, "at_most": 1})
    if item.name in COUNTED:
        return row["rows_in_all"]
    # whoever has no contract has hours of no whole
    whole, part = (float(row.get(f"{name}_in_all") or 0) for name in ("whole", "part"))
    if item.format in ("percent", "rate") or item.column in RATIOS:
        return part / whole
    said = item.rows.says
    return part if "{part}" in said else whole if "{whole}" in said else row["rows_in_all"]


def asked(con: warehouse.Connection, item: Number, known: dict[str, Any]) -> list[tuple[dict[str, Any], float]]:
    """Each client's or technician's number with the name of whose it is; of months the sum."""
    rows, column = results.rows_of(con, item.query, known), COUNTED.get(item.name, item.column)
    (grain, *more) = query(item.query).grain
    if grain in WHOSE and not more:
        return [({WHOSE[grain]: row[WHOSE[grain]]}, float(row[column])) for row in rows if row[column]]
    if grain == "place":
        return [({}, float(rows[0][column]))]
    return [({}, float(sum(row[column] for row in rows)))]


def months_of(con: warehouse.Connection, item: Number, known: dict[str, Any]) -> dict[str, Any]:
    """What its rows are asked with."""
    if "month_from" in query(item.query).params:
        return known
    (span,) = results.rows_of(con, "metrics.signal_window", known)
    return {**known, "month_from": span["twelve_from"], "month_to": span["closing_month"]}


@pytest.mark.parametrize("months", MONTHS)
@pytest.mark.parametrize("name", MADE)
def test_rows_make_the_number(con, name, months):
    item, known = MADE[name], {**results.defaults(con), **MONTHS[months]}
    found = asked(con, item, known)
    assert found or name in RARE
    wrong = [
        (whose, value, made)
        for whose, value in found
        if (made := stated(con, item, {**months_of(con, item, known), **whose}))
        != pytest.approx(value, abs=0.006 * (item.format == "money") or 1e-6)
    ]
    assert wrong == []


def test_a_number_has_rows_or_is_said_to_have_none_once():
    said = [name for names in WITHOUT.values() for name in names]
    assert sorted(said) == sorted(set(numbers()) - set(MADE))


def test_numbers_name_kinds_of_rows_and_sums_that_are_there():
    for item in MADE.values():
        assert item.rows.kind in QUERIES
        columns = {column.name for column in query(QUERIES[item.rows.kind]).columns}
        assert {f"{place}_in_all" for place in ("whole", "part") if f"{{{place}}}" in item.rows.says} <= columns
        assert not item.rows.only or "subset" in query(QUERIES[item.rows.kind]).params

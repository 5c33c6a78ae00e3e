"""Whatever is loaded, the parts of a figure add up to it, and no figure is a number that is none."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.made import Sheet, scaled, sheets
from tests.properties.stored import Connection, load, uploads
from vitals import results, warehouse
from vitals.queries import all_queries

NO_FIGURES = {"None", "nan", "NaN", "inf", "-inf", "Infinity", "<NA>", "NaT"}
BALANCES = (
    "clients_add_up_to_the_company", "hours_of_every_entry_reach_a_month", "loads_that_do_not_balance",
    "revenue_of_every_line_reaches_a_month", "rows_in_use_reach_staging",
)  # fmt: skip
MONEY = ("revenue", "direct_cost", "labour_cost", "gross_margin")
ABOUT_FILES = {"load_id", "row_number", "loaded_at", "file_name", "file", "files", "loads"}


@st.composite
def books(draw: st.DrawFn, odd: bool = True) -> list[Sheet]:
    """Files of several entities, of one company."""
    names = draw(st.lists(st.sampled_from(["tickets", "time_entries", "invoice_lines"]), min_size=1, unique=True))
    more = draw(st.lists(st.sampled_from(["clients", "technicians"]), unique=True))
    return [draw(sheets(entity=entity, odd=odd)) for entity in [*names, *more]]


@contextmanager
def built(files: list[Sheet]) -> Iterator[Connection]:
    """A workspace with everything built from the files."""
    con = warehouse.connect()
    try:
        load(con, uploads(files))
        yield con
    finally:
        con.close()


def total(rows: list[dict[str, Any]], column: str) -> Decimal:
    return sum((Decimal(str(row[column])) for row in rows if row[column] is not None), Decimal(0))


def are_close(one: Decimal, other: Decimal, terms: int) -> bool:
    """Whether two sums of rounded numbers can be of the same ones: each term may be half a cent off."""
    return abs(one - other) <= Decimal("0.005") * (terms + 1)


@scaled(5)
@given(books())
def test_parts_add_up_and_every_figure_is_one(files: list[Sheet]) -> None:
    with built(files) as con:
        check_sums(con)
        check_figures(con)


def check_figures(con: Connection) -> None:
    for name in all_queries():
        for row in results.ask(con, name, {}):
            bad = {key: value for key, value in row.items() if is_no_figure(value)}
            assert not bad, (name, bad)


def check_sums(con: Connection) -> None:
    for name in BALANCES:
        assert warehouse.rows(con, f"checks.{name}") == [], name
    for name in ("step_balances", "load_balances"):
        assert [row for row in warehouse.rows(con, f"metrics.{name}") if not row["is_balanced"]] == [], name
    (span,) = con.execute("select min(month_start), max(month_start) from metrics.company_margin_monthly").fetchall()
    if span[0] is None:
        return
    period = {"month_from": span[0], "month_to": span[1]}
    (whole,) = warehouse.rows(con, "metrics.company_margin", **period)
    for name, when in (
        ("client_margin", period),
        ("company_margin_monthly", {}),
        ("client_margin_monthly", {}),
    ):
        parts = warehouse.rows(con, f"metrics.{name}", **when)
        # without any invoice hours are shown of all months, and none is covered
        is_hours_alone = not whole["months_covered"] and whole["labour_hours"] is not None
        parts = [row for row in parts if is_hours_alone or row.get("is_covered", True)]
        for column in MONEY:
            assert are_close(total(parts, column), total([whole], column), len(parts)), (name, column)
        assert float(total(parts, "labour_hours")) == pytest.approx(float(whole["labour_hours"] or 0), abs=1e-6), name
    check_mix(con, period)


def check_mix(con: Connection, period: dict[str, Any]) -> None:
    """Classes add up to revenue, and where each has a share these are of one total."""
    classes = warehouse.rows(con, "metrics.revenue_mix", **period)
    (summary,) = warehouse.rows(con, "metrics.revenue_mix_summary", **period)
    assert are_close(total(classes, "revenue"), total([summary], "revenue"), len(classes))
    shares = [row["share_of_revenue"] for row in classes if row["revenue_class"] != "stray_credits"]
    assert None in shares or not shares or math.isclose(sum(shares), 1, abs_tol=1e-9)
    rest = [row for row in classes if row["revenue_class"] != "stray_credits"]
    assert are_close(total(rest, "revenue"), total([summary], "mix_revenue"), len(classes))


def is_no_figure(value: object) -> bool:
    """Whether a value is a number that is none, or the text of one."""
    if isinstance(value, float):
        return not math.isfinite(value)
    if isinstance(value, Decimal):
        return not value.is_finite()
    return isinstance(value, str) and value in NO_FIGURES


def figures(con: Connection) -> dict[str, list[str]]:
    """What every query says by default, apart from which load or file a row came from and when."""
    shown = {}
    for name, query in all_queries().items():
        if query.layer in ("metrics", "checks") and not ABOUT_FILES & {column.name for column in query.columns}:
            rows = results.ask(con, name, {})
            shown[name] = sorted(repr([rounded(value) for value in row.values()]) for row in rows)
    return shown


def rounded(value: object) -> object:
    return float(f"{value:.9g}") if isinstance(value, float) else value


@scaled(2)
@given(books(odd=False), st.randoms(use_true_random=False))
def test_every_query_says_the_same_in_any_order_of_loading(files: list[Sheet], dice) -> None:
    halves = [sheet.part(0, len(sheet.rows) // 2 + 1, f"first {sheet.name}") for sheet in files]
    mixed = [*files, *halves]
    with built(mixed) as con:
        before = figures(con)
    dice.shuffle(mixed)
    with built(mixed) as con:
        assert figures(con) == before


def test_every_query_answers_where_nothing_is_loaded() -> None:
    """Its period is missing then, and a missing value must have a type all the same."""
    with built([]) as con:
        check_figures(con)


def test_balances_keep_every_decimal_of_hours_beside_money() -> None:
    """Unlike sums share a type: two hours and two minutes must not lose their last digits to the cents."""
    tickets = Sheet("t.csv", "tickets", (("T1", "Acme", "2025-03-14 09:15", "", "Ann", "2:02", ""),))
    lines = Sheet("i.csv", "invoice_lines", (("Acme", "2025-03-14", "12.34", "I1", "1", "", ""),))
    with built([tickets, lines]) as con:
        check_sums(con)
        balances = warehouse.rows(con, "metrics.step_balances")
        hours = {row["left_side"] for row in balances if row["measure"].startswith("hours")}
    assert hours == {Decimal("2.033333333")}

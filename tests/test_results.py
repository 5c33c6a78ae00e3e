"""Text in, text out: parameters by type, exact money, and no formula in a spreadsheet."""

import json
from datetime import date
from decimal import Decimal

import pytest

from vitals import results, warehouse
from vitals.errors import VitalsError
from vitals.exports import tables

ROWS = [
    {"client": "=HYPERLINK(1)", "amount": Decimal("-5.10"), "month": date(2026, 1, 1), "share": None, "is_due": True},
    {"client": "Birch, Ltd", "amount": Decimal("12.00"), "month": date(2026, 2, 1), "share": 0.5, "is_due": False},
]


def test_csv_guards_text_and_leaves_numbers_alone() -> None:
    assert tables.as_csv(ROWS).splitlines() == [
        "client,amount,month,share,is_due",
        "'=HYPERLINK(1),-5.10,2026-01-01,,true",
        '"Birch, Ltd",12.00,2026-02-01,0.5,false',
    ]


def test_json_keeps_names_as_they_are() -> None:
    found = json.loads(tables.as_json(ROWS))
    assert found[0] == {"client": "=HYPERLINK(1)", "amount": -5.1, "month": "2026-01-01", "share": None, "is_due": True}
    assert found[1]["amount"] == 12


def test_a_missing_value_is_a_dash_in_a_table() -> None:
    lines = tables.as_table(ROWS).splitlines()
    assert "–" in lines[1] and "0.5000" in lines[2]
    assert tables.as_table([]) == "no rows"


def test_control_characters_do_not_reach_a_terminal() -> None:
    assert "\x1b" not in tables.as_table([{"client": "\x1b[31mred"}])


@pytest.mark.parametrize(
    ("sql_type", "text", "value"),
    [
        ("DATE", "2026-03", date(2026, 3, 1)),
        ("DATE", "2026-03-09", date(2026, 3, 9)),
        ("DOUBLE", "0.2", 0.2),
        ("VARCHAR", "", None),
    ],
)
def test_parameters_are_read_by_type(sql_type: str, text: str, value: object) -> None:
    assert results.read_param("p", sql_type, text) == value


def test_a_parameter_of_the_wrong_type_is_named() -> None:
    with pytest.raises(VitalsError, match="as_of is a DATE"):
        results.read_param("as_of", "DATE", "yesterday")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"month_from": "2026-01-15"}, "2026-01-15 isn't its first day"),
        ({"month_to": "2026-01-31"}, "2026-01-31 isn't its first day"),
        ({"month_from": "2026-03", "month_to": "2026-01"}, "2026-03-01, comes after month_to, 2026-01-01"),
    ],
)
def test_a_period_that_is_none_is_an_error_in_words(given: dict[str, str], said: str) -> None:
    with warehouse.connect() as con, pytest.raises(VitalsError, match=said):
        results.ask(con, "metrics.company_margin", given)


@pytest.mark.parametrize(
    ("name", "sql_type", "text", "said"),
    [
        ("automation_share", "DOUBLE", "-1", "Automation share can't be -1. Give a value from 0 to 1."),
        ("automation_share", "DOUBLE", "2", "Automation share can't be 2. Give a value from 0 to 1."),
        ("automation_share", "DOUBLE", "nan", "Automation share can't be nan. Give a value from 0 to 1."),
        ("automation_share", "DOUBLE", "1e308", "Automation share can't be 1e308. Give a value from 0 to 1."),
        ("at_most", "BIGINT", "-1", "at_most can't be -1. Give a whole number from 0 to 9223372036854775807."),
        ("load_id", "INTEGER", "2147483648", "load_id can't be 2147483648. Give a whole number from 0 to 2147483647."),
    ],
)
def test_a_parameter_beyond_its_bounds_is_refused(name: str, sql_type: str, text: str, said: str) -> None:
    with pytest.raises(VitalsError) as refused:
        results.read_param(name, sql_type, text)
    assert str(refused.value) == said


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "1e309"])
def test_a_number_is_finite(text: str) -> None:
    with pytest.raises(VitalsError, match="is a DOUBLE"):
        results.read_param("weight", "DOUBLE", text)

"""Text in, text out: parameters by type, exact money, and no formula in a spreadsheet."""

import json
from datetime import date
from decimal import Decimal

import pytest

from vitals import results
from vitals.errors import VitalsError

ROWS = [
    {"client": "=HYPERLINK(1)", "amount": Decimal("-5.10"), "month": date(2026, 1, 1), "share": None, "is_due": True},
    {"client": "Birch, Ltd", "amount": Decimal("12.00"), "month": date(2026, 2, 1), "share": 0.5, "is_due": False},
]


def test_csv_guards_text_and_leaves_numbers_alone() -> None:
    assert results.as_csv(ROWS).splitlines() == [
        "client,amount,month,share,is_due",
        "'=HYPERLINK(1),-5.10,2026-01-01,,true",
        '"Birch, Ltd",12.00,2026-02-01,0.5,false',
    ]


def test_json_keeps_names_as_they_are() -> None:
    found = json.loads(results.as_json(ROWS))
    assert found[0] == {"client": "=HYPERLINK(1)", "amount": -5.1, "month": "2026-01-01", "share": None, "is_due": True}
    assert found[1]["amount"] == 12


def test_a_missing_value_is_a_dash_in_a_table() -> None:
    lines = results.as_table(ROWS).splitlines()
    assert "–" in lines[1] and "0.5000" in lines[2]
    assert results.as_table([]) == "no rows"


def test_control_characters_do_not_reach_a_terminal() -> None:
    assert "\x1b" not in results.as_table([{"client": "\x1b[31mred"}])


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

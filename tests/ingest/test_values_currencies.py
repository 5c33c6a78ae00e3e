"""Currencies: by codes of ISO 4217, names, marks and number formats; amounts of two are never one sum unasked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.ingest.written import saved
from tests.properties.made import scaled
from vitals.ingest.files.number_formats import currency_shown
from vitals.ingest.model import Options, Prepared
from vitals.ingest.preparation import prepare
from vitals.ingest.read.numbers import are_currencies, currency_named, looks_like_number, take_apart, value_of
from vitals.ingest.recognise.captions import read

TODAY = date(2026, 6, 1)
HEADER = "Invoice Number;Invoice Date;Customer;Item;Amount"


def _read(data: bytes, name: str = "lines.csv", **answers: str) -> tuple[Prepared, list[Decimal]]:
    parts: list[pa.Table] = []
    options = Options(answers=answers, today=TODAY)
    found = prepare(data, name, options, lambda index, entity, rows: parts.append(rows))
    return found, [row["amount"] for part in parts for row in part.to_pylist()]


def _lines(*amounts: str, currencies: tuple[str, ...] = ()) -> bytes:
    header = HEADER + (";Currency" if currencies else "")
    codes = [f';"{code}"' for code in currencies] or [""] * len(amounts)
    rows = [
        f'{place};2026-05-{place + 1:02};Client {place};Support;"{amount}"{code}'
        for place, (amount, code) in enumerate(zip(amounts, codes, strict=True))
    ]
    return "\n".join([header, *rows, ""]).encode()


def _own(found: Prepared) -> str:
    return found.tables[0].currency


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("kr. 1.234,50", "1234.50", "kr"), ("1.000,00 kr.", "1000", "kr"), ("Kr 5", "5", "kr"),
        ("KR -5,50", "-5.50", "kr"),
        ("R 1 234,50", "1234.50", "ZAR"), ("R1,000.00", "1000", "ZAR"), ("100 R", "100", "ZAR"),
        ("-R 5.00", "-5", "ZAR"),
        ("1 234,50 zł", "1234.50", "PLN"), ("zl 7", "7", "PLN"), ("1 500 Kč", "1500", "CZK"), ("Kc 5", "5", "CZK"),
        ("5 Ft", "5", "HUF"), ("RM 5.00", "5", "MYR"), ("5 lei", "5", "RON"), ("12 руб.", "12", "RUB"),
        ("R$ 5", "5", "BRL"),
        ("$1,000.00 USD", "1000", "USD"), ("US$5", "5", "USD"), ("USD $5", "5", "USD"), ("$5 CAD", "5", "CAD"),
        ("€1.234,50 EUR", "1234.50", "EUR"), ("eur 5", "5", "EUR"), ("(£5.00)", "-5", "GBP"), ("5 kr DKK", "5", "DKK"),
        ("RON 5", "5", "RON"), ("AZN5", "5", "AZN"), ("5", "5", ""),
    ],
)  # fmt: skip
def test_marks_before_and_after_amounts(text: str, amount: str, currency: str) -> None:
    written = take_apart(text)
    assert written is not None
    assert (value_of(written), written.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize("text", ["5 NET", "EXC 5", "$5 EUR", "€5 GBP", "RX 5", "5 kr SEKK", "USD", "kr", "5 $ € £"])
def test_what_is_no_currency_or_two_is_no_amount(text: str) -> None:
    assert take_apart(text) is None


def test_a_part_number_is_no_amount_of_rand() -> None:
    assert not looks_like_number("R1001") and looks_like_number("R1,001.00")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("USD", "USD"), ("usd", "USD"), ("United States Dollar - USD", "USD"), ("US Dollars", "USD"), ("$", "$"),
        ("EUR (Euro)", "EUR"), ("euros", "EUR"), ("Pound Sterling", "GBP"), ("Danish krone", "DKK"), ("kr.", "kr"),
        ("South African Rand", "ZAR"), ("N/A", ""), ("-", ""), ("Store credit", "STORE CREDIT"),
    ],
)  # fmt: skip
def test_a_cell_of_a_currency_column_by_code_name_or_mark(text: str, code: str) -> None:
    assert currency_named(text) == code


def test_a_column_of_other_words_is_none_of_currencies() -> None:
    assert are_currencies(["USD", "", "Euro - EUR"])
    for cells in (["Won", "Lost"], ["Won"], ["All", "All"], ["ALL"], ["try"], ["", ""], ["USD", "NET"], ["Real"]):
        assert not are_currencies(cells)


@pytest.mark.parametrize(
    ("caption", "code"),
    [("Amount (EUR)", "EUR"), ("Amount [kr]", "kr"), ("Beløb (kr.)", "kr"), ("Amount (€)", "EUR"), ("Amount (NET)", ""),
     ("Amount (INC)", ""), ("Amount (EXC)", ""), ("Amount (VAT)", ""), ("Total (ALL)", ""), ("Amount (XYZ)", "")],
)  # fmt: skip
def test_three_capitals_behind_a_caption_are_a_currency_only_if_iso_knows_them(caption: str, code: str) -> None:
    assert read(caption).currency == code
    assert read(caption).bare in ("amount", "beløb", "total")


def test_dollars_however_written_are_one_currency_unless_the_file_has_other_dollars() -> None:
    found, amounts = _read(_lines("$100.00", "US$ 20.00", "USD 3.00", "$4.00 USD"))
    assert (found.questions, sum(amounts), _own(found)) == ((), 127, "USD")
    found, amounts = _read(_lines("$100.00", "5.00", currencies=("US Dollar", "United States Dollar - USD")))
    assert (found.questions, sum(amounts), _own(found)) == ((), 105, "USD")
    (question,) = _read(_lines("$100.00", "USD 3.00", "CAD 5.00"))[0].questions
    assert [*question.choices][:3] == ["keep:$", "keep:CAD", "keep:USD"]


def test_dollars_without_a_code_go_with_those_that_have_one() -> None:
    data = _lines("$100.00", "USD 3.00", "EUR 5.00")
    (question,) = _read(data)[0].questions
    assert [*question.choices][:2] == ["keep:EUR", "keep:USD"]
    assert _read(data, currency="keep:USD")[1] == [100, 3]
    assert _read(data, currency="rates:USD:1,EUR:2")[1] == [100, 3, 10]


def test_a_mark_that_several_share_can_be_kept() -> None:
    assert _read(_lines("kr 100,00", "EUR 5,00"), currency="keep:kr")[1] == [100]


@pytest.mark.parametrize(
    ("code", "currency"),
    [
        ("[$€-407] #,##0.00", "EUR"), ('"£"#,##0.00', "GBP"), ("[$$-409]#,##0.00", "$"), ('#,##0.00\\ "kr"', "kr"),
        ("[$CHF-807] 0.00", "CHF"), ("_-[$R$-416]* #,##0.00_-", "BRL"), ('[Red]-"$"#,##0', "$"), ("€#,##0", "EUR"),
        ("[$-409]#,##0.00", ""), ("#,##0.00", ""), ('0.00 "h"', ""), ("yyyy-mm-dd", ""), ("[$-F800]dddd", ""),
        ('0.00 "NET"', ""), ("[$zł-415] 0", "PLN"), ("#,##0 [$USD]", "USD"),
    ],
)  # fmt: skip
def test_the_currency_of_a_number_format(code: str, currency: str) -> None:
    assert currency_shown(code) == currency


def _formatted(*cells: tuple[float, str], formula: bool = False) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(HEADER.split(";"))
    for place, (amount, code) in enumerate(cells):
        sheet.append([place, date(2026, 5, place + 1), f"Client {place}", "Support", amount])
        sheet.cell(place + 2, 5).number_format = code
        if formula:
            sheet.cell(place + 2, 6, "=1+1")
    if formula:
        sheet.cell(1, 6, "Note")
    return saved(workbook)


@pytest.mark.parametrize("formula", [False, True])
def test_currencies_that_stand_in_number_formats_alone_are_asked_about(formula: bool) -> None:
    cells = ((1000.0, "[$€-407] #,##0.00"), (800.0, "[$$-409]#,##0.00"), (500.0, '"£"#,##0.00'))
    (question,) = _read(_formatted(*cells, formula=formula), "lines.xlsx")[0].questions
    assert [*question.choices][:3] == ["keep:$", "keep:EUR", "keep:GBP"]
    found, amounts = _read(_formatted(*cells, formula=formula), "lines.xlsx", currency="keep:EUR")
    assert (amounts, _own(found)) == ([1000], "EUR")


def test_one_currency_in_number_formats_is_the_files_own() -> None:
    found, amounts = _read(_formatted((1234.5, "[$€-407] #,##0.00"), (-5.0, "#,##0.00"), (0.25, "€0.00")), "lines.xlsx")
    assert (found.questions, sum(amounts), _own(found)) == ((), Decimal("1229.75"), "EUR")


FORMS = {
    "EUR": ("€{0}", "{0} €", "EUR {0}", "{0} EUR", "€{0} EUR"),
    "GBP": ("£{0}", "GBP {0}"),
    "ZAR": ("R {0}", "R{0}", "ZAR {0}", "{0} R"),
    "PLN": ("{0} zł", "{0} zl", "PLN {0}"),
    "DKK": ("DKK {0}", "{0} DKK", "kr {0} DKK"),
    "USD": ("US${0}", "USD {0}", "${0}", "{0} USD", "${0} USD"),
    "kr": ("kr {0}", "kr. {0}", "{0} kr."),
}


@scaled(40)
@given(
    st.lists(st.sampled_from([*FORMS]), min_size=1, max_size=2).flatmap(
        lambda codes: st.lists(
            st.tuples(st.sampled_from(codes), st.integers(0, 4), st.integers(1, 900_000)), min_size=1, max_size=6
        )
    ),
    st.booleans(),
)
def test_amounts_of_two_currencies_are_never_one_sum(cells: list[tuple[str, int, int]], is_book: bool) -> None:
    texts = [FORMS[code][way % len(FORMS[code])].format(f"{cents / 100:.2f}") for code, way, cents in cells]
    codes = {code for code, _, _ in cells}
    if is_book:
        shown = {"ZAR": "R", "kr": "kr", "USD": "$"}
        data = _formatted(*((cents / 100, f"[${shown.get(code, code)}-1] 0.00") for code, _, cents in cells))
        found, amounts = _read(data, "lines.xlsx")
    else:
        found, amounts = _read(_lines(*texts))
    if len(codes) > 1:
        assert [question.name for question in found.questions] == ["currency"] and not amounts
    else:
        assert not found.questions, texts
        assert sum(amounts) == Decimal(sum(cents for _, _, cents in cells)) / 100
        own = _own(found)
        assert own in codes or (codes, own) == ({"USD"}, "$")

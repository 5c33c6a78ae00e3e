"""Cells as people and systems write them: numbers, durations, dates and words, each with what it means."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from vitals.contract import entities
from vitals.ingest.read.dates import DAY_FIRST, MONTH_FIRST, in_utc, read_when
from vitals.ingest.read.durations import read_hours
from vitals.ingest.read.numbers import AS_DECIMAL, AS_THOUSANDS, read_number, take_apart
from vitals.ingest.read.texts import read_choice, read_text, read_yes_no

NUMBERS = {
    "1234.56": "1234.56", "(89.10)": "-89.10", "415.25-": "-415.25", "$(10,000.00)": "-10000.00", "77.77 CR": "-77.77",
    "−5.00": "-5.00", "1'234.56": "1234.56", "1\u00a0234.56": "1234.56", "1\u202f234,56": "1234.56",
    "1.234,56": "1234.56", "12,34,567.89": "1234567.89", "1e3": "1000", "CAD 400.00": "400.00", "100,-": "100",
    "€1,234,567.89": "1234567.89", "2.000,00 CHF": "2000.00", "0.005": "0.005", "'-5": "-5", ".5": "0.5",
    "1.500,--": "1500", "100.–": "100", '="1,234.56"': "1234.56", "'1.00": "1.00", "'=1": None,
    "NaN": None, "Infinity": None, "see PO": None, "1..2": None, "12 34": None, "--5": None, "5%": None,
}  # fmt: skip
HOURS = {
    "1.5": "1.5", "1,5": "1.5", "1:30": "1.5", "26:15:00": "26.25", "1h 30m": "1.5", "1h30": "1.5", "90 min": "1.5",
    "-0:30": "-0.5", "(0.50)": "-0.5", "1900-01-01 02:15:00": "26.25", "2 days": "48", "1:75": None, "abc": None,
    "1:30 (est)": None, "$1.50": None, "PT1H30M": "1.5", "P1DT2H": "26", "PT45S": "0.0125", "P1M": None, "P1Y": None,
    "P": None, "1899-12-30 02:15:00": "2.25", "1899-12-31 02:15:00": "26.25", "1900-01-00 02:15:00": "2.25",
}  # fmt: skip
MOMENTS = {
    "04/22/2025 7:54 pm": datetime(2025, 4, 22, 19, 54), "25/Feb/26 10:17 PM": datetime(2026, 2, 25, 22, 17),
    "18/jul/26 9:10 AM": datetime(2026, 7, 18, 9, 10), "2026-02-25 16:38:58": datetime(2026, 2, 25, 16, 38, 58),
    "29-02-2016 01:16": datetime(2016, 2, 29, 1, 16), "2025-03-14 24:00": datetime(2025, 3, 15),
    "14-Mar-25": datetime(2025, 3, 14), "1-Jan-99": datetime(1999, 1, 1), "31-Dec-68": datetime(2068, 12, 31),
    "14 de marzo de 2025": datetime(2025, 3, 14), "14. März 2025": datetime(2025, 3, 14),
    "vendredi 14 mars 2025": datetime(2025, 3, 14), "Friday, March 14, 2025": datetime(2025, 3, 14),
    "1741943700": datetime(2025, 3, 14, 9, 15), "1741943700000": datetime(2025, 3, 14, 9, 15),
    "45730.385416667": datetime(2025, 3, 14, 9, 15), "20250314": datetime(2025, 3, 14),
    "1er août 2025": datetime(2025, 8, 1), "Fri 03/14/2025 9:15": datetime(2025, 3, 14, 9, 15),
    "Fr., 14.03.2025": datetime(2025, 3, 14), "mar 14 2025": datetime(2025, 3, 14),
    "Fri Mar 14 2025 09:15:00 GMT+0100 (Central European Standard Time)": datetime(2025, 3, 14, 8, 15),
    "2025-Mar-14": datetime(2025, 3, 14), "2025/mar/14 09:15": datetime(2025, 3, 14, 9, 15),
    "14-Mar-2025 09:15": datetime(2025, 3, 14, 9, 15), "Fri Mar 14 09:15:00 2025": datetime(2025, 3, 14, 9, 15),
    "Fri Mar 14 09:15:00 CET 2025": datetime(2025, 3, 14, 8, 15),
    "Fri, 14 Mar 2025 09:15:00 +0000": datetime(2025, 3, 14, 9, 15),
    "2025-03-14T09:15:00+02:00": datetime(2025, 3, 14, 7, 15), "2025-03-14T09:15:00Z": datetime(2025, 3, 14, 9, 15),
}  # fmt: skip
PROBLEMS = {
    "2025-02-30 10:00": "date_impossible", "1900-01-00": "date_impossible", "2025-03-15 25:61": "date_impossible",
    "13/13/2025": "date_impossible", "abc": "date_impossible", "2025-03-14 09:15 CST": "time_zone_ambiguous",
    "0000-00-00 00:00:00": "", "00/00/0000": "", "00.00.0000 00:00": "", "0.0.01": "date_impossible",
    "2025-Foo-14": "date_impossible", "2025-Feb-30": "date_impossible", "Mar 14 09:15:00": "date_impossible",
    "about 14 March 2025": "date_impossible", "due 03/14/2025": "date_impossible", "2025": "date_impossible",
}  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS)
def test_number_is_read_exactly_or_not_at_all(text: str) -> None:
    wanted = NUMBERS[text]
    assert read_number(text) == (None if wanted is None else Decimal(wanted))


def test_separator_that_can_be_either_follows_the_answer() -> None:
    assert read_number("1.234", AS_DECIMAL) == Decimal("1.234")
    assert read_number("1.234", AS_THOUSANDS) == Decimal(1234)
    assert read_number("1,234", AS_THOUSANDS) == Decimal(1234)
    assert read_number("0.005", AS_THOUSANDS) == Decimal("0.005")


def test_currency_is_known_by_mark_and_code() -> None:
    found = {text: take_apart(text) for text in ("$5", "€5", "5 CHF", "CAD 5", "XYZ 5")}
    assert [part.currency if part else None for part in found.values()] == ["$", "EUR", "CHF", "CAD", None]


@pytest.mark.parametrize("text", HOURS)
def test_duration_is_read_as_exact_hours(text: str) -> None:
    wanted = HOURS[text]
    assert read_hours(text) == (None if wanted is None else Decimal(wanted))


@pytest.mark.parametrize("text", MOMENTS)
def test_moment_is_read_in_every_spelling(text: str) -> None:
    when = read_when(text, MONTH_FIRST)
    assert (in_utc(when), when.problem) == (MOMENTS[text], "")


@pytest.mark.parametrize("text", PROBLEMS)
def test_moment_that_cannot_be_has_a_name(text: str) -> None:
    when = read_when(text, MONTH_FIRST)
    assert (when.moment, when.problem) == (None, PROBLEMS[text])


def test_order_decides_only_what_reads_both_ways() -> None:
    assert read_when("03/04/2025", DAY_FIRST).moment == datetime(2025, 4, 3)
    assert read_when("03/04/2025", MONTH_FIRST).moment == datetime(2025, 3, 4)
    assert read_when("25/04/2025", MONTH_FIRST).moment == datetime(2025, 4, 25)
    assert read_when("03/04/2025", "conflict").problem == "date_order_conflict"


def test_words_for_yes_and_no_include_connectwise_and_other_languages() -> None:
    billable = entities()["time_entries"].column("billable")
    said = {word: read_yes_no(word, billable) for word in ("Billable", "No Charge", "Do Not Bill", "JA", "non", "N/A")}
    assert [reading.value for reading in said.values()] == [True, False, False, True, False, None]
    assert read_yes_no("perhaps", billable).problem == "not_yes_or_no"


def test_missing_words_are_text_in_text_and_flagged_in_names() -> None:
    tickets = entities()["tickets"]
    assert read_text("N/A", tickets.column("title")).value == "N/A"
    assert read_text("None", tickets.column("client")).flags == ("name_looks_like_missing",)
    assert read_text("-", tickets.column("client")).value is None
    assert read_text("#REF!", tickets.column("client")).problem == "error_cell"


def test_what_cannot_be_seen_leaves_names_but_not_text() -> None:
    tickets = entities()["tickets"]
    assert read_text("Ac\u200bme", tickets.column("client")) == ("Acme", "", ("invisible_characters",))
    assert read_text("Ac\u200bme", tickets.column("title")).value == "Ac\u200bme"
    assert read_text("CafÃ©", tickets.column("client")).flags == ("looks_double_encoded",)
    assert read_text("â\x80\x9curgentâ\x80\x9d", tickets.column("title")).flags == ("looks_double_encoded",)
    assert read_text("â€œurgentâ€\x9d", tickets.column("title")).flags == ("looks_double_encoded",)
    for damaged in ("1.23E+05", "1001.0", "52267,0"):
        assert read_text(damaged, tickets.column("ticket_id")).flags == ("id_damaged_by_spreadsheet",)
    for whole in ("1001", "1001.00.1", "T-1.0", "1001.5"):
        assert read_text(whole, tickets.column("ticket_id")).flags == ()


def test_letters_of_another_code_page_are_flagged_and_good_typography_is_not() -> None:
    client = entities()["tickets"].column("client")
    for garbled in (
        "Café Müller".encode("cp850").decode("cp1252", "ignore"),
        "Café".encode("mac_roman").decode("cp1252"),
    ):
        assert "looks_double_encoded" in read_text(garbled, client).flags
    for good in ("Škoda", "Jiří Žák", "O’Brien", "„Adler“ GmbH", "A – B", "Acme…", "Smith†", "Œuvre", "ŽIŽKOV", "IŽS"):
        assert not read_text(good, client).flags


def test_guards_against_spreadsheets_are_no_part_of_a_text() -> None:
    tickets = entities()["tickets"]
    assert read_text("'-5 Corners LLC", tickets.column("client")).value == "-5 Corners LLC"
    assert read_text("'=1+1", tickets.column("title")).value == "=1+1"
    assert read_text('="0012"', tickets.column("ticket_id")).value == "0012"
    kept = ("'s Hertogenbosch", "=1+1", '="', "'")
    assert [read_text(text, tickets.column("client")).value for text in kept] == list(kept)


def test_choice_is_one_of_the_contracts_words() -> None:
    coverage = entities()["time_entries"].column("coverage")
    assert read_choice("Out of scope unbilled", coverage).value == "out_of_scope_unbilled"
    assert read_choice("whatever", coverage).problem == "not_one_of_the_choices"

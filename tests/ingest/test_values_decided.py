"""Whole files: what their cells decide together, what must be asked, and what each answer gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import FrozenInstanceError, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from tests.ingest.written import zipped
from vitals.ingest.model import Options, Prepared
from vitals.ingest.preparation import Preparation, prepare

TODAY = date(2026, 6, 1)
LINES, WORK = "client,invoiced_on,amount", "worked_on,technician,hours"


def _read(text: str, **answers: str) -> tuple[Prepared, list[dict[str, Any]]]:
    parts: list[pa.Table] = []
    options = Options(answers=answers, today=TODAY)
    found = prepare(text.encode(), "file.csv", options, lambda index, entity, rows: parts.append(rows))
    return found, [row for part in parts for row in part.to_pylist()]


def _asked(text: str, **answers: str) -> list[str]:
    return [question.name for question in _read(text, **answers)[0].questions]


def _hours(cells: Sequence[str], caption: str = "hours") -> str:
    return f"worked_on,technician,{caption}\n" + "".join(f'2025-03-14,Ann,"{cell}"\n' for cell in cells)


@pytest.mark.parametrize(
    ("cells", "is_asked"),
    [
        (("90", "15", "120", "45"), True),
        (("90", "120"), True),
        (("90,0", "15,0", "45,0", "30,0"), True),  # a decimal comma is no reason to believe in days of 90 hours
        (("15", "30", "45", "60", "20", "10"), True),  # half of them under a day, but all rounded to five minutes
        (("15", "30", "16", "10", "20", "10"), False),
        (("30", "9", "9", "9"), False),
        (("10", "10", "10"), False),
        (("30",), False),  # one long entry is flagged, and no evidence of another unit
        (("1:30", "0:45", "90 min"), False),
    ],
)
def test_hours_that_look_like_minutes_are_asked(cells: tuple[str, ...], is_asked: bool) -> None:
    assert _asked(_hours(cells)) == (["hours_or_minutes"] if is_asked else [])


def test_many_different_entries_are_judged_like_few() -> None:
    """Beyond a few hundred distinct cells the counting is left to SQL."""
    assert _asked(_hours([str(5 * (place % 600 + 1)) for place in range(6000)])) == ["hours_or_minutes"]
    assert _asked(_hours([f"{place % 2400 / 300:.3f}" for place in range(6000)])) == []


def test_caption_that_says_hours_is_asked_too_but_one_that_says_minutes_is_believed() -> None:
    assert _asked(_hours(("90", "15", "120"), "Duration (hours)")) == ["hours_or_minutes"]
    rows = _read(_hours(("90", "15", "120"), "Duration (min)"))[1]
    assert sum(row["hours"] for row in rows) == Decimal("3.75")


def test_number_no_day_has_decides_no_order() -> None:
    days = ("45/03/2025", "01/02/2025", "03/04/2025")
    text = f"{LINES}\n" + "".join(f"Acme,{day},1\n" for day in days)
    assert _asked(text) == ["day_or_month_first"]
    found, rows = _read(text, day_or_month_first="mdy")
    assert [row["invoiced_on"] for row in rows] == [date(2025, 1, 2), date(2025, 3, 4)]
    assert [item.reason for item in found.tables[0].quarantined] == ["date_impossible"]


def test_weekday_before_a_date_does_not_hide_that_it_reads_both_ways() -> None:
    text = f"{LINES}\nAcme,Mon 03/10/2025,1\nAcme,Tue 04/11/2025,1\n"
    assert _asked(text) == ["day_or_month_first"]
    assert _asked(text + "Acme,Fri 03/14/2025,1\n") == []


def test_month_alone_is_its_first_day_however_it_is_written() -> None:
    rows = _read("client,month,measure,value\nAcme,03/2025,a,1\nAcme,2025-03,b,1\nAcme,Mrz 2025,c,1\n")[1]
    assert {row["month"] for row in rows} == {date(2025, 3, 1)}


def test_currency_of_the_caption_and_of_the_cells_are_two() -> None:
    text = "client,invoiced_on,Amount (EUR)\nAcme,2025-03-01,$100\nAcme,2025-03-02,50\n"
    assert _asked(text) == ["currency"]
    kept, rows = _read(text, currency="keep:EUR")
    assert [row["amount"] for row in rows] == [50]
    assert [item.reason for item in kept.tables[0].set_aside] == ["other_currency"]
    assert [row["amount"] for row in _read(text, currency="rates:USD:1,EUR:1.1")[1]] == [100, 55]


def test_a_column_of_currencies_counts_though_the_user_mapped_only_the_rest() -> None:
    columns = {"client": "Wer", "invoiced_on": "Wann", "amount": "Wieviel"}
    options = Options(mapping={"entity": "invoice_lines", "columns": columns}, currency="USD", today=TODAY)
    text = "Wer;Wann;Wieviel;Artikel;Womit\nAcme;2025-03-01;100;Uhr;EUR\nBirch;2025-03-02;50;;\n"
    found = prepare(text.encode(), "file.csv", options, lambda index, entity, rows: None)
    assert [question.name for question in found.questions] == ["currency"]
    assert found.tables[0].match.columns["currency"] == 4
    alone = replace(options, currency="")
    assert prepare(text.encode(), "file.csv", alone, lambda *part: None).tables[0].currency == "EUR"


def test_a_mark_on_the_totals_alone_is_the_currency_of_the_rows() -> None:
    text = "Client,Invoice Date,Amount\nAcme,2025-03-01,100.00\nBirch,2025-03-02,50.00\nTOTAL,,$150.00\n"
    assert _read(text)[0].tables[0].currency == "$"
    assert _asked(text.replace("50.00\n", "€50.00\n", 1)) == ["currency"]


@pytest.mark.parametrize("name", ["client", "technician"])
def test_spelling_of_the_name_alone_is_no_contradiction(name: str) -> None:
    """Rows keyed by a name that staging takes for one: the second says nothing new, a third says something else."""
    measure = {"client": "users", "technician": "hourly_cost"}[name]
    text = f"{name},{measure}\nStraße\u00a0AG,5\nSTRASSE AG,5\nİstanbul,6\nIstanbul,7\nAcme,1\nACME,2\n"
    found, _ = _read(text)
    assert [(item.row_number, item.reason) for item in found.tables[0].set_aside] == [(3, "exact_duplicate")]
    torn = [(item.row_number, item.reason) for item in found.tables[0].quarantined]
    assert torn == [(6, "conflicting_duplicate"), (7, "conflicting_duplicate")]


@pytest.mark.parametrize(
    ("days", "choices"),
    [
        (("25/03/14",), ["dmy", "ymd"]),
        (("25/03/14", "25/04/15", "24/12/31"), ["dmy", "ymd"]),
        (("03/04/05",), ["dmy", "mdy", "ymd"]),
        (("14/03/25", "15/03/25", "16/03/25"), []),  # three days of one year, not one day of three
        (("25/03/14", "26/03/2014"), []),  # a year of four digits stands last
        (("25/03/99",), []),
        (("25.03.14",), []),  # with dots the day is first
        (("3/16/25",), []),
    ],
)
def test_years_of_two_digits_that_may_stand_first_are_asked(days: tuple[str, ...], choices: list[str]) -> None:
    text = f"{LINES}\n" + "".join(f"Acme,{day},1\n" for day in days)
    asked = _read(text)[0].questions
    assert [(one.name, list(one.choices)) for one in asked] == ([("day_or_month_first", choices)] if choices else [])


def test_answer_says_whether_the_year_stands_first() -> None:
    text = f"{LINES}\nAcme,25/03/14,1\n"
    [asked] = _read(text)[0].questions
    assert "14 Mar 2025" in asked.choices["ymd"] and "25 Mar 2014" in asked.choices["dmy"]
    assert [row["invoiced_on"] for row in _read(text, day_or_month_first="ymd")[1]] == [date(2025, 3, 14)]
    assert [row["invoiced_on"] for row in _read(text, day_or_month_first="dmy")[1]] == [date(2014, 3, 25)]
    assert _asked(text, day_or_month_first="mdy") == ["day_or_month_first"]


def test_one_entry_of_ninety_among_short_ones_is_flagged() -> None:
    found, rows = _read(_hours(("0.25", "1.5", "90", "2")))
    assert sum(row["hours"] for row in rows) == Decimal("93.75")
    assert found.tables[0].flags.to_pylist() == [{"row_number": 4, "flag": "over_24_hours", "detail": ""}]


@pytest.mark.parametrize(
    ("grades", "read"),
    [
        (("5", "4", "3", "2", "1", ""), [1, 1, 0, -1, -1, None]),
        (("5.0", "4"), [1, 1]),
        (("1", "0", "-1"), [1, 0, -1]),
        (("1", "1"), [1, 1]),  # nothing says that these are the worst of five
    ],
)
@pytest.mark.parametrize("caption", ["csat", "Satisfaction", "CSAT Score"])
def test_satisfaction_of_one_to_five_is_brought_to_the_contracts_scale(
    caption: str, grades: tuple[str, ...], read: list[float | None]
) -> None:
    lines = "".join(f"T{place},Acme,Open,{grade}\n" for place, grade in enumerate(grades))
    found, rows = _read(f"Ticket #,Client,Status,{caption}\n{lines}")
    assert [row.get("csat") for row in rows] == read
    assert any("Satisfaction of 1 to 5" in text for text in found.tables[0].warnings) == ("4" in grades)


def test_each_answer_says_what_it_gives_for_which_file_of_an_archive() -> None:
    lines = f"{LINES}\nAcme,01/02/2025,7\n"
    packed = zipped(march__csv=lines, april__csv=lines.replace("7", "9"))
    questions = prepare(packed, "both.zip", Options(today=TODAY), lambda *part: None).questions
    [choices] = [question.choices for question in questions if question.name == "day_or_month_first"]
    assert "march.csv: 1 row, amounts add up to 7.00, dates from 1 Feb 2025" in choices["dmy"]
    assert "april.csv: 1 row, amounts add up to 9.00, dates from 2 Jan 2025" in choices["mdy"]


def test_trying_an_answer_changes_no_plan() -> None:
    """What each answer would give is found by reading the file by it, and leaves what was decided as it stood."""
    text = f"{LINES}\nAcme,03/04/2026,1.234\nBeta,05/06/2026,2.345\n"
    work = Preparation(text.encode(), "file.csv", Options(today=TODAY))
    work.survey()
    before = work.decided({})
    asked = {question.name: set(question.choices.values()) for question in work.questions(before)}
    assert {name: len(choices) for name, choices in asked.items()} == {
        "day_or_month_first": 2,
        "decimal_or_thousands": 2,
    }
    assert list(before.decisions.values()) == list(work.decided({}).decisions.values())
    with pytest.raises(FrozenInstanceError):
        work.all_plans()[0].match = before  # type: ignore[misc]

"""Each bad file of the corpus does exactly what its index says; skipped where the corpus is not at hand."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vitals import warehouse, workspace
from vitals.ingest.preparation import prepare

FOLDER = Path(os.environ.get("VITALS_BADFILES", Path(__file__).parents[2] / "shared" / "badfiles"))
FILLED_DOWN = {
    "xlsx_merged.xlsx": {
        "decision": "accept", "accepted": 6, "quarantined": 0, "flagged": 1, "reasons": {},
        "flags": {"filled_down": 1}, "facts": {"sum_amount": "14316.68", "client_of_second": "Acme Dental"},
    }
}  # fmt: skip
"""Of two outcomes that the index allows in its notes, the one that is meant: fill down with a flag."""
INDEX = [
    item | FILLED_DOWN.get(item["file"], {})
    for item in (json.loads((FOLDER / "index.json").read_text()) if FOLDER.is_dir() else ())
]
EXPLICIT_FLAGS = [item for item in INDEX if item["decision"] not in ("ask", "refuse")]
NAMES = {
    "sum_amount": ("invoice_lines", "sum(amount)"),
    "sum_amount_after_both": ("invoice_lines", "sum(amount)"),
    "sum_hours": ("time_entries", "sum(hours)"),
    "distinct_ids": ("tickets", "count(distinct ticket_id)"),
    "distinct_ids_after_both": ("tickets", "count(distinct ticket_id)"),
    "min_created": ("tickets", "strftime(min(opened_at), '%Y-%m-%d %H:%M')"),
    "min_date": ("invoice_lines", "min(invoiced_on)"),
    "max_date": ("invoice_lines", "max(invoiced_on)"),
    "negative_rows": ("invoice_lines", "count(*) filter (amount < 0)"),
    "credit_rows": ("invoice_lines", "count(*) filter (amount < 0)"),
    "client_of_second": ("invoice_lines", "max(client) filter (invoice_number = 'INV-2002')"),
    "client_of_1001": ("tickets", "max(client) filter (ticket_id = '1001')"),
    "summary_of_1002": ("tickets", "max(title) filter (ticket_id = '1002')"),
    "status_of_1001": ("tickets", "max(status) filter (ticket_id = '1001')"),
    "created_of_1004": ("tickets", "strftime(max(opened_at) filter (ticket_id = '1004'), '%Y-%m-%d %H:%M')"),
    "created_utc_of_1001": ("tickets", "strftime(max(opened_at) filter (ticket_id = '1001'), '%Y-%m-%d %H:%M')"),
    "created_utc_of_1002": ("tickets", "strftime(max(opened_at) filter (ticket_id = '1002'), '%Y-%m-%d %H:%M')"),
    "closed_of_1001": ("tickets", "coalesce(max(closed_at) filter (ticket_id = '1001')::varchar, '(open)')"),
}
ANSWERS = {"first": "first", "both": "both"}
pytestmark = pytest.mark.usefixtures("lazily")


def _name(item: dict[str, Any]) -> str:
    return item["file"]


@pytest.fixture
def con() -> Iterator[warehouse.Connection]:
    connection = warehouse.connect()
    yield connection
    connection.close()


def _load(con: warehouse.Connection, file: str, entity: str | None, **answers: str) -> dict[str, Any]:
    options = workspace.LoadOptions(entity=entity, answers=answers)
    reports = workspace.load_files(con, [FOLDER / file], options, prepare=prepare)
    assert len({report.entity for report in reports}) == 1
    return _added([report.as_json() for report in reports])


def _added(reports: list[dict[str, Any]]) -> dict[str, Any]:
    if len(reports) == 1:
        return reports[0]
    counts = {key: sum(report[key] for report in reports) for key, value in reports[0].items() if type(value) is int}
    return {**reports[0], **counts}


def _needs(con: warehouse.Connection, item: dict[str, Any]) -> None:
    for file in item.get("needs", ()):
        entity = next(other["upload_as"] for other in INDEX if other["file"] == file)
        assert _load(con, file, entity)["decision"] == "accept"


def _fact(con: warehouse.Connection, fact: str, entity: str) -> str | None:
    if fact == "distinct_clients":
        table, value = entity, "count(distinct client)"
    elif fact in NAMES:
        table, value = NAMES[fact]
    else:
        return None
    return str(con.execute(f"select {value} from staging.{table}").fetchall()[0][0])


def _same(found: str, wanted: str) -> bool:
    try:
        return abs(float(found) - float(wanted)) < 1e-9
    except ValueError:
        return found == wanted


def _check_facts(con: warehouse.Connection, facts: dict[str, str], entity: str) -> None:
    for fact, wanted in facts.items():
        found = _fact(con, fact, entity)
        assert found is None or _same(found, wanted), f"{fact}: {found}, not {wanted}"


@pytest.mark.parametrize("item", INDEX, ids=_name)
def test_file_behaves_as_its_index_says(con: warehouse.Connection, item: dict[str, Any]) -> None:
    """Decision, counts, reasons, flags, facts and words of the message."""
    _needs(con, item)
    report = _load(con, item["file"], item["upload_as"])
    assert report["decision"] == item["decision"], report["message"]
    is_loaded = item["decision"] in ("accept", "partial")
    wanted = [item["rows_in"], item["accepted"], item["quarantined"], item["set_aside"], item["flagged"]]
    names = ["rows_read", "rows_loaded", "rows_quarantined", "rows_set_aside", "rows_flagged"]
    assert [report[name] for name in names] == (wanted if is_loaded else [0] * 5)
    assert report["reasons"] == item.get("reasons", {})
    assert report["flags"] == item.get("flags", {})
    for word in item.get("message_must_say", ()):
        assert word.lower() in report["message"].lower()
    if is_loaded:
        _check_facts(con, item.get("facts", {}), item["entity"])
        assert report["rows_read"] == sum(report[name] for name in names[1:4])


ASKED = [(item, answer) for item in INDEX for answer in item.get("ask", {}) if answer not in ("question", "no_rates")]


@pytest.mark.parametrize(
    ("item", "answer"), ASKED, ids=lambda value: value if isinstance(value, str) else value["file"]
)
def test_answer_gives_what_the_index_says(con: warehouse.Connection, item: dict[str, Any], answer: str) -> None:
    """The question is asked by its name, and each answer gives its own figures."""
    asked = _load(con, item["file"], item["upload_as"])
    assert [question["name"] for question in asked["questions"]] == [item["ask"]["question"]]
    assert asked["rows_seen"] == item["rows_in"]
    report = _load(con, item["file"], item["upload_as"], **{item["ask"]["question"]: answer.removeprefix("column ")})
    assert report["decision"] == "accept"
    if answer != "first":
        assert report["rows_loaded"] == item["accepted"]
    _check_facts(con, item["ask"][answer], item["entity"])


CURRENCIES = [item for item in INDEX if item["file"] == "dom_currency_mix.csv"]


@pytest.mark.parametrize("item", CURRENCIES, ids=_name)
def test_currencies_are_kept_apart_or_turned_by_rates(con: warehouse.Connection, item: dict[str, Any]) -> None:
    """One currency alone, or all of them by the user's rates; a missing rate is asked for again."""
    file, entity = item["file"], item["upload_as"]
    assert _load(con, file, entity, currency="rates:EUR:1,USD:0.5")["decision"] == "ask"
    kept = _load(con, file, entity, currency="keep:EUR")
    assert (kept["rows_loaded"], kept["rows_set_aside"], kept["money_loaded"]) == (2, 4, 300)
    rates = _load(con, file, entity, currency="rates:EUR:1,USD:0.5,GBP:2,CAD:0.25,JPY:0.01")
    assert rates["money_read"] == 50 + 200 + 600 + 100 + 100 + 500

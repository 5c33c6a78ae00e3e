"""What the data-health page says of each load: months, gaps, warnings, what was left out and what replaced it."""

from __future__ import annotations

from datetime import date, datetime

from tests.sql.rows import entry


def load(number: int, entity: str, rows: int, **more) -> dict:
    """The facts of a load, as the import writes them."""
    facts = {"file_name": f"{entity}.csv", "sha256": "ab" * 32, "system": "canonical", "evidence": "canonical",
             "rows_quarantined": 0, "rows_set_aside": 0, "rows_folded": 0, "warnings": "[]"}  # fmt: skip
    counts = {"rows_read": rows, "rows_in_table": rows}
    return {"load_id": number, "entity": entity, "loaded_at": datetime(2026, 1, 5), **facts, **counts, **more}


def test_months_between_without_a_row_are_named(workspace):
    days = ("2025-03-04", "2025-03-05", "2025-05-30", "2025-08-01")
    book = workspace(loads=[load(1, "time_entries", 4)], time_entries=[entry(on, 1, "Acme") for on in days])
    found = book.one("metrics.load_accounts")
    assert (found["first_month"], found["last_month"]) == (date(2025, 3, 1), date(2025, 8, 1))
    assert (found["months_covered"], found["missing_months"]) == (3, 3)
    assert found["missing_in"] == "Apr 2025, Jun 2025, Jul 2025"
    assert found["rows_in_use"] == 4


def test_what_lasts_has_no_gaps(workspace):
    clients = [{"client": "A", "starts_on": date(2020, 1, 1)}, {"client": "B", "starts_on": date(2025, 1, 1)}]
    found = workspace(loads=[load(1, "clients", 2)], clients=clients).one("metrics.load_accounts")
    assert (found["missing_months"], found["missing_in"]) == (0, None)


def test_caption_sets_are_described_by_how_well_they_are_known(workspace):
    seen = load(1, "tickets", 0, system="Jira", evidence="seen_file")
    book = workspace(loads=[seen, load(2, "tickets", 0, undone_at=datetime(2026, 1, 6))])
    found = book.one("metrics.load_accounts")
    assert (found["system"], found["evidence"], found["short_hash"]) == ("Jira", "Seen in a real export", "ab" * 6)


def test_certainty_of_a_match_is_that_of_its_load(workspace):
    """Load 2 was mapped by hand, so nothing was guessed; load 3 is older than the record of certainty."""
    loads = [load(1, "tickets", 0, system="Jira", evidence="inferred"),
             load(2, "tickets", 0, system="mapped by hand"), load(3, "tickets", 0)]  # fmt: skip
    kept = [{"load_id": number, "confidence": sure} for number, sure in ((1, 0.71), (2, 1.0))]
    for query in ("metrics.load_accounts", "metrics.load_balances"):
        found = workspace(loads=loads, load_matches=kept).by("load_id", query)
        assert [found[number]["confidence"] for number in (1, 2, 3)] == [0.71, None, None]
        assert found[1]["evidence"] == "Inferred, not seen"


def test_warnings_of_the_reader_and_a_full_export_stand_together(workspace):
    cut = load(1, "tickets", 10_000, warnings='["The last line is incomplete.", "Two."]')
    said = workspace(loads=[cut]).one("metrics.load_accounts")["warnings"]
    assert said.startswith("The last line is incomplete. Two. Exactly 10,000 rows, as many as")


def test_one_row_less_is_no_full_export(workspace):
    assert workspace(loads=[load(1, "tickets", 9_999)]).one("metrics.load_accounts")["warnings"] is None


def test_five_hundred_xero_invoices_are_a_full_export(workspace):
    lines = [
        {"client": "A", "invoiced_on": date(2025, 1, 1), "amount": 1, "invoice_number": f"I{number // 2}"}
        for number in range(1000)
    ]
    book = workspace(loads=[load(1, "invoice_lines", 1000, system="Xero")], invoice_lines=lines)
    assert book.one("metrics.load_accounts")["warnings"].startswith("Exactly 500 invoices, ")


def test_what_a_later_load_replaced_is_named_on_both_sides(workspace):
    gone = [{"load_id": 1, "entity": "tickets", "row_number": 2, "fate": "superseded", "by_load_id": 2,
             "by_row_number": 9}]  # fmt: skip
    loads = [load(1, "tickets", 1, file_name="old.csv"), load(2, "tickets", 1, file_name="new.csv")]
    book = workspace(loads=loads, unused_rows=gone)
    found = book.by("load_id", "metrics.load_accounts")
    assert (found[1]["rows_replaced"], found[1]["replaced_by"]) == (1, "new.csv")
    assert (found[2]["rows_replacing"], found[2]["replaced_by"]) == (1, None)
    (row,) = book.rows("metrics.left_out_rows")
    assert (row["fate"], row["stands_for"], row["words"]) == (
        "replaced", "row 9 of new.csv", "A later file has a newer version",
    )  # fmt: skip


QUARANTINE = [
    {"load_id": 1, "entity": "tickets", "row_number": 5, "reason": "date_impossible", "raw_text": "5,x",
     "column_name": "opened_at", "value": "31/02/2025"},
    {"load_id": 1, "entity": "tickets", "row_number": 5, "reason": "id_missing", "raw_text": "5,x",
     "column_name": "ticket_id", "value": ""},
    {"load_id": 2, "entity": "time_entries", "row_number": 3, "reason": "hours_missing", "raw_text": "y"},
]  # fmt: skip
LOADS = [load(1, "tickets", 1), load(2, "time_entries", 1)]


def test_row_with_two_faults_is_one_row_with_both_reasons_in_words(workspace):
    book = workspace(loads=LOADS, quarantine=QUARANTINE)
    found = book.by("row_number", "metrics.left_out_rows")
    assert set(found[5]["words"].split("; ")) == {
        "There is no such date", "The number that identifies the row is missing",
    }  # fmt: skip
    assert [row["rows"] for row in book.rows("metrics.left_out_counts")] == [1, 1]


def test_first_rows_are_those_of_a_load_or_of_some_kinds(workspace):
    book = workspace(loads=LOADS, quarantine=QUARANTINE)

    def first(**asked):
        return [row["row_number"] for row in book.rows("metrics.left_out_first", **asked)]

    assert first(kinds=None, load_id=1, at_most=10) == [5]
    assert first(kinds="time_entries,invoice_lines", load_id=None, at_most=10) == [3]
    assert first(kinds=None, load_id=None, at_most=1) == [5]
    assert first(kinds="clients", load_id=None, at_most=9) == []


def test_flags_are_counted_by_kind_with_their_rows(workspace):
    flags = [
        {"load_id": 1, "entity": "time_entries", "row_number": number, "flag": "zero_hours", "detail": "0"}
        for number in (2, 3)
    ]
    book = workspace(
        loads=[load(1, "time_entries", 2)], flags=flags, time_entries=[entry("2025-03-04", 0), entry("2025-03-05", 0)]
    )
    counted = {row["flag"]: row for row in book.rows("metrics.flag_counts_by_kind")}
    assert (counted["zero_hours"]["rows"], counted["zero_hours"]["label"]) == (2, "Entry of 0 hours")
    found = book.rows("metrics.flagged_first", flag="zero_hours", at_most=1)
    assert [(row["file_name"], row["row_number"], row["detail"]) for row in found] == [("time_entries.csv", 2, "0")]

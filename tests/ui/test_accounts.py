"""The account of a loaded file on the start page: recognised, balanced, flagged, and mapped yours to ours."""

from __future__ import annotations

from tests.ui.conftest import read
from tests.ui.test_start import CLEAR, SPOILT, drop
from tests.ui.test_start_cards import drop_more
from vitals.contract import entities
from vitals.ui.start import mapping, queue
from vitals.ui.words import loads
from vitals.workspace import FileColumns, Report

FIRST = b"client,invoice_number,line_number,invoiced_on,amount,Colour\nBirch,1,1,2025-10-03,120,red\n"
AUTOTASK = (
    b"Ticket Number,Nexus Ticket Number,Title,Company,Created,Complete Date,Issue Type,Status,Queue,"
    b"Primary Resource,Total Hours Worked\n"
    b'T20251003.0001,,Help,Birch,10/23/2025 09:00 AM,10/23/2025 10:00 AM,Software,Complete,Desk,"Ruiz, Ana",0.50\n'
)


def test_both_sides_of_rows_and_money_are_said():
    said = read(drop(SPOILT, "lines.csv"))
    assert "Rows: 2 read = 1 loaded + 1 quarantined + 0 set aside." in said
    assert "$120.00 read = $120.00 loaded" in said


def test_system_evidence_and_certainty_are_said():
    said = read(drop(AUTOTASK, "tickets.csv"))
    assert "Read as tickets, by an export of Autotask PSA, whose captions were seen in a real export" in said
    assert "sure" in said and "It covers Oct 2025." in said


def test_certainty_is_kept_with_the_load_and_not_only_on_its_card():
    """The Autotask captions are those of a real export, and all of them are there."""
    app = drop(AUTOTASK, "tickets.csv")
    card = next(report for report in app.session_state[queue.REPORTS])
    app.session_state[queue.REPORTS] = []
    app.run()
    history = next(frame.value for frame in app.dataframe if "short_hash" in frame.value)
    app.switch_page("pages/data_health.py").run()
    account = next(frame.value for frame in app.dataframe if "first_month" in frame.value)
    for found in (history, account):
        assert list(found["evidence"]) == ["Seen in a real export"]
        assert list(found["confidence"]) == [card.columns.confidence] and 0 < card.columns.confidence <= 1


def test_inferred_captions_are_to_be_looked_at():
    columns = FileColumns((), evidence="inferred", confidence=0.71)
    report = Report("r.csv", entity="reviews", system="X", header_row=4, columns=columns)
    said = loads.recognised(report, {})
    assert "look at the columns" in said and "71" in said and "The captions stand in row 4." in said


def test_mapping_stands_in_the_order_of_the_file_with_what_each_column_is_needed_for():
    report = drop(FIRST, "lines.csv").session_state[queue.REPORTS][0]
    rows = mapping.table_of(report.columns, entities()["invoice_lines"])
    assert list(rows[mapping.YOURS][:5]) == ["client", "invoice_number", "line_number", "invoiced_on", "amount"]
    assert set(rows[mapping.YOURS][5:]) == {mapping.NOT_USED}
    needed = dict(zip(rows["name"], rows[mapping.NEEDED], strict=True))
    assert needed["amount"] == "Needed to load: revenue, margin, recurring revenue"
    assert needed["due_on"] == mapping.NO_NUMBER


def test_columns_without_a_use_are_listed_with_their_cells():
    report = drop(FIRST, "lines.csv").session_state[queue.REPORTS][0]
    assert mapping.unused(report.columns).to_dict("records") == [{"Yours": "Colour", "Sample": "red"}]


def test_column_made_of_others_names_them():
    columns = FileColumns(("Type", "Amount"), mapping={"is_credit": 2}, made_of={"is_credit": [0]})
    rows = mapping.table_of(columns, entities()["invoice_lines"])
    assert rows[mapping.YOURS][0] == "Made of Type"


def test_what_a_column_is_made_of_can_not_be_chosen_for_another():
    before = mapping.table_of(FileColumns(("A",), mapping={}), entities()["holidays"])
    assert mapping.changed(before, before.assign(Yours="Made of A"), ["A"]) == {}


def test_counts_of_a_card_follow_what_happens_later():
    """Alder is billed and has no ticket, until a later file brings one."""
    app = drop_more(drop(b"ticket_id,client,opened_at\n1,Oak,2025-10-03\n", "one.csv"), CLEAR, "lines.csv")
    assert "Odd, but counted: billed client without tickets or hours (2)." in read(app)
    app = drop_more(app, b"ticket_id,client,opened_at\n2,Alder,2025-10-03\n", "two.csv")
    assert "Odd, but counted: billed client without tickets or hours (1)." in read(app)


def test_sentence_names_what_waits_and_what_was_refused():
    app = drop_more(drop(CLEAR, "lines.csv"), b"", "empty.csv")
    assert "2 invoice lines are loaded, through 28\N{NO-BREAK SPACE}Oct 2025. 1 file was refused." in read(app)


def test_start_page_says_what_the_files_answer_and_what_is_missing():
    app = drop(CLEAR, "lines.csv")
    assert "Load time entries or tickets to see which clients make money" in read(app)


def test_load_is_taken_back_from_its_card():
    app = drop(CLEAR, "lines.csv")
    next(button for button in app.button if button.key.startswith("take_back_")).click().run()
    assert not app.exception
    assert "taken back" in read(app) and "2 invoice lines are loaded" not in read(app)


def test_history_keeps_what_was_taken_back_with_hash_and_time():
    app = drop(CLEAR, "lines.csv")
    next(button for button in app.button if button.key.startswith("take_back_")).click().run()
    found = next(frame.value for frame in app.dataframe if "short_hash" in frame.value)
    assert list(found["rows_loaded"]) == [2] and found["loaded_at"].notna().all() and found["undone_at"].notna().all()
    assert len(found["short_hash"][0]) == 12

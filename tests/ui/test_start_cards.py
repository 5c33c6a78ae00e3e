"""The cards of the start page: files that come twice, are taken back, refused or asked about."""

from __future__ import annotations

import pytest

from tests.ui.conftest import open_page, read, words
from tests.ui.test_start import CLEAR, SPOILT, UNCLEAR, decisions, drop
from vitals.ui.page import session
from vitals.ui.start import queue
from vitals.ui.words import loads

ODD = b"Kunde,Wann\nBirch,2025-10-03\n"
SHIFTED = b"ticket_id,client,created_at\n1,A,2025-10-03\n1,A,2025-10-03\n2,B,2025-10-03\n2,C,2025-10-03\n"


def drop_more(app, data: bytes, name: str):
    app.file_uploader[0].upload(name, data, "text/csv")
    app.run()
    assert not app.exception
    return app


def rows(app) -> int:
    con = app.session_state[session.CONNECTION]
    return con.execute("select count(*) from raw.loads where undone_at is null").fetchall()[0][0]


def take_back(app):
    app.session_state["loads"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run().button(key="undo_load").click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize(("data", "first"), [(CLEAR, "accept"), (SPOILT, "partial")])
def test_same_file_again_changes_nothing_and_keeps_the_first_card(data, first):
    app = drop_more(drop(data, "lines.csv"), data, "lines.csv")
    assert sorted(decisions(app)) == [first, "repeat"]
    said = words(app)
    assert "already loaded; nothing changed" in said.replace("&#59;", ";")
    assert said.count("Nothing new") <= 1
    assert rows(app) == 1
    drop_more(app, data, "lines.csv")
    assert sorted(decisions(app)) == [first, "repeat"]


def test_first_card_is_still_mapped_anew_after_a_repeat():
    app = drop_more(drop(CLEAR, "lines.csv"), CLEAR, "lines.csv")
    held = app.session_state[queue.KEPT]
    assert list(held) == ["lines.csv"]


def test_taken_back_load_leaves_no_card():
    app = take_back(drop_more(drop(CLEAR, "lines.csv"), CLEAR, "lines.csv"))
    assert decisions(app) == []
    assert "invoice lines loaded" not in words(app)
    assert app.button(key="load_sample")


def test_part_of_the_sample_taken_back_leaves_the_rest_to_be_taken_out():
    app = drop(CLEAR, "lines.csv")
    app.session_state[queue.FROM_SAMPLE] = [1]
    take_back(app)
    assert app.session_state[queue.FROM_SAMPLE] == []


def test_sample_is_offered_beside_a_refusal():
    app = drop(b"", "empty.csv")
    assert app.button(key="load_sample")
    assert words(app).count("empty&#46;csv") == 1


def test_refusal_goes_when_a_fresh_file_loads():
    app = drop_more(drop(ODD, "odd.csv"), CLEAR, "lines.csv")
    assert decisions(app) == ["accept"]


def test_refusal_stays_beside_another():
    assert decisions(drop_more(drop(ODD, "odd.csv"), b"", "empty.csv")) == ["refuse", "refuse"]


def test_question_has_no_answer_yet_and_is_said_once():
    app = drop(UNCLEAR, "lines.csv")
    asked = next(radio for radio in app.radio if "day_or_month" in radio.key)
    button = next(item for item in app.button if item.key.startswith("answer_"))
    assert asked.value is None and button.disabled
    assert "2 rows wait for your answer" in words(app)
    said = " ".join([words(app), *(radio.label for radio in app.radio)])
    assert said.count(asked.label) == 1
    captions = " ".join(asked.proto.captions)
    assert "amounts add up to 200&#46;00" in captions
    assert "3 Apr 2025 to 5 Jun 2025" in captions


def test_repeated_and_conflicting_rows_are_named_for_what_they_are():
    said = words(drop(SHIFTED, "tickets.csv"))
    assert "2 wait for your choice" in said
    assert "1 repeated row" in said
    assert "no data" not in said


def test_amounts_are_said_where_they_come_to_nothing():
    data = b"client,invoiced_on,amount\nBirch,2025-10-03,12000\nBirch,2025-10-04,-12000\n"
    said = read(drop(data, "lines.csv"))
    assert "2 invoice lines loaded, $0.00 of $0.00." in said
    assert "Money: $0.00 read = $0.00 loaded + $0.00 quarantined + $0.00 set aside." in said


def test_amounts_of_totals_are_no_loss():
    rows = b"Birch,2025-10-03,120.00\nAlder,2025-10-28,80.00\nElm,31/02/2025,10.00\n"
    said = read(drop(b"client,invoiced_on,amount\n" + rows + b"Total,,210.00\n", "lines.csv"))
    # 120 + 80 loaded, 10 more in the row without a date; the total says it all again
    assert "1 set aside as no data, $200.00 of $210.00, $210.00 in rows set aside." in said
    assert "Money: $420.00 read = $200.00 loaded + $10.00 quarantined + $210.00 set aside." in said


def test_a_credit_note_without_a_sign_is_said_to_count_as_minus():
    rows = b"Birch,2025-10-03,120.00,\nBirch,2025-10-04,30.00,yes\nBirch,2025-10-05,-20.00,yes\n"
    said = read(drop(b"client,invoiced_on,amount,is_credit\n" + rows, "lines.csv"))
    # 120 + 30 - 20 stand in the file; of the credits one of 30 has no sign, and revenue is 120 - 30 - 20
    assert "$130.00 of $130.00, $30.00 of it credit notes, which count as minus." in said


def test_a_draft_is_called_what_it_is():
    rows = b"Birch,2025-10-03,120.00,Paid\nBirch,2025-10-04,80.00,Draft\nBirch,2025-10-05,70.00,Voided\n"
    said = read(drop(b"client,invoiced_on,amount,status\n" + rows, "lines.csv"))
    assert "2 rows without revenue, as drafts or payments, $120.00 of $120.00, $150.00 in rows set aside." in said
    assert "no data" not in said


def test_a_kind_that_waits_for_an_answer_is_said_to_wait():
    app = drop(b"client,hours,worked_on\nBirch,2,2025-10-03\n", "time.csv")
    assert "Load invoice lines to see which clients make money" in read(app)
    app = drop_more(app, UNCLEAR, "lines.csv")
    assert "Invoice lines wait for your answer above: they show which clients make money" in read(app)


def test_only_items_with_a_suggestion_are_said_to_rest_on_one():
    rows = b"Birch,2025-10-03,120.00,Managed services\nBirch,2025-10-04,80.00,Sundry\n"
    said = read(drop(b"client,invoiced_on,amount,item\n" + rows, "lines.csv"))
    assert (
        "1 item rests on a suggestion from name and price; correct what is wrong. Nothing speaks for a class of "
        in said
    )
    assert "1 more: it counts in no class until you choose one." in said


def test_rows_are_counted_by_their_nouns():
    assert loads.rows_of("time_off", 474) == "474 days of time off"
    assert loads.rows_of("time_entries", 1) == "1 time entry"
    assert loads.rows_of("invoice_lines", 2) == "2 invoice lines"


def test_first_screen_says_where_files_stay_and_which_make_a_start():
    said = words(open_page("start"))
    assert "Time entries and invoices" in said
    assert "gone when you close or reload" in said

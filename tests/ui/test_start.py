"""The start page with real files: dropped, asked about, answered, mapped anew, taken back."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tests.ui.conftest import open_page, words
from vitals.contract import entities
from vitals.ui.start import mapping, queue

CLEAR = b"client,invoiced_on,amount,item\nBirch,2025-10-03,120.00,Seats\nAlder,2025-10-28,80.00,Seats\n"
UNCLEAR = b"client,invoiced_on,amount,item\nBirch,03/04/2025,120.00,Seats\nAlder,05/06/2025,80.00,Seats\n"
TWO_AMOUNTS = b"client,invoiced_on,net,amount\nBirch,2025-10-03,100.00,120.00\nAlder,2025-10-28,60.00,72.00\n"
SPOILT = b"client,invoiced_on,amount,item\n**Birch**,2025-10-03,120.00,Seats\nAlder,2025-10-28,eighty,Seats\n"


def drop(data: bytes, name: str):
    """The start page after one file was dropped on it."""
    app = open_page("start")
    app.file_uploader[0].upload(name, data, "text/csv")
    app.run()
    assert not app.exception
    return app


def decisions(app) -> list[str]:
    return [report.decision for report in app.session_state[queue.REPORTS]]


@pytest.mark.usefixtures("in_earnest")
def test_clear_file_is_loaded_and_said_in_one_line():
    app = drop(CLEAR, "invoices.csv")
    assert decisions(app) == ["accept"]
    assert "2 invoice lines loaded" in words(app)
    assert app.session_state[queue.QUEUE] == []


def test_unreadable_row_is_counted_and_the_money_on_both_sides():
    said = words(drop(SPOILT, "**odd**.csv"))
    assert "1 can&#39;t be read" in said
    assert "**odd**" not in said


def test_question_is_answered_in_place():
    app = drop(UNCLEAR, "invoices.csv")
    assert decisions(app) == ["ask"]
    asked = next(radio for radio in app.radio if "day_or_month" in radio.key)
    assert len(asked.options) == 2
    asked.set_value("dmy").run()
    next(button for button in app.button if button.key.startswith("answer_")).click()
    app.run()
    assert decisions(app) == ["accept"]
    assert "2 invoice lines loaded" in words(app)


def test_changed_column_is_loaded_again_in_place_of_the_first_load():
    app = drop(TWO_AMOUNTS, "invoices.csv")
    report = app.session_state[queue.REPORTS][0]
    before = mapping.table_of(report.columns, entities()["invoice_lines"])
    after = before.copy()
    after.loc[after["name"] == "amount", mapping.YOURS] = "net"
    moved = mapping.changed(before, after, report.columns.header)
    assert moved == {"amount": 3}
    parcel = app.session_state[queue.KEPT]["invoices.csv"]
    app.session_state[queue.QUEUE] = [replace(parcel, columns=moved, replaces=report.load_id)]
    app.run()
    assert not app.exception
    again = app.session_state[queue.REPORTS]
    assert [(item.decision, item.money_loaded) for item in again] == [("accept", 160)]


def test_column_without_use_is_taken_away():
    before = pd.DataFrame({"name": ["item"], mapping.YOURS: ["Item"]})
    after = before.assign(**{mapping.YOURS: mapping.NOT_USED})
    assert mapping.changed(before, after, ["Item"]) == {"item": ""}


def test_file_that_is_asked_about_can_be_left_out():
    app = drop(UNCLEAR, "invoices.csv")
    next(button for button in app.button if button.key.startswith("drop_")).click()
    app.run()
    assert decisions(app) == []


def test_file_that_is_no_export_is_refused_in_a_sentence():
    app = drop(b"\x89PNG\r\n\x1a\n0000", "picture.png")
    assert decisions(app) == ["refuse"]
    assert "picture&#46;png" in words(app)


def test_load_is_taken_back():
    app = drop(CLEAR, "invoices.csv")
    app.session_state["loads"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    app.button(key="undo_load").click()
    app.run()
    assert "taken back" in words(app)
    assert "2 invoice lines are loaded" not in words(app)


def test_sample_comes_and_goes_in_one_click_each():
    app = open_page("start")
    app.button(key="load_sample").click()
    app.run()
    assert not app.exception
    assert "refuse" not in decisions(app)
    assert app.metric[0].value.startswith("&#36;")
    offered = [button.key for button in app.main.button]
    assert offered[0] == "see_result"
    assert app.button(key="see_result").label == "See the result: How healthy is the business?"
    app.button(key="sample_out").click()
    app.run()
    assert not app.exception
    assert not app.metric
    assert "see_result" not in [button.key for button in app.button]
    assert app.button(key="load_sample")


def test_files_lead_to_what_they_answer():
    app = drop(CLEAR, "invoices.csv")
    app.button(key="see_result").click().run()
    assert not app.exception
    assert app.title[0].value == "How healthy is the business?"


def test_held_bytes_are_let_go_when_the_page_is_left():
    app = drop(CLEAR, "invoices.csv")
    assert app.session_state[queue.KEPT]
    app.switch_page("pages/how_it_works.py").run()
    assert app.session_state[queue.KEPT] == {}


@pytest.mark.parametrize("size", [queue.KEPT_BYTES + 1])
def test_large_file_is_not_held(size, monkeypatch):
    monkeypatch.setattr(queue, "KEPT_BYTES", 10)
    assert drop(CLEAR, "invoices.csv").session_state[queue.KEPT] == {}

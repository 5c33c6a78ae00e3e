"""The start page when a file of several tables comes again, whole or in part: said once, and nothing of it is lost."""

from __future__ import annotations

import io
import zipfile

import openpyxl

from tests.ui.conftest import open_page, read
from tests.ui.test_start import decisions
from vitals.ui.start import queue

LINES = b"client,invoiced_on,amount,item\nBirch,2025-10-03,120.00,Seats\n"
TICKETS = b"ticket_id,client,created_at\n1,Birch,2025-10-03\n"
SHEETS = {
    "Tickets": [("ticket_id", "client", "created_at"), ("1", "Birch", "2025-10-03")],
    "Time": [("entry_id", "client", "technician", "worked_on", "hours"), ("1", "Birch", "Ana", "2025-10-03", 2)],
}


def workbook() -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    made.remove(made.active)
    for name, rows in SHEETS.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(out)
    return out.getvalue()


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(f"{name}.csv", data)
    return out.getvalue()


def dropped(*files: tuple[str, bytes]):
    app = open_page("start")
    for name, data in files:
        app.file_uploader[0].upload(name, data, "application/octet-stream")
        app.run()
        assert not app.exception
    return app


def test_workbook_of_two_tables_that_comes_again_is_said_once():
    app = dropped(("both.xlsx", workbook()), ("both.xlsx", workbook()))
    assert sorted(decisions(app)) == ["accept", "accept", "repeat", "repeat"]
    assert read(app).count("Nothing new") == 1
    assert "both.xlsx: already loaded; nothing changed" in read(app)
    assert "What does it hold?" not in [box.label for box in app.selectbox]


def test_history_counts_and_offers_only_what_can_be_taken_back():
    again = LINES.replace(b"120.00", b"120.0")
    app = dropped(("lines.csv", LINES), ("lines.csv", LINES), ("again.csv", again), ("tickets.csv", TICKETS))
    assert "History: 4 loads, 2 of which can be taken back" in read(app)
    app.session_state["loads"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run().button(key="undo_load").click().run()
    assert "History: 4 loads, 1 of which can be taken back" in read(app)
    found = next(frame.value for frame in app.dataframe if "state" in frame.value)
    assert list(zip(found["file_name"], found["state"], strict=True)) == [
        ("lines.csv", "In use"), ("tickets.csv", "Taken back"), ("again.csv", "Nothing new"),
        ("lines.csv", "Nothing new"),
    ]  # fmt: skip
    app.session_state["loads"] = {"selection": {"rows": [2], "columns": [], "cells": []}}
    app.run()
    assert "undo_load" not in [button.key for button in app.button]
    assert "again.csv brought nothing that was not loaded before" in read(app)


def test_table_of_a_zip_that_was_loaded_before_is_named_beside_the_new_one():
    app = dropped(("lines.csv", LINES), ("export.zip", archive(lines=LINES, tickets=TICKETS)))
    assert sorted(decisions(app)) == ["accept", "accept", "repeat"]
    assert "export.zip, lines.csv: already loaded; nothing changed" in read(app)
    assert "What does it hold?" not in [box.label for box in app.selectbox]


def test_dismissing_a_repeat_leaves_the_loaded_tables_of_its_file():
    app = dropped(("lines.csv", LINES), ("export.zip", archive(lines=LINES, tickets=TICKETS)))
    app.button(key="dismiss_repeat_export.zip").click().run()
    assert not app.exception
    assert decisions(app) == ["accept", "accept"]
    assert "export.zip" in app.session_state[queue.KEPT]

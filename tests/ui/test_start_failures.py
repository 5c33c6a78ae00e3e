"""A load that fails in a way nobody foresaw refuses its own file: the others load, and the page goes on."""

from __future__ import annotations

import html
import json
import logging
import re

import duckdb
import pytest
import streamlit as st

from tests.ui.conftest import open_page, read
from vitals import workspace
from vitals.ui.start import queue

SECRET = "Zanzibar Orchid Holdings"
GOOD = f"client,invoiced_on,amount,item\n{SECRET},2025-10-03,120.00,Seats\n".encode()
TICKETS = b"ticket_id,client,opened_at,hours\nT1,Acme,2025-03-14 09:15,1.5\n"
HUGE = b"client,invoiced_on,amount,item\n" + b'Acme,2025-10-03,"99,999,999,999,999.99",Seats\n' * 101


def dropped(**files: bytes):
    """The start page after files were dropped on it together."""
    app = open_page("start")
    uploader = app.file_uploader[0]
    for name, data in files.items():
        uploader.upload(name.replace("__", "."), data, "text/csv")
    app.run()
    assert not app.exception
    return app


def came(app) -> dict[str, str]:
    return {report.file: report.decision for report in app.session_state[queue.REPORTS]}


@pytest.fixture
def failing(monkeypatch):
    """Let whatever holds a file of a name fail with an error."""

    def fails(name: str, error: BaseException) -> None:
        real = workspace.load_files

        def load_files(con, files, *said, **more):
            if any(file.name == name for file in files):
                raise error
            return real(con, files, *said, **more)

        monkeypatch.setattr(workspace, "load_files", load_files)

    return fails


def test_any_error_refuses_its_file_alone(failing, caplog):
    failing("bad.csv", ValueError(f"{SECRET} is no number"))
    with caplog.at_level(logging.ERROR):
        app = dropped(good__csv=GOOD, bad__csv=GOOD, tickets__csv=TICKETS)
    assert came(app) == {"good.csv": "accept", "bad.csv": "refuse", "tickets.csv": "accept"}
    assert app.session_state[queue.QUEUE] == []
    (reference,) = re.findall(r"reference (\w{8})", read(app))
    assert reference in caplog.text and "ValueError at test_start_failures.py" in caplog.text
    assert SECRET not in caplog.text


def test_files_that_come_later_load(failing):
    failing("bad.csv", RuntimeError())
    app = dropped(bad__csv=GOOD)
    assert came(app) == {"bad.csv": "refuse"}
    app.file_uploader[0].upload("good.csv", GOOD, "text/csv")
    app.run()
    assert came(app) == {"good.csv": "accept"}


@pytest.mark.parametrize("error", [MemoryError(), duckdb.OutOfMemoryException("no memory")])
def test_what_is_too_large_for_the_memory_is_sent_to_the_command_line(failing, error):
    failing("bad.csv", error)
    said = read(dropped(bad__csv=GOOD))
    assert "bad.csv is too large for the memory of a session" in said
    assert "python -m vitals load" in said


@pytest.mark.usefixtures("in_earnest")
def test_very_large_amounts_harm_no_other_file():
    app = dropped(huge__csv=HUGE, tickets__csv=TICKETS)
    assert came(app)["tickets.csv"] == "accept"
    assert app.session_state[queue.QUEUE] == []
    app.switch_page("pages/client_margin.py").run()
    assert not app.exception


ODD = {
    "deep": '{"columns":' * 100_000 + "{}" + "}" * 100_000,
    "deep list": json.dumps({"columns": {"client": "client"}})[:-1] + ',"units":' + "[" * 900 + "]" * 900 + "}",
    "deep source": '{"columns":{"client":' + '{"join":[' * 300 + '"client"' + "]}" * 300 + "}}",
    "rules": '{"columns":{"client":"client"},"rules":["x"]}',
}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_mapping_harms_no_other_file(odd):
    app = dropped(t__csv=GOOD, t__csv__mapping__json=ODD[odd].encode(), tickets__csv=TICKETS)
    assert came(app)["tickets.csv"] == "accept"
    assert app.session_state[queue.QUEUE] == []
    assert "RecursionError" not in html.unescape(read(app))


def test_what_is_dropped_at_once_is_capped_in_total(monkeypatch):
    """Several large files together: what is over the cap is let go of, in one sentence that names the command line."""
    monkeypatch.setattr(queue, "most_at_once", lambda: len(GOOD) + 1)
    app = dropped(good__csv=GOOD, tickets__csv=TICKETS, more__csv=TICKETS)
    assert came(app) == {"good.csv": "accept"}
    assert "tickets.csv, more.csv were not taken" in html.unescape(app.error[0].value)
    assert "python -m vitals load" in read(app)
    app.file_uploader[0].upload("tickets.csv", TICKETS, "text/csv")
    app.run()
    assert came(app) == {"good.csv": "accept", "tickets.csv": "accept"}
    assert not app.error


def test_two_files_of_the_largest_size_may_come_at_once():
    assert queue.most_at_once() == 2 * st.get_option("server.maxUploadSize") * 1024**2

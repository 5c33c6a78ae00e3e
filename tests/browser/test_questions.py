"""Files that ask something, each answered on the screen as its user would: what comes of it is what is right."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.browser.chromium import Tab
from tests.browser.journeys import FILED, SLOWEST_LOAD, parcel
from tests.browser.server import started
from tests.test_cases import CASES, FOLDER, OWN, RECOGNISED, Case
from vitals.ui.start.questions import answer_word

ASKING = [case for case in [*CASES, *RECOGNISED, *OWN] if case.answers and not case.asked]

OVERHEARD = """
import json, pathlib
from vitals import workspace
load_files, asked, told = workspace.load_files, pathlib.Path({asked!r}), pathlib.Path({told!r})
def overheard(con, *files, **said):
    found = load_files(con, *files, **said)
    rows = dict((sql, [row[0] for row in con.execute(sql).fetchall()]) for sql in json.loads(asked.read_text()))
    reasons = dict(item for report in found for item in report.reasons.items())
    told.write_text(json.dumps(dict(rows=rows, reasons=reasons)))
    return found
workspace.load_files = overheard
"""
"""Tells what the queries of a case give in the session's own database, which no browser sees."""


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory):
    """One visitor, who comes with file after file; where the queries are asked, and where their rows are told."""
    folder = tmp_path_factory.mktemp("overheard")
    asked, told = folder / "asked.json", folder / "told.json"
    before = OVERHEARD.format(asked=str(asked), told=str(told))
    with started(before=before) as (url, _), chromium.tab(browser, url) as visitor:
        yield visitor, asked, told


def _drop(tab: Tab, file: str) -> None:
    # a visit anew: what the file before brought would be among its figures
    tab.open()
    tab.part("stFileUploaderDropzoneInput").first.set_input_files([parcel(file, (FOLDER / file).read_bytes())])
    _came(tab, file, "Waiting for you")


def _came(tab: Tab, file: str, *badges: str) -> None:
    """Wait until a file has the line that says so."""
    tab.page.wait_for_function(FILED, arg=[[file], list(badges)], timeout=SLOWEST_LOAD)
    tab.settle()


def _answer(tab: Tab, file: str, answer: str) -> None:
    name, _, word = answer.partition("=")
    # a column's number stands before its caption
    words = re.compile(rf"^{re.escape(answer_word(name, word))}(, .+)?$")
    tab.part("stRadio").get_by_text(words).first.click()
    tab.settle()
    tab.button("Load with this answer").click()
    _came(tab, file, "Loaded", "Loaded in part")


def test_every_case_that_asks_is_among_them():
    asked = {case.files for case in [*CASES, *RECOGNISED, *OWN] if case.asked}
    assert asked <= {case.files for case in ASKING}
    assert all(len(case.files) == len(case.answers) == 1 for case in ASKING)


@pytest.mark.parametrize("case", ASKING, ids=lambda case: case.files[0])
def test_question_is_answered_on_the_screen(desk: tuple[Tab, Path, Path], case: Case) -> None:
    tab, asked, told = desk
    asked.write_text("[]")
    _drop(tab, case.files[0])
    assert tab.failures == []
    assert tab.button("Load with this answer").is_disabled(), "nothing is chosen beforehand"
    assert "It waits for an answer." in tab.text
    asked.write_text(json.dumps(list(case.found)))
    _answer(tab, case.files[0], case.answers[0])
    found = json.loads(told.read_text())
    assert found["rows"] == {sql: right if isinstance(right, list) else [right] for sql, right in case.found.items()}
    assert not case.reasons or found["reasons"] == case.reasons
    assert tab.failures == []

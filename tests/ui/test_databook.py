"""The page of the data book: what waits for which export, and whose names the files hide."""

from __future__ import annotations

import io

import pytest

from tests.ui.conftest import open_page, read
from vitals import warehouse
from vitals.exports.book import book
from vitals.ui import databook
from vitals.ui.page import contents
from vitals.ui.page.filters import NO_PERIOD
from vitals.ui.words import books


def _state(wants: str = "", is_empty: bool = False) -> books.SheetState:
    return books.SheetState("14 Contracts", "How firmly", wants, is_empty)


def test_a_sheet_says_what_it_waits_for():
    said = [_state().said, _state("agreements").said, _state("agreements", is_empty=True).said]
    assert said == ["Its exports are loaded", "Filled in part: load agreements", "Empty: load agreements"]
    assert books.ready([_state(), _state()]).endswith("no export is missing.")
    assert "2 sheets; 1" not in books.ready([_state(), _state("agreements")])
    assert "1 sheet would say more" in books.ready([_state(), _state("agreements")])


def test_sheets_wait_for_what_their_queries_need(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(contents, "missing", lambda needs: [need for need in needs if need == "agreements"])
    found = {sheet.name: sheet.said for sheet in databook.sheets()}
    assert found["14 Contracts"] == "Empty: load agreements"
    assert found["3 Revenue by class"] == "Its exports are loaded"


def test_technicians_are_hidden_at_first_and_the_key_is_offered_while_anybody_is(results):
    app = open_page("databook")
    assert [toggle.value for toggle in app.toggle] == [True, False]
    assert "Not in exports" in " ".join(app.dataframe[0].value["Sheet"])
    app.toggle[0].set_value(False).run()
    assert app.get("download_button")[1].proto.disabled
    assert "workbook" in read(app)
    # the book leaves out what its queries leave out
    left = next(item.label for item in app.expander if item.label.startswith("What this leaves out"))
    assert " 0 rows" not in left


def test_the_files_are_of_the_period_and_of_the_names_chosen(monkeypatch: pytest.MonkeyPatch):
    asked = []
    monkeypatch.setattr(book, "make", lambda con, **said: asked.append(said) or book.Made(b"PK", b""))
    monkeypatch.setattr(warehouse, "rows", lambda con, name: [])
    assert databook._made(NO_PERIOD, ["client"], io.BytesIO()) == b"PK"
    assert asked == [{"month_from": NO_PERIOD.month_from, "month_to": NO_PERIOD.month_to, "masks": ["client"]}]
    assert databook._key(["client"], io.BytesIO()).startswith(b"\xef\xbb\xbf")

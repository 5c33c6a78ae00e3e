"""Names that look alike: side by side with where each stands, merged either way, and each decision taken back."""

from __future__ import annotations

from tests.ui.conftest import open_page, read
from tests.ui.test_start import drop
from vitals.ui.start import names

LINES = b"client,invoiced_on,amount\nAcme Dental Ltd,2025-10-03,120.00\nACME Dental,2025-10-28,80.00\n"


def press(app, key: str):
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_both_names_stand_side_by_side_with_their_evidence(results):
    said = read(open_page("start"))
    assert "12 time entries (**time**.csv)" in said
    assert "140 invoice lines (invoices.csv); 1 client (clients.csv)" in said
    assert "12.0 h, Jan 2025 to Nov 2025" in said.replace("\N{NO-BREAK SPACE}", " ")
    assert "Not in the clients file" in said


def test_decisions_are_listed_as_the_files_spell_them(results):
    said = read(open_page("start"))
    assert "B$rch$ counts as Birch." in said
    assert "Oak and **Oak** Ltd are two." in said


def test_names_are_merged_towards_the_one_that_is_chosen_and_taken_apart():
    app = press(drop(LINES, "lines.csv"), "other_0")
    assert "ACME Dental counts as Acme Dental Ltd." in read(app)
    assert "Are these the same?" in read(press(app, "back_0"))


def test_name_that_ends_in_a_full_stop_is_given_no_other():
    assert (names.ended("Acme Manufacturing, Inc."), names.ended("Acme")) == ("Acme Manufacturing, Inc.", "Acme.")


def test_names_that_are_two_can_be_asked_about_again():
    app = press(drop(LINES, "lines.csv"), "two_0")
    assert "ACME Dental and Acme Dental Ltd are two." in read(app)
    assert "Are these the same?" not in read(app)
    assert "Are these the same?" in read(press(app, "back_0"))


HOURS = b"worked_on,technician,client,hours\n2025-10-03,Ann,Our MSP,3\n2025-10-03,Ann,Acme Dental Ltd,2\n"


def test_a_name_without_invoices_may_be_called_ones_own_and_taken_back():
    app = drop(HOURS, "time.csv")
    app.file_uploader[0].upload("lines.csv", LINES, "text/csv")
    app.run()
    assert "Is one of these you?" in read(app)
    app = press(app, "own_0")
    assert "Our MSP is your own company: its hours are internal." in read(app)
    assert "Is one of these you?" not in read(app)
    assert "Is one of these you?" in read(press(app, "not_own_0"))


def test_a_client_with_a_tier_is_not_asked_whether_it_is_ones_own():
    app = drop(HOURS, "time.csv")
    for name, rows in (
        ("lines.csv", LINES),
        ("clients.csv", b"client,service_tier\nOur MSP,Gold\nAcme Dental Ltd,Gold\n"),
    ):
        app.file_uploader[0].upload(name, rows, "text/csv")
        app.run()
    assert "clients.csv" in read(app)
    assert "Is one of these you?" not in read(app)


def test_who_may_be_another_spelling_is_asked_that_before_whether_it_is_ones_own():
    app = drop(HOURS.replace(b"Our MSP", b"Acme Dental LLC"), "time.csv")
    app.file_uploader[0].upload("lines.csv", LINES, "text/csv")
    app.run()
    said = read(app)
    assert "Are these the same?" in said
    assert "Is one of these you?" not in said
    # no list of clients is loaded that either could be missing from
    assert "the clients file" not in said

"""A file with captions that nobody knows: what it holds is said on the start page, and it is loaded."""

from __future__ import annotations

import pytest

from tests.ui.conftest import read, words
from tests.ui.test_start import decisions, drop
from vitals.contract import entities
from vitals.ui.page.safe import md
from vitals.ui.start import mapping, queue

FOREIGN = b"Kunde,Wann,Wieviel,Wieviel\nBirch,2025-10-03,3,1\n**Alder**,2025-10-04,5,2\n"
LINES = entities()["invoice_lines"]


def select(app, name: str):
    return next(box for box in app.selectbox if box.key.endswith(name))


@pytest.fixture
def as_invoices():
    app = drop(FOREIGN, "foreign.csv")
    assert decisions(app) == ["refuse"]
    return app.selectbox(key="holds_foreign.csv").set_value("invoice_lines").run()


def test_every_kind_of_rows_is_offered_and_none_is_chosen():
    box = drop(FOREIGN, "foreign.csv").selectbox(key="holds_foreign.csv")
    assert (box.value, box.options) == (None, [entity.label for entity in entities().values()])


def test_file_that_waits_for_its_columns_is_not_called_refused():
    said = read(drop(FOREIGN, "foreign.csv"))
    assert "Columns to be named" in said and "Refused" not in said
    assert "1 file waits until you say what is in which column." in said


def test_captions_come_with_cells(as_invoices):
    assert not as_invoices.exception
    assert select(as_invoices, "_amount").options == [
        "Kunde: Birch · **Alder**", "Wann: 2025-10-03 · 2025-10-04", "Wieviel (column 3): 3 · 5",
        "Wieviel (column 4): 1 · 2",
    ]  # fmt: skip


def test_chosen_columns_are_loaded(as_invoices):
    app = as_invoices
    assert app.button(key="load_as_foreign.csv").disabled
    for name, place in {"client": 0, "invoiced_on": 1, "amount": 2}.items():
        select(app, f"_{name}").set_value(place)
    app.run().button(key="load_as_foreign.csv").click().run()
    assert not app.exception
    (report,) = app.session_state[queue.REPORTS]
    assert (report.decision, report.entity, report.money_loaded) == ("accept", "invoice_lines", 8)


def test_wrong_choice_can_be_corrected(as_invoices):
    app = as_invoices
    for name, place in {"client": 0, "invoiced_on": 0, "amount": 2}.items():
        select(app, f"_{name}").set_value(place)
    app.run().button(key="load_as_foreign.csv").click().run()
    assert not app.exception
    assert "accept" not in decisions(app)


def test_letters_are_asked_about_before_the_columns_are_shown():
    names = "Kontrahent,Kiedy,Kwota\nŁódź Księgowość,2025-10-03,3\nZając i Żuraw,2025-10-04,5\n"
    app = drop(names.encode("cp1250"), "lista.csv")
    assert decisions(app) == ["ask"] and "Which columns" not in read(app) and "£ódŸ" in read(app)
    app.radio(key="ask_lista.csv_encoding").set_value("cp1250").run().button(key="answer_lista.csv").click().run()
    (report,) = app.session_state[queue.REPORTS]
    assert not app.exception and decisions(app) == ["refuse"]
    assert report.columns.rows[0][0] == "Łódź Księgowość"
    app.selectbox(key="holds_lista.csv").set_value("invoice_lines").run()
    for name, place in {"client": 0, "invoiced_on": 1, "amount": 2}.items():
        select(app, f"_{name}").set_value(place)
    app.run().button(key="load_as_lista.csv").click().run()
    (report,) = app.session_state[queue.REPORTS]
    assert (report.decision, report.columns.samples[0][0]) == ("accept", "Łódź Księgowość")


def test_file_without_a_table_offers_nothing_but_to_dismiss_it():
    app = drop(b"", "empty.csv")
    assert [box.key for box in app.selectbox if str(box.key).startswith("holds")] == []
    app.button(key="dismiss_empty.csv").click().run()
    assert decisions(app) == []
    assert "empty" not in words(app)


def test_known_captions_are_chosen_already():
    assert mapping.likely(LINES.column("amount"), ["x", " Net ", "Amount"]) == 1
    assert mapping.likely(LINES.column("amount"), ["x"]) is None


def test_foreign_file_stays_when_the_page_is_left():
    app = drop(FOREIGN, "foreign.csv")
    app.switch_page("pages/how_it_works.py").run()
    assert "foreign.csv" in app.session_state[queue.KEPT]


TIMES = b"Ticket#,Title,Organization,Agent,Time Units,Created at,Closed at\n" + b"".join(
    b"81001,Mail,Northwind,Ana,%d.0,2026-05-13 08:00,2026-05-14 09:00\n" % minutes for minutes in range(15, 105, 15)
)


def test_what_the_values_are_nearest_to_is_chosen_beforehand():
    app = drop(TIMES, "times.csv")
    assert decisions(app) == ["refuse"]
    assert app.selectbox(key="holds_times.csv").value == "time_entries"
    assert {name: select(app, f"_{name}").value for name in ("hours", "technician", "worked_on")} == {
        "hours": 4, "technician": 3, "worked_on": None,
    }  # fmt: skip


def test_first_five_rows_are_shown_and_a_greyed_button_says_what_it_waits_for():
    app = drop(TIMES, "times.csv")
    (rows,) = [frame.value for frame in app.dataframe if "Time Units" in frame.value.columns]
    assert rows["Time Units"].tolist() == ["15.0", "30.0", "45.0", "60.0", "75.0"]
    assert app.button(key="load_as_times.csv").disabled
    assert md("It waits for a column for: the day of the work.") in [note.value for note in app.caption]

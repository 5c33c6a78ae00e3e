"""Other columns for a table that is loaded: in its place or not at all, without touching the file's other tables."""

from __future__ import annotations

import io

import openpyxl

from tests.ui.conftest import read
from tests.ui.test_start import drop
from tests.ui.test_start_questions import asked, load
from vitals.ui.page import session
from vitals.ui.start import questions, queue

TICKETS = [("ticket_id", "client", "opened_at"), (1, "Birch", "2025-10-03"), (2, "Birch", "2025-10-04")]
LINES = [
    ("client", "invoiced_on", "special", "amount", "sold_on"),
    ("Birch", "2025-10-03", 100, 120, "03/04/2025"),
    ("Birch", "2025-10-05", 10, 12, "05/06/2025"),
]


def book(**sheets) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def remapped(app, columns):
    """What the button under the changed mapping of the invoices does."""
    report = next(item for item in app.session_state[queue.REPORTS] if item.entity == "invoice_lines")
    held = app.session_state[queue.KEPT][report.file]
    mapping = {"entity": "invoice_lines", "columns": {"client": "client", "invoiced_on": "invoiced_on"}}
    told = {**held.answers, "which_sheets": report.table} if report.table else held.answers
    app.session_state[queue.QUEUE] = [
        queue.replace(held, columns=columns, mapping=mapping, answers=told, replaces=report.load_id)
    ]
    app.run()
    assert not app.exception
    return app


def reports(app):
    return {item.entity: item for item in app.session_state[queue.REPORTS]}


def in_use(app):
    con = app.session_state[session.CONNECTION]
    return con.execute("select entity, load_id from raw.loads where undone_at is null order by load_id").fetchall()


def test_one_table_of_a_workbook_is_loaded_anew_and_the_other_stays():
    app = drop(book(Tickets=TICKETS, **{"Invoices, all": LINES}), "two.xlsx")
    assert in_use(app) == [("tickets", 1), ("invoice_lines", 2)]
    app = remapped(app, {"amount": 3})
    assert in_use(app) == [("tickets", 1), ("invoice_lines", 3)]
    # 100 + 10 of the column "special"
    assert reports(app)["invoice_lines"].money_loaded == 110
    assert reports(app)["tickets"].load_id == 1
    assert "was left out" not in read(app)


def test_load_stays_while_what_would_replace_it_is_asked_about():
    app = drop(book(Invoices=LINES), "lines.xlsx")
    app = remapped(app, {"amount": 3, "service_from": 5})
    assert in_use(app) == [("invoice_lines", 1)]
    assert "Loaded" in read(app) and "2 rows wait for your answer" in read(app)
    app = load(asked(app, "day_or_month_first").set_value("dmy").run())
    assert in_use(app) == [("invoice_lines", 2)]
    assert [item.money_loaded for item in app.session_state[queue.REPORTS]] == [110]


def test_load_stays_if_what_would_replace_it_is_refused():
    app = remapped(drop(book(Invoices=LINES), "lines.xlsx"), {"amount": "No such column"})
    assert in_use(app) == [("invoice_lines", 1)]
    said = read(app)
    assert "2 invoice lines are loaded, through " in said
    assert ". 1 file waits until you say what is in which column." in said


def test_column_to_choose_is_named_by_its_caption():
    lines = [("client", "invoiced_on", "net", "amount"), ("Birch", "2025-10-03", 100, 120)]
    radio = asked(drop(book(Invoices=lines), "lines.xlsx"), "which_column_is_amount")
    assert radio.options == ["Column 3, net", "Column 4, amount"]
    assert questions.gives("Column 3", "column 3, sum 100.00") == "sum 100.00"

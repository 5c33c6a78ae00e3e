"""Questions of the start page: answered once for each file, currencies by rates, and told as the file says it."""

from __future__ import annotations

import html
import io

import openpyxl
import pytest

from tests.test_cases import ALIKE, FOLDER
from tests.ui.conftest import own, read
from tests.ui.test_start import UNCLEAR, decisions, drop
from vitals.ingest.files.encoding import SAID
from vitals.ui.page.safe import WORD_JOINER
from vitals.ui.start import questions, queue

MIXED = "client,invoiced_on,amount\nBirch,2025-10-03,$100.00\nAlder,2025-10-28,€200.00\n".encode()
LINES = (("client", "invoiced_on", "amount"), ("Birch", "2025-10-03", 100), ("Alder", "2025-10-04", 50))


def book(*sheets: str) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, name in enumerate(sheets):
        sheet = made.create_sheet(name)
        for row in LINES:
            sheet.append([cell + number if isinstance(cell, int) else cell for cell in row])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def asked(app, name: str):
    return next(radio for radio in app.radio if radio.key.endswith(name))


def load(app):
    next(button for button in app.button if button.key.startswith("answer_")).click().run()
    assert not app.exception
    return app


def test_workbook_with_two_alike_sheets_is_asked_once_and_named_as_written():
    app = drop(book("Jan", "Feb MIXED"), "book.xlsx")
    assert decisions(app) == ["ask", "ask"]
    assert "1 file waits for your answer." in read(app)
    assert read(app).count("book.xlsx: 4 rows wait for your answer.") == 1
    radio = asked(app, "which_sheets")
    assert radio.options == ["Jan", "Feb MIXED", "All of them"]
    load(radio.set_value("Feb MIXED").run())
    # 101 and 51: the second sheet's own amounts
    assert [report.money_loaded for report in app.session_state[queue.REPORTS]] == [152]


def test_tables_of_one_file_are_told_apart():
    app = drop(book("Jan", "Feb"), "book.xlsx")
    load(asked(app, "which_sheets").set_value("all").run())
    lines = [box.label for box in app.expander if "loaded" in box.label]
    assert ["Jan&#58;" in lines[0], "Feb&#58;" in lines[1]] == [True, True]


def test_currencies_are_turned_into_one_by_rates_from_the_screen():
    app = drop(MIXED, "lines.csv")
    radio = asked(app, "currency")
    assert radio.options[:2] == ["Only &#36;", "Only EUR"]
    assert "1 row, amounts add up to 200&#46;00" in radio.proto.captions[1]
    app = radio.set_value("rates:$:1,EUR:RATE").run()
    assert next(button for button in app.button if button.key.startswith("answer_")).disabled
    load(app.number_input[0].set_value(1.08).run())
    # 100 + 200 x 1.08
    assert [report.money_loaded for report in app.session_state[queue.REPORTS]] == [316]


def test_file_in_another_currency_than_the_workspace_is_turned_by_a_rate_from_the_screen():
    app = drop(MIXED.replace("€200.00".encode(), b"$50.00"), "dollars.csv")
    pounds = "client,invoiced_on,amount\nBirch,2025-10-03,£10.00\nAlder,2025-10-28,£20.00\n".encode()
    app.file_uploader[0].upload("pounds.csv", pounds, "text/csv")
    app.run()
    asked(app, "currency").set_value("rates:$:1,GBP:RATE").run()
    button = next(item for item in app.button if item.key.startswith("answer_"))
    assert [field.label for field in app.number_input] == ["1 GBP in $"] and button.disabled
    load(app.number_input[0].set_value(1.25).run())
    # 100 + 50 before; (10 + 20) x 1.25
    assert sorted(report.money_loaded for report in app.session_state[queue.REPORTS]) == [37.5, 150]


def test_file_of_which_no_row_counts_is_not_called_loaded():
    app = drop("client,invoiced_on,amount\nBirch,2025-10-03,£100.00\n".encode(), "pounds.csv")
    app.file_uploader[0].upload("euros.csv", "client,invoiced_on,amount\nBirch,2025-10-03,€9.50\n".encode(), "text/csv")
    load(asked(app.run(), "currency").set_value("keep:GBP").run())
    (line,) = [box.label for box in app.expander if "euros" in box.label]
    said = html.unescape(line).replace(WORD_JOINER, "")
    assert "Nothing loaded" in said and "Loaded" not in said
    assert "euros.csv: none of its rows counts, 1 in another currency." in said


@pytest.mark.parametrize(
    ("base", "rates", "answer"),
    [
        ("EUR", {"USD": 0.92}, "rates:EUR:1,USD:0.92"),
        ("USD", {"JPY": 1e-05, "GBP": 1.25}, "rates:USD:1,JPY:0.00001,GBP:1.25"),
        ("USD", {"JPY": None, "GBP": 1.25}, None),
    ],
)
def test_rates_are_written_as_the_command_line_takes_them(base, rates, answer):
    assert questions.written_rates(base, rates) == answer


@pytest.mark.parametrize(
    ("question", "answer", "word"),
    [
        ("currency", "keep:CAD", "Only CAD"),
        ("which_sheets", "hours MAY", "hours MAY"),
        ("which_column_is_amount", "4", "Column 4"),
        ("day_or_month_first", "dmy", "Day first"),
        ("replace_invoice", "add", "Add"),
        ("months_paid_for", "5", "Column 5"),
        ("months_paid_for", "one", "One month"),
        ("amount_holds_tax", "yes", "Yes"),
    ],
)
def test_answers_are_told_in_words(question, answer, word):
    assert questions.answer_word(question, answer) == word


def test_what_an_answer_gives_does_not_say_the_answer_again():
    assert questions.gives("Day first", "day first: 6 rows") == "6 rows"
    assert questions.gives("Yes", "6 rows are loaded") == "6 rows are loaded"


@pytest.mark.parametrize("case", [case for case in ALIKE if case.answers], ids=lambda case: " ".join(case.answers))
def test_questions_of_a_kind_that_is_answered_in_a_browser_with_another_file(case):
    [file], [answer] = case.files, case.answers
    name, _, word = answer.partition("=")
    app = drop((FOLDER / file).read_bytes(), file)
    assert asked(app, name).value is None and app.button(key=f"answer_{file}").disabled
    assert "It waits for an answer." in read(app)
    load(asked(app, name).set_value(word).run())
    for sql, right in case.found.items():
        rows = [row[0] for row in own(app).execute(sql).fetchall()]
        assert rows == (right if isinstance(right, list) else [right]), sql
    [report] = app.session_state[queue.REPORTS]
    assert not case.reasons or report.reasons == case.reasons


def test_classes_say_what_credit_notes_take_off():
    lines = b"1,2026-03-02,Birch,Invoice,Seats,1000\n2,2026-03-09,Birch,Credit Note,Seats,200\n"
    app = drop(b"Invoice Number,Invoice Date,Customer,Type,Item,Amount\n" + lines, "lines.csv")
    said = read(app)
    # the file adds up to 1,200; as revenue it is 1,000 less 200
    assert "$1,200.00 of $1,200.00" in said
    assert "Credit notes of $200.00 are taken off these amounts; their file may add them up." in said
    plain = drop(b"Invoice Number,Invoice Date,Customer,Item,Amount\n1,2026-03-02,Birch,Seats,1000\n", "plain.csv")
    assert "Credit notes" not in read(plain)


def test_readers_of_the_screen_hear_the_question_and_not_its_signs():
    app = drop(UNCLEAR, "lines.csv")
    assert (
        asked(app, "day_or_month_first").label
        == "Every date reads both as day/month and as month/day. Which comes first?"
    )


def test_asked_file_shows_what_its_columns_would_be_read_as():
    app = drop(UNCLEAR, "lines.csv")
    assert any("would be read as what" in box.label for box in app.expander)


def test_mapping_that_is_to_be_confirmed_can_be_changed_in_sight():
    app = drop(b"Client,Invoice Date,Total\nAcme,2025-03-01,120\n", "lines.csv")
    assert asked(app, "confirm_mapping").options == ["Yes"]
    (box,) = [box for box in app.expander if "would be read as what" in box.label]
    assert box.label.startswith("No, change it") and box.proto.expanded


def test_invoice_that_comes_again_says_what_each_answer_gives():
    head = b"invoice_number,client,invoiced_on,amount\n"
    app = drop(head + b"7,Birch,2025-10-03,100\n7,Birch,2025-10-03,20\n", "old.csv")
    app.file_uploader[0].upload("new.csv", head + b"7,Birch,2025-10-03,130\n", "text/csv")
    radio = asked(app.run(), "replace_invoice")
    assert radio.label == "Invoice 7 is loaded already with other lines. Replace or add?"
    said = read(app) + html.unescape(" ".join(radio.proto.captions))
    # 100 + 20 before, 130 now
    assert "120.00 together) no longer count, these (130.00) do" in said
    assert "at most 250.00 together" in said


def test_encodings_are_called_by_the_languages_that_they_write():
    assert {questions.answer_word("encoding", page) for page in SAID} & set(SAID) == set()
    assert questions.answer_word("encoding", "cp1250") == "Central European"

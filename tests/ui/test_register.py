"""Registers on screen: what the editor reports becomes rows, shares stand in per cent, a change can be undone."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.ui.conftest import PATIENCE
from vitals.registers import Field
from vitals.registers import register as declared
from vitals.ui.page.register import _column, edited, needed

FIELDS = [Field("name", "Name", "text"), Field("target", "Target", "percent")]
ROWS = [{"name": "a", "target": 0.5}, {"name": "b", "target": None}]


def test_changes_of_the_editor_become_rows():
    changes = {
        "edited_rows": {"1": {"target": 95}},
        "deleted_rows": [0],
        "added_rows": [{"name": "c"}, {"name": "d", "target": 12.5}],
    }
    assert edited(FIELDS, ROWS, changes) == [
        {"name": "b", "target": 0.95},
        {"name": "c"},
        {"name": "d", "target": 0.125},
    ]
    assert edited(FIELDS, ROWS, {}) == ROWS
    # what the page says of a new row goes into those that are added alone, and never over what somebody filled
    assert edited(FIELDS, ROWS, changes, {"target": 0.7})[1:] == [
        {"name": "c", "target": 0.7},
        {"name": "d", "target": 0.125},
    ]
    assert edited(FIELDS, ROWS, {}, {"target": 0.7}) == ROWS


def test_row_in_which_nothing_stands_is_no_row():
    assert edited(FIELDS, ROWS, {"added_rows": [{}, {"name": None, "target": None}]}) == ROWS


def test_text_that_only_we_write_takes_the_room_it_needs_and_leaves_a_phone_the_rest():
    def wide(name: str, column: str) -> int:
        kept = declared(name)
        field = next(field for field in kept.fields if field.name == column)
        return _column(field, [], [row[column] for row in kept.rows])["width"]

    # 16 letters, beside two columns of about a hundred pixels each; a question of a sentence is cut
    assert 100 < wide("review_sections", "section") < 160
    assert wide("checklist", "question") == 400


def test_choice_is_read_in_words_and_kept_as_it_is():
    field = next(field for field in declared("checklist").fields if field.name == "component")
    said = _column(field, [])["type_config"]["options"]
    assert {"value": "client_relationship", "label": "Client relationship"} in said


def test_what_a_row_needs_to_be_kept_is_said_by_its_labels():
    assert needed(declared("scenarios"), {}) == "Each row needs Name and Model: one without is not kept."
    # whose rows can't be added loses none; a column that the page fills in is not asked for
    assert needed(declared("checklist"), {}) == ""
    assert needed(declared("retainer_answers"), {"client": "Acme"}) == ""


def _page() -> None:
    import streamlit as st

    from vitals.ui.page import register, session

    if st.button("Write"):
        st.session_state["register_kept_queries_0"] = {"added_rows": [{"name": "Mine", "statement": "select 1"}]}
        register._keep("kept_queries", "register_kept_queries", "register_kept_queries_0", {}, {})
        del st.session_state["register_kept_queries_0"]
    register.draw("kept_queries")
    st.text(str([row["name"] for row in session.register("kept_queries")]))


def test_change_is_kept_at_once_and_can_be_undone():
    app = AppTest.from_function(_page, default_timeout=PATIENCE).run()
    assert app.text[0].value == "[]"
    assert "one without is not kept" in app.caption[0].value
    app.button[0].click().run()
    assert app.text[0].value == "['Mine']"
    assert [button.proto.label for button in app.get("download_button")] == ["CSV", "XLSX"]
    app.button(key="register_kept_queries_undo").click().run()
    assert app.text[0].value == "[]"
    assert not app.exception


def _page_of_terms() -> None:
    import streamlit as st

    from vitals.ui.page import register, session

    names = ["Acme", "Birch"]
    if st.button("Turn"):
        names.reverse()
    if st.button("Click"):
        st.session_state["register_sla_terms_0"] = {"added_rows": [{}]}
        register._keep("sla_terms", "register_sla_terms", "register_sla_terms_0", {}, {})
        del st.session_state["register_sla_terms_0"]
    register.draw("sla_terms", clients=names)
    st.text(str(len(session.register("sla_terms"))))


def test_names_to_choose_from_stay_in_their_order_while_something_is_typed():
    app = AppTest.from_function(_page_of_terms, default_timeout=PATIENCE).run()
    app.button[0].click().run()
    assert app.session_state["register_sla_terms_0_clients"] == ["Acme", "Birch"]


def test_click_into_an_empty_row_changes_nothing_and_leaves_nothing_to_undo():
    app = AppTest.from_function(_page_of_terms, default_timeout=PATIENCE).run()
    app.button[1].click().run()
    assert app.text[0].value == "0"
    assert [button.label for button in app.button] == ["Turn", "Click"]


def _page_of_notes() -> None:
    from datetime import date

    import streamlit as st

    from vitals.ui.page import register, session

    where, new = {"client": "Acme"}, {"begins_on": date(2026, 1, 1)}
    stem = "register_review_notes_Acme_2026-01-01"
    if st.button("Write"):
        st.session_state[f"{stem}_0"] = {"added_rows": [{"section": "demand", "note": "Mine"}]}
        register._keep("review_notes", stem, f"{stem}_0", where, new)
        del st.session_state[f"{stem}_0"]
    register.draw("review_notes", new=new, **where)
    st.text(str([(row["note"], str(row["begins_on"])) for row in session.register("review_notes")]))


def test_note_begins_with_the_quarter_of_its_page():
    app = AppTest.from_function(_page_of_notes, default_timeout=PATIENCE).run()
    app.button[0].click().run()
    assert app.text[0].value == "[('Mine', '2026-01-01')]"
    assert not app.exception

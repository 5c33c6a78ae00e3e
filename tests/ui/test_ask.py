"""Asking in SQL on the page: a question is answered, kept, begun from a query of ours, and fails in a sentence."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.ui.conftest import open_page, read
from vitals import warehouse
from vitals.contract import entities
from vitals.queries import all_queries
from vitals.ui.charts import answer_bars
from vitals.ui.page import contents, memory, session


def _page(monkeypatch):
    """The page on an empty workspace, which has all tables."""
    monkeypatch.setattr(contents, "missing", lambda needs: [])
    return open_page("ask")


def _asked(app, sql: str):
    app.text_area(key="ask_sql").set_value(sql)
    return app.button(key="ask_run").click().run()


def test_question_is_answered_with_rows_bars_and_files(monkeypatch):
    app = _asked(_page(monkeypatch), "select 'a' as name, 1 as n union all select '**b**', 2 order by n")
    assert "2 rows." in read(app)
    frame = app.dataframe[0].value
    assert list(frame["name"]) == ["a", "**b**"]
    assert len(app.get("plotly_chart")) == 1
    assert {"CSV", "XLSX"} <= {button.proto.label for button in app.get("download_button")}


def test_columns_of_one_name_are_both_shown(monkeypatch):
    app = _asked(_page(monkeypatch), "select 1 as n, 2 as n")
    assert list(app.dataframe[0].value.columns) == ["n", "n 2"]


def test_question_that_fails_says_why_and_the_page_stays(monkeypatch):
    app = _asked(_page(monkeypatch), "select * from metrics.nothing")
    assert "does not exist" in read(app)
    assert not app.exception
    assert "1 row." in read(_asked(app, "select 1 as one"))


def test_question_is_kept_with_the_workspace_and_offered_again(monkeypatch):
    app = _asked(_page(monkeypatch), "select 7 as seven")
    app.text_input(key="ask_name").set_value("Mine").run()
    app.button(key="ask_keep").click().run()
    box = app.selectbox(key="ask_begin")
    assert "Mine" in box.options
    app.text_area(key="ask_sql").set_value("other").run()
    app.selectbox(key="ask_begin").set_value("Mine").run()
    assert app.text_area(key="ask_sql").value == "select 7 as seven"


def test_a_kept_question_is_not_replaced_unseen_and_comes_back(monkeypatch):
    app = _page(monkeypatch)
    for statement in ("select 7 as seven", "select 8 as eight"):
        app.text_area(key="ask_sql").set_value(statement).run()
        app.text_input(key="ask_name").set_value("Mine").run()
        label = app.button(key="ask_keep").label
        app.button(key="ask_keep").click().run()
        assert "Kept as “Mine”" in read(app)
    assert label == "Replace the one of that name"
    app.button(key="ask_back").click().run()
    app.selectbox(key="ask_begin").set_value("Mine").run()
    assert app.text_area(key="ask_sql").value == "select 7 as seven"


def test_nothing_is_put_back_into_another_workspace(monkeypatch):
    app = _page(monkeypatch)
    for statement in ("select 7 as seven", "select 8 as eight"):
        app.text_area(key="ask_sql").set_value(statement).run()
        app.text_input(key="ask_name").set_value("Mine").run()
        app.button(key="ask_keep").click().run()
    assert "ask_back" in {button.key for button in app.button}
    # as if another one were open, in which nothing was kept
    app.session_state[session.CONNECTION].execute("delete from raw.kept_queries")
    app.session_state[memory.KEPT] = {}
    app.run()
    assert "ask_back" not in {button.key for button in app.button}
    assert "Kept as “Mine”" not in read(app)


def test_an_error_goes_with_the_question_that_it_was_said_of(monkeypatch):
    app = _asked(_page(monkeypatch), "drop table core.fct_tickets")
    assert "nothing can be changed here" in read(app) and "json" not in read(app)
    app.text_area(key="ask_sql").set_value("select * from core.tickets").run()
    assert "nothing can be changed here" not in read(app)
    app.button(key="ask_run").click().run()
    assert "tickets does not exist" in read(app) and "information_schema" not in read(app)


def test_every_query_of_ours_can_be_begun_from_and_runs(monkeypatch):
    app = _page(monkeypatch)
    app.selectbox(key="ask_begin").set_value("metrics.concentration").run()
    text = app.text_area(key="ask_sql").value
    assert "$month_from" not in text and not text.startswith("--")
    warehouse.connect().execute(text)


@pytest.mark.parametrize("table", ["metrics.client_margin", "raw.tickets"])
def test_every_table_tells_its_columns_with_their_types_and_meanings(monkeypatch, table):
    app = _page(monkeypatch)
    offered = set(app.selectbox(key="ask_table").options)
    assert offered == {*all_queries(), *(f"raw.{name}" for name in entities())}
    app.selectbox(key="ask_table").set_value(table).run()
    (told,) = [frame.value for frame in app.dataframe if list(frame.value.columns) == ["name", "type", "meaning"]]
    assert "client" in set(told["name"]) and told["meaning"].str.len().min() > 0


def test_bars_of_an_answer_keep_its_order_and_say_where_there_is_nothing():
    rows = pd.DataFrame({"name": ["b", "a"], "n": [2.0, -1.0]})
    assert list(answer_bars(rows, "name", "n").data[0].x) == [2.0, -1.0]
    assert not answer_bars(rows.head(0), "name", "n").data

"""Each page on canned results and on an empty workspace: no crash, its question, its answer, names verbatim."""

from __future__ import annotations

import re
from datetime import date

import pytest
from streamlit.proto.Metric_pb2 import Metric

from tests.ui import canned
from tests.ui.conftest import PAGES, open_page, read, words
from vitals import warehouse
from vitals.catalogue import number
from vitals.errors import VitalsError
from vitals.ui.page import cards, contents, failure, memory
from vitals.ui.page.safe import md
from vitals.ui.start import queue

OF_ROWS = ("rows", "ask", "diagnosis", "review_pack", "databook")
"""Pages that are a list: what they say is in their rows, or on their slides."""
WITH_DATA = [page for page in PAGES if contents.entry(page).needs]


@pytest.mark.parametrize("page", PAGES)
def test_page_answers_its_question(results, page):
    app = open_page(page)
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    assert app.header[0].value


@pytest.mark.parametrize("page", WITH_DATA)
def test_title_is_the_question_in_the_menu(results, page):
    assert open_page(page).title[0].value == contents.entry(page).question


@pytest.mark.parametrize("page", WITH_DATA)
def test_empty_page_says_what_it_needs_and_offers_the_sample(page):
    app = open_page(page)
    assert not app.exception
    assert "needs" in words(app)
    assert contents.entry(page).tells in words(app)
    assert {button.key for button in app.button} >= {"empty_load", "empty_sample"}
    assert not app.metric


def test_sample_that_another_page_offers_is_loaded_on_the_start_page(monkeypatch, tmp_path):
    (tmp_path / "lines.csv").write_text("client,invoiced_on,amount,item\nBirch,2026-01-15,1200.00,Seats\n")
    monkeypatch.setattr(queue, "SAMPLE", tmp_path)
    app = open_page("start")
    app.session_state[contents.SAMPLE] = True
    app.run()
    assert "1 invoice line is loaded" in read(app)
    assert app.button(key="sample_out")


@pytest.mark.parametrize("page", ["start", "assumptions", "how_it_works"])
def test_page_without_data_stands_anyway(page):
    app = open_page(page)
    assert not app.exception
    assert app.header[0].value


@pytest.mark.parametrize("page", PAGES)
def test_names_from_files_are_never_markup(results, page):
    """No Markdown sink gets a name as it stands; what it gets shows every letter."""
    said = words(open_page(page))
    for name in canned.EVIL:
        if name not in ("# h", "a -- b"):
            assert name not in said


@pytest.mark.parametrize("page", PAGES)
def test_numbers_are_written_for_people(results, page):
    app = open_page(page)
    shown = words(app) + " ".join(str(metric.value) for metric in app.metric)
    assert not re.search(r"\b(nan|None|NaT|inf)\b", shown)
    assert all(metric.value != "0" for metric in app.metric)


def test_missing_number_is_not_available_and_not_zero(results):
    values = {metric.label: metric.value for metric in open_page("client_margin").metric}
    assert values["Managed margin after bench"] == "n/a"


@pytest.mark.parametrize("page", WITH_DATA)
def test_every_chart_has_a_text_for_those_who_cannot_see_it(results, page):
    charts = open_page(page).get("plotly_chart")
    assert charts or page in OF_ROWS
    assert all(chart.proto.alt for chart in charts)


def test_period_comes_from_the_address(results):
    app = open_page("client_margin", period="2024")
    assert "Jan 2024 – Dec 2024" in words(app)


def test_reviews_stand_as_of_the_end_of_the_period_beside_the_age_of_the_data(results, monkeypatch):
    asked = set()

    def run(con, name, **given):
        asked.add(given.get("as_of"))
        return canned.run(con, name, **given)

    monkeypatch.setattr(warehouse, "run", run)
    monkeypatch.setattr(warehouse, "rows", lambda con, name, **given: run(con, name, **given).to_dict("records"))
    said = read(open_page("overview", period="2024"))
    # the day of a year before is that of the sample's answer
    assert asked - {None, canned.ONE["metrics.previous_day"]["as_of"]} == {date(2024, 12, 31)}
    assert "Jan 2024 – Dec 2024 · data through 30 Nov 2025" in said.replace("\xa0", " ")
    # of a source that ends in an earlier month the day is said: the hours end here two months before
    ends = {"invoices_through": date(2025, 11, 3), "labour_through": date(2025, 9, 12)}
    monkeypatch.setitem(canned.ONE, "metrics.default_period", canned.ONE["metrics.default_period"] | ends)
    said = read(open_page("overview", period="2024")).replace("\xa0", " ")
    assert "data through 30 Nov 2025, hours to 12 Sep 2025" in said and "invoices to 3" not in said
    # never later than the data goes
    asked.clear()
    assert "As of 30 Nov 2025" in read(open_page("qbr")).replace("\xa0", " ")
    assert date(2025, 11, 30) in asked


def test_months_of_choice_are_put_in_order(results):
    app = open_page("client_margin", period="Months of your choice", **{"from": "Jun 2025", "to": "Mar 2025"})
    assert "Mar 2025 – Jun 2025" in words(app)


def test_nonsense_in_the_address_falls_back_to_the_default(results):
    assert "Dec 2024 – Nov 2025" in words(open_page("client_margin", period="1 or 1=1"))


def unanswered(app):
    """The page with every query to be asked again."""
    app.session_state[memory.KEPT] = {}
    return app


def _raise(error):
    def run(*args, **kwargs):
        raise error

    return run


def test_failure_is_one_sentence_and_a_hint(results, monkeypatch):
    app = unanswered(open_page("client_margin"))
    real = warehouse.run
    failing = VitalsError("The file **x** is damaged.", "Export it again.")
    monkeypatch.setattr(
        warehouse, "run", lambda con, name, **given: real(con, name) if "contents" in name else _raise(failing)()
    )
    monkeypatch.setattr("vitals.ui.page.filters.draw", lambda page: None)
    app.run()
    assert [element.value for element in app.error] == [md("The file **x** is damaged.")]


def test_defect_is_a_reference_not_a_traceback(results, monkeypatch, caplog):
    app = unanswered(open_page("client_margin"))
    monkeypatch.delenv(failure.DEVELOPMENT)
    monkeypatch.setattr(warehouse, "rows", _raise(ZeroDivisionError("secret 4711")))
    monkeypatch.setattr("vitals.ui.page.filters.draw", lambda page: None)
    app.run()
    assert not app.exception
    assert len(app.error) == 1
    assert "secret" not in words(app)
    assert "Reference" in words(app)
    assert "ZeroDivisionError at test_pages.py" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("now", "before", "moved"),
    # from 75 % on it is as it should be: within, out of it, back into it
    [(0.78, 0.80, "off"), (0.74, 0.80, "inverse"), (0.76, 0.70, "normal")],
)
def test_a_change_within_the_benchmark_is_neither_good_nor_bad(now, before, moved):
    shown = cards.Figure(number("team_billable_utilisation"), now, before)
    assert cards._colour(shown, now < before) == moved


def test_a_fall_has_a_true_minus_sign_and_the_colour_of_its_sense(results):
    tiles = open_page("overview").metric
    falls = {tile.delta: (tile.proto.direction, tile.proto.color) for tile in tiles if "\N{MINUS SIGN}" in tile.delta}
    # 31.3 after 32.7 %, after bench
    down = (Metric.MetricDirection.DOWN, Metric.MetricColor.RED)
    assert falls == {"\N{MINUS SIGN}1.4\N{NO-BREAK SPACE}points": down}
    rises = {
        tile.proto.color
        for tile in open_page("client_margin").metric
        if tile.proto.direction == Metric.MetricDirection.UP
    }
    assert Metric.MetricColor.GREEN in rises

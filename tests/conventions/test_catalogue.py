"""The catalogue of numbers and the stable queries: what they name exists, and what is shown has an entry."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from docs import make_numbers
from tests.conventions.tree import app_code, calls, name
from vitals.catalogue import BETTER, FORMATS, numbers
from vitals.queries import all_queries, rests_on
from vitals.registers import registers
from vitals.ui.page import cards

STABLE = tomllib.loads((Path(__file__).parent / "stable.toml").read_text())["metrics"]
NUMBERS = pytest.mark.parametrize("item", numbers().values(), ids=numbers())


@NUMBERS
def test_number_is_a_column_of_its_query(item):
    assert item.query in all_queries()
    assert item.column in {column.name for column in all_queries()[item.query].columns}


@NUMBERS
def test_number_says_what_it_waits_for(item):
    # what users write down themselves waits for no file
    assert all_queries()[item.query].needs or rests_on(item.query) & {kept.table for kept in registers().values()}


@NUMBERS
def test_a_trend_has_the_number_month_by_month(item):
    if item.trend:
        columns = {column.name for column in all_queries()[item.trend].columns}
        assert {item.column, "month_start"} <= columns
        assert set(all_queries()[item.trend].grain) - {"as_of_day"} <= {*all_queries()[item.query].grain, "month_start"}


@NUMBERS
def test_a_number_shares_the_words_of_one_that_has_its_own(item):
    """And it needs another query or column: else it is the same number under two names."""
    if item.like:
        other = numbers()[item.like]
        assert not other.like
        assert (item.query, item.column) != (other.query, other.column)


def test_an_amount_and_a_share_are_called_apart():
    written: dict[str, set[str]] = {}
    for item in numbers().values():
        written.setdefault(item.label, set()).add(item.format)
    assert [label for label, forms in written.items() if len(forms) > 1] == []


@NUMBERS
def test_number_is_explained(item):
    assert item.format in FORMATS
    assert item.better in BETTER
    assert item.label
    assert len(item.formula) > 10


@NUMBERS
def test_benchmark_says_who_claims_it_and_on_what_basis(item):
    compared = item.benchmark
    if compared:
        assert compared.text
        assert compared.source
        assert compared.basis
        assert compared.low is None or compared.high is None or compared.low <= compared.high


@pytest.mark.parametrize("path", app_code(), ids=name)
def test_cards_take_names_of_the_catalogue_and_nothing_else(path):
    """So no page can hand a card a row from elsewhere: each number is asked of the query that its entry names."""
    for call in calls(path):
        if ast.unparse(call.func) == "cards.draw":
            names = ast.literal_eval(call.args[0])
            assert 1 <= len(names) <= cards.MOST_CARDS
            assert set(names) <= numbers().keys()
            assert {keyword.arg for keyword in call.keywords} <= {"notes", "over", *_asked_of(names)}


def _asked_of(names: list[str]) -> set[str]:
    """The parameters and keys of the queries that answer these numbers."""
    asked = [all_queries()[numbers()[name].query] for name in names]
    return {word for query in asked for word in (*query.params, *query.grain)}


def test_a_card_takes_no_value():
    taken = inspect.get_annotations(cards.draw, eval_str=True)
    assert taken["names"] == Sequence[str]
    assert set(taken) == {"names", "period", "notes", "over", "given", "return"}


@pytest.mark.parametrize("query", STABLE)
def test_stable_query_keeps_its_parameters_and_columns(query):
    found = all_queries()[f"metrics.{query}"]
    assert list(found.params) == STABLE[query]["params"]
    assert set(re.findall(r"\w+", STABLE[query]["columns"])) <= {column.name for column in found.columns}


@pytest.mark.parametrize("path", app_code(), ids=name)
def test_queries_named_in_code_exist(path):
    """A name such as metrics.client_margin in a page or module is a query."""
    named = set(re.findall(r"[\"']((?:metrics|checks)\.[a-z_0-9]+)[\"']", path.read_text()))
    assert named - all_queries().keys() == set()


def test_page_of_numbers_is_current():
    assert make_numbers.PAGE.read_text(encoding="utf-8") == make_numbers.page(), "run: make readme"

"""The catalogue of numbers and the stable queries: what they name exists, and what is shown has an entry."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from docs import make_numbers
from tests.conventions.tree import app_code, name
from vitals.metrics import BETTER, FORMATS, metrics
from vitals.queries import catalogue

STABLE = tomllib.loads((Path(__file__).parent / "stable.toml").read_text())["metrics"]
NUMBERS = pytest.mark.parametrize("metric", metrics().values(), ids=metrics())


@NUMBERS
def test_number_is_a_column_of_its_query(metric):
    assert metric.query in catalogue()
    assert metric.column in {column.name for column in catalogue()[metric.query].columns}


@NUMBERS
def test_number_is_explained(metric):
    assert metric.format in FORMATS
    assert metric.better in BETTER
    assert metric.label
    assert len(metric.formula) > 10


@NUMBERS
def test_benchmark_says_who_claims_it_and_on_what_basis(metric):
    compared = metric.benchmark
    if compared:
        assert compared.text
        assert compared.source
        assert compared.basis
        assert compared.low is None or compared.high is None or compared.low <= compared.high


@pytest.mark.parametrize("query", STABLE)
def test_stable_query_keeps_its_parameters_and_columns(query):
    found = catalogue()[f"metrics.{query}"]
    assert list(found.params) == STABLE[query]["params"]
    assert set(re.findall(r"\w+", STABLE[query]["columns"])) <= {column.name for column in found.columns}


@pytest.mark.parametrize("path", app_code(), ids=name)
def test_queries_named_in_code_exist(path):
    """A name such as metrics.client_margin in a page or module is a query."""
    named = set(re.findall(r"[\"']((?:metrics|checks)\.[a-z_0-9]+)[\"']", path.read_text()))
    assert named - catalogue().keys() == set()


def test_table_of_numbers_in_the_readme_is_current():
    readme = make_numbers.README.read_text()
    assert make_numbers.renewed(readme) == readme, "run: make readme"

"""The catalogue of numbers gives each its words and its benchmark."""

import pytest

from vitals.catalogue import number, numbers_of
from vitals.errors import VitalsError


def test_a_number_knows_its_column_and_its_benchmarks_basis():
    margin = number("managed_gross_margin_after_bench_pct")
    assert (margin.query, margin.column, margin.format) == (
        "metrics.company_margin",
        "managed_gross_margin_after_bench_pct",
        "percent",
    )
    assert margin.benchmark is not None
    assert margin.benchmark.low == 0.462 and "SLI" in margin.benchmark.basis
    # a profit and loss account pays the bench, too: before it no such figure stands beside
    for name in ("gross_margin_pct", "service_gross_margin_pct", "managed_gross_margin_pct"):
        assert number(name).benchmark is None


def test_the_numbers_of_a_query_come_in_the_order_of_the_catalogue():
    assert [item.name for item in numbers_of("metrics.qbr_completion")] == ["completion_pct", "mrr_weighted_pct"]


def test_a_number_that_nobody_knows_is_named():
    with pytest.raises(VitalsError, match="no number called nonsense"):
        number("nonsense")

"""What stands once: the guarded share, the keys of names, and that every workspace holds them."""

from __future__ import annotations

import duckdb
import pytest

from tests.sql.rows import day, line
from vitals import warehouse
from vitals.queries import query
from vitals.ui.words.actions import LEAST_MONTHS


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        ("1", "4", 0.25),
        ("-1", "4", -0.25),
        ("1", "0", None),
        ("1", "-4", None),
        ("1", "null", None),
        ("null", "4", None),
    ],
)
def test_a_share_of_nothing_is_missing(workspace, part, whole, share):
    assert workspace().sql(f"select share({part}, {whole})") == [(share,)]


def test_a_share_of_exact_amounts_is_a_double(workspace):
    assert workspace().sql("select typeof(share(1.25::decimal(18, 2), 5::decimal(38, 8)))") == [("DOUBLE",)]


@pytest.mark.parametrize(("part", "wanted"), [(0.25, 1.75), (0.5, 7), (0.9, 10), (0, 1), (1, 10)])
def test_a_quantile_of_counts_is_that_of_what_they_count(workspace, part, wanted):
    """Of 1, 1, 4, 10, 10, 10 and one that isn't known."""
    said = """
        with counted (value, times) as (values (4, 1), (10, 3), (1, 2), (null, 1)),
        ranked as (
            select value, sum(times) over (order by value asc nulls last) as upto,
                sum(times) filter (where value is not null) over () as whole
            from counted
        )
        select counted_quantile(value, upto, whole, {part}) from ranked"""
    assert workspace().sql(said.format(part=part)) == [(wanted,)]


def test_names_are_one_whatever_their_blanks_case_and_sharp_s(workspace):
    found = workspace().sql("select name_key(spelling(' Große \u00a0 Straße '))")
    assert found == [("grosse strasse",)]


@pytest.mark.parametrize(("written", "word"), [(" No-Show", "no_show"), ("no show", "no_show"), ("QBR", "qbr")])
def test_a_status_is_a_word_of_the_list(workspace, written, word):
    assert workspace().sql(f"select keyword('{written}')") == [(word,)]


def test_a_query_pasted_into_a_shell_on_a_workspace_runs_as_it_stands(tmp_path):
    path = tmp_path / "kept.duckdb"
    with warehouse.connect(path) as con:
        sold = line("Acme", "2026-01-30", 100)
        con.execute(
            "insert into raw.invoice_lines (load_id, row_number, client, invoiced_on, amount) values (1, 2, ?, ?, ?)",
            [sold["client"], sold["invoiced_on"], sold["amount"]],
        )
        with warehouse.transaction(con):
            warehouse.build(con)
    with duckdb.connect(str(path), read_only=True) as shell:
        months = {"month_from": day("2026-01"), "month_to": day("2026-01")}
        assert len(shell.execute(query("metrics.client_margin").sql, months).fetchall()) == 1
        assert shell.execute("select revenue from metrics.client_margin_monthly").fetchall() == [(100,)]


def test_a_workspace_built_before_the_macros_gets_them_when_it_is_opened(tmp_path):
    path = tmp_path / "kept.duckdb"
    warehouse.connect(path).close()
    with duckdb.connect(str(path)) as old:
        for (name,) in old.execute("select view_name from duckdb_views() where schema_name = 'metrics'").fetchall():
            old.execute(f"drop view metrics.{name}")
        old.execute("drop macro share")
        old.execute("drop table core.benchmark")
        old.execute("update raw.workspace set built_from = 'an earlier version'")
    with warehouse.connect(path) as con:
        assert con.execute("select share(1, 2)").fetchall() == [(0.5,)]
        assert con.execute("select low, high from core.benchmark where number = 'utilisation_net'").fetchall() == [
            (0.7, 0.8)
        ]


def test_screens_and_queries_make_a_year_of_as_many_months(workspace):
    said = f"select carries_a_year({LEAST_MONTHS - 1}), carries_a_year({LEAST_MONTHS})"
    assert workspace().sql(said) == [(False, True)]

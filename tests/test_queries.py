"""A SQL file introduces itself, and the order of building is read from the SQL."""

from pathlib import Path

import pytest

from vitals import queries
from vitals.errors import VitalsError

TEXT = """-- name: metrics.worst
-- purpose: Clients from worst to best,
--   over the chosen months.
-- grain: client_key, month_start
-- params: month_from DATE, month_to DATE
-- columns:
--   client_key   VARCHAR        client
--   revenue      DECIMAL(18,2)  earned, net of tax
--   hours        DECIMAL(38, 9) worked

with wanted as (select client_key from core.labour as labour where labour.day >= $month_from)
select wanted.client_key, (select max(late.x) from staging.clients as late) as revenue from wanted
"""


@pytest.fixture
def worst(tmp_path: Path) -> queries.Query:
    path = tmp_path / "worst.sql"
    path.write_text(TEXT)
    return queries.parse(path, "metrics.worst")


def test_the_header_is_read(worst: queries.Query) -> None:
    assert worst.purpose == "Clients from worst to best, over the chosen months."
    assert worst.grain == ("client_key", "month_start")
    assert worst.params == {"month_from": "DATE", "month_to": "DATE"}
    assert [(column.name, column.sql_type) for column in worst.columns] == [
        ("client_key", "VARCHAR"),
        ("revenue", "DECIMAL(18,2)"),
        ("hours", "DECIMAL(38, 9)"),
    ]
    assert worst.columns[1].meaning == "earned, net of tax"


def test_what_it_reads_comes_from_the_sql_not_from_the_header(worst: queries.Query) -> None:
    assert worst.reads == {"core.labour", "staging.clients"}


def test_what_every_query_reads_is_what_the_parser_finds() -> None:
    known = queries.all_queries()
    assert {name: item.reads for name, item in known.items()} == {
        name: set(queries.relations(queries.serialised(item.sql))) for name, item in known.items()
    }


def test_every_query_comes_after_those_it_reads() -> None:
    order = [item.name for item in queries.build_order()]
    assert sorted(order) == sorted(queries.all_queries())
    for item in queries.all_queries().values():
        for read in item.reads & queries.all_queries().keys():
            assert order.index(read) < order.index(item.name)


def test_downstream_follows_reads_of_reads() -> None:
    first = queries.build_order()[0]
    touched = {item.name for item in queries.downstream({first.name})}
    direct = {item.name for item in queries.all_queries().values() if first.name in item.reads}
    assert direct <= touched and first.name not in touched


def test_an_unknown_name_suggests_near_ones() -> None:
    with pytest.raises(VitalsError, match="no query named metrics.nothing"):
        queries.query("metrics.nothing")


def test_fingerprint_hangs_on_no_order(monkeypatch):
    """Sets differ in order from one process to the next: a workspace would be built anew by each."""
    kept = queries.fingerprint()
    turned = dict(reversed(queries.all_queries().items()))
    monkeypatch.setattr(queries, "all_queries", lambda: turned)
    monkeypatch.setattr(queries, "build_order", lambda: tuple(turned.values()))
    assert queries.fingerprint.__wrapped__() == kept


def test_a_table_keeps_numbers_and_titles_unpacked_and_leaves_the_rest_to_the_database():
    made = queries.query("staging.tickets").as_table
    assert "(ticket_id VARCHAR using compression uncompressed, client VARCHAR, " in made
    assert "title VARCHAR using compression uncompressed, first_response_at TIMESTAMP, " in made
    assert queries.query("core.months").as_table.startswith("create or replace table core.months as ")

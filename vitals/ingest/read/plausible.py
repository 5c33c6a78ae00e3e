"""What is readable but hard to believe about the rows of one file: loaded all the same, counted and listed."""

from __future__ import annotations

from datetime import date

import duckdb
import pyarrow as pa

from vitals.contract import Entity
from vitals.ingest.model import Match
from vitals.ingest.read.scratch import part_of

NONE = pa.schema([("row_number", pa.int64()), ("flag", pa.string()), ("detail", pa.string())])
RULES = {
    "time_entries": {
        "zero_hours": "hours = 0",
        "negative_hours": "hours < 0",
        "over_24_hours": "hours > 24",
        "technician_missing": "technician is null and $technician",
    },
    "tickets": {
        "client_missing": "client is null and $client",
        "negative_hours": "hours < 0",
        "closed_before_opened": "closed_at < opened_at or resolved_at < opened_at",
        "response_before_opened": "first_response_at < opened_at",
    },
    "time_off": {"negative_hours": "hours < 0"},
    "technicians": {"rate_zero": "hourly_cost = 0"},
}


def _rules(entity: Entity, match: Match) -> dict[str, str]:
    """Flag -> condition; a column that the file hasn't is missing from all rows, which says nothing about one."""
    rules = dict(RULES.get(entity.name, {}))
    for name in ("client", "technician"):
        is_there = "true" if name in match.columns else "false"
        rules = {flag: text.replace(f"${name}", is_there) for flag, text in rules.items()}
    happened = [column.name for column in entity.columns if column.happened and column.name in match.columns]
    if happened:
        rules["future_date"] = " or ".join(f"{name} >= $tomorrow" for name in happened)
    return rules


def implausible(con: duckdb.DuckDBPyConnection, entity: Entity, match: Match, rows: pa.Table, today: date) -> pa.Table:
    """row_number, flag and detail of the rows that are hard to believe."""
    rules = _rules(entity, match)
    if not rules:
        return NONE.empty_table()
    tests = {flag: f"({text})".replace("$tomorrow", f"(date '{today}' + 1)") for flag, text in rules.items()}
    words = ", ".join(f"if({test}, '{flag}', null)" for flag, test in tests.items())
    with part_of(con, rows):
        return con.sql(f"""
            select row_number, unnest(list_filter([{words}], lambda flag: flag is not null)) as flag, '' as detail
            from part where {" or ".join(tests.values())}""").to_arrow_table()

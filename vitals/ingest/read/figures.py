"""What loading a table would give, in words with figures: rows, sums, and from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from vitals.contract import Entity
from vitals.ingest.read.balance import HOURS, MONEY


def _sum(rows: pa.Table, name: str, what: str) -> str:
    total = pc.sum(rows[name].cast(pa.decimal128(38, rows[name].type.scale))).as_py() if name else None
    return "" if total is None else f"{what} {total:,.2f}"


def _day(value: date) -> str:
    return f"{value.day} {value:%b %Y}"


def _span(entity: Entity, rows: pa.Table) -> str:
    dates = [column.name for column in entity.columns if column.kind in ("date", "timestamp")]
    filled = next((name for name in dates if rows[name].null_count < len(rows)), None)
    ends = pc.min_max(rows[filled]).as_py() if filled else None
    return f"dates from {_day(ends['min'])} to {_day(ends['max'])}" if ends else ""


def in_words(entity: Entity, parts: Iterable[pa.Table]) -> str:
    """Rows, money or hours, and dates of the rows that would be loaded."""
    rows = pa.concat_tables(parts)
    said = [
        f"{len(rows):,} row{'' if len(rows) == 1 else 's'}",
        _sum(rows, MONEY.get(entity.name, ""), "amounts add up to"),
        _sum(rows, HOURS.get(entity.name, ""), "hours add up to"),
        _span(entity, rows),
    ]
    return ", ".join(text for text in said if text)

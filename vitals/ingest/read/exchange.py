"""Amounts of several currencies turned into one by the user's rates, or left out but for the one to keep."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import pyarrow as pa

from vitals.contract import Entity
from vitals.ingest.model import Match, TextTable
from vitals.ingest.read.cells import STEP
from vitals.ingest.read.currency import CurrencyPlan, code_of
from vitals.ingest.read.numbers import take_apart
from vitals.ingest.read.residue import TypedColumn, arrow_type

Columns = Mapping[str, TypedColumn]


@lru_cache(maxsize=100_000)
def _mark(text: str) -> str:
    written = take_apart(text)
    return written.currency if written else ""


def _rates(table: TextTable, match: Match, name: str, plan: CurrencyPlan) -> list[Decimal | None]:
    """What each row's amount is multiplied by; None where its currency is not to be loaded."""
    texts = table.rows[f"c{match.columns[name]}"].to_pylist()
    place = match.columns.get("currency")
    whole = match.constants.get("currency", "")
    named = table.rows[f"c{place}"].to_pylist() if place is not None else [whole] * len(texts)
    codes = (code_of(_mark(text or ""), (row or whole).strip().upper()) for text, row in zip(texts, named, strict=True))
    return [plan.rate(code) for code in codes]


def _times(value: Decimal | None, rate: Decimal | None) -> Decimal | None:
    return None if value is None or rate is None else (value * rate).quantize(STEP, ROUND_HALF_UP)


def exchanged(
    entity: Entity, table: TextTable, match: Match, typed: Columns, plan: CurrencyPlan | None
) -> tuple[dict[str, TypedColumn], list[int]]:
    """The columns in one currency, and the places of rows in a currency that isn't kept."""
    columns, left = dict(typed), set[int]()
    names = [name for name in match.columns if entity.column(name).kind == "money"] if plan else []
    for name in names:
        rates = _rates(table, match, name, plan)  # type: ignore[arg-type]
        values = typed[name].values.to_pylist()
        left |= {place for place, rate in enumerate(rates) if rate is None and values[place] is not None}
        turned = [
            _times(*pair) if place not in left else pair[0]
            for place, pair in enumerate(zip(values, rates, strict=True))
        ]
        values_now = pa.chunked_array([pa.array(turned, arrow_type(entity.column(name)))])
        columns[name] = TypedColumn(values_now, typed[name].problems, typed[name].flags)
    if plan and names and any(column.name == "currency" for column in entity.columns):
        columns["currency"] = TypedColumn(pa.chunked_array([pa.repeat(plan.base, len(table.rows))]))
    return columns, sorted(left)

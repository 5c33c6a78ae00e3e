"""The clean majority of a column's cells, cast all at once by SQL; whatever it leaves empty is read cell by cell."""

from __future__ import annotations

import re

from vitals.ingest.cells import NOT_NEGATIVE, Cell
from vitals.ingest.dates import DAY_FIRST, MONTH_FIRST
from vitals.ingest.durations import PER_HOUR
from vitals.ingest.numbers import COMMA, DOT
from vitals.ingest.texts import DAMAGED_ID, LONGEST, NAME_KINDS, NOT_NAMES

ISO = r"\d\d\d\d-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?"
ORDERED = r"\d\d?/\d\d?/\d\d\d\d(?: \d\d?:\d\d(?::\d\d)?(?: [AaPp][Mm])?)?"
CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
WHOLE, CENTS, FRACTION = r"-?\d{1,12}", r"-?\d{1,12}(?:\.\d\d?)?", r"-?\d{1,8}(?:\.\d{1,4})?"
SMALL_WHOLE, SMALL_CENTS = r"-?\d{1,8}", r"-?\d{1,8}(?:\.\d\d?)?"
# the first letter is no '#', so that the error cells of spreadsheets are read one by one
PLAIN_TEXT = r"[!\"$-~](?:[ -~]*[!-~])?"


def _guarded(name: str, pattern: str, value: str) -> str:
    return f"case when regexp_full_match({name}, '{pattern}') then {value} end"


def _when(cell: Cell, name: str) -> str:
    """A moment in ISO, or with slashes in the order that was decided."""
    order = cell.decisions.orders.get(cell.column.name)
    iso = _guarded(name, ISO, f"try_cast({name} as timestamp)")
    days = {DAY_FIRST: "%d/%m/%Y", MONTH_FIRST: "%m/%d/%Y"}.get(order or "")
    formats = ", ".join(f"'{days}{clock}'" for clock in CLOCKS)
    return f"coalesce({iso}, {_guarded(name, ORDERED, f'try_strptime({name}, [{formats}])')})" if days else iso


def _money(cell: Cell, name: str) -> str:
    return _guarded(name, CENTS if cell.sign == DOT else WHOLE, f"try_cast({name} as decimal(18,4))")


def _hours(cell: Cell, name: str) -> str:
    unit = cell.decisions.units.get(cell.column.name, "hours")
    if unit == "days":
        return "null::decimal(18,9)"
    if unit == "hours":
        pattern = {DOT: FRACTION, COMMA: SMALL_WHOLE}.get(cell.sign, SMALL_CENTS)
        return _guarded(name, pattern, f"try_cast({name} as decimal(18,9))")
    return _guarded(name, SMALL_WHOLE, f"(try_cast({name} as bigint) / {PER_HOUR[unit]})::decimal(18,9)")


def _text(cell: Cell, name: str) -> str:
    guard = f"length({name}) <= {LONGEST} and regexp_full_match({name}, '{PLAIN_TEXT}')"
    if cell.column.kind == "id":
        guard += f" and not regexp_full_match({name}, '{DAMAGED_ID.pattern}')"
    if cell.column.kind in NAME_KINDS:
        # "not in (...)" and list_contains of this many words become a join, after which rows come in any order
        words = "|".join(re.escape(word) for word in sorted(NOT_NAMES))
        guard += f" and not regexp_full_match(lower({name}), '{words}')"
    return f"case when {guard} then nullif({name}, '-') end"


def expression(cell: Cell, name: str) -> str:
    """SQL that gives the value of the column's clean cells, and null for all others."""
    kind = cell.column.kind
    if kind in ("date", "timestamp"):
        # a time without its zone among zoned ones must be flagged, so it is read by itself
        return "null::timestamp" if cell.column.name in cell.decisions.zoned else _when(cell, name)
    if kind in ("id", "text", "client", "technician"):
        return _text(cell, name)
    by_kind = {"money": _money, "hours": _hours}
    is_plain = kind in by_kind and cell.decisions.currency is None and cell.column.name not in NOT_NEGATIVE
    return by_kind[kind](cell, name) if is_plain else f"null::{cell.column.sql_type}"


def kept(cell: Cell, name: str) -> str:
    """SQL that casts what expression gave to the column's type, and empties dates out of range."""
    if cell.column.kind not in ("date", "timestamp"):
        return f"{name}::{cell.column.sql_type}"
    first, after = cell.range
    inside = f"{name} >= timestamp '{first}' and {name} < timestamp '{after}'"
    return f"case when {inside} then {name}::{cell.column.kind} end"

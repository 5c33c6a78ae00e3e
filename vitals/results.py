"""A named query asked in text: parameters read by their type, its result as table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from vitals import warehouse
from vitals.errors import VitalsError

FORMATS = ("table", "csv", "json")
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
Row = Mapping[str, Any]


def _read_date(text: str) -> date:
    return date.fromisoformat(f"{text}-01" if len(text) == len("2026-01") else text)


def _read_yes(text: str) -> bool:
    return {"true": True, "yes": True, "false": False, "no": False}[text.lower()]


READERS: dict[str, Callable[[str], Any]] = {
    "DATE": _read_date,
    "DOUBLE": float,
    "INTEGER": int,
    "BIGINT": int,
    "BOOLEAN": _read_yes,
    "VARCHAR": str,
}


def read_param(name: str, sql_type: str, text: str) -> Any:
    """The value of a parameter given as text, by its DuckDB type; empty text is no value.

    Raises VitalsError if the text is no value of that type.
    """
    if text == "":
        return None
    try:
        return READERS[sql_type](text)
    except (ValueError, KeyError):
        hint = "Dates look like 2026-01-31, months like 2026-01, shares like 0.2."
        raise VitalsError(f"{name} is a {sql_type}, and {text!r} is none.", hint) from None


def defaults(con: warehouse.Connection) -> dict[str, Any]:
    """What a parameter is when it isn't given: the last 12 complete months, the data's last day, the assumptions."""
    named = ("metrics.assumptions", "metrics.default_period")
    return {key: value for name in named for row in warehouse.rows(con, name) for key, value in row.items()}


def ask(con: warehouse.Connection, name: str, given: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows of a named query; parameters that aren't given take their defaults.

    Raises VitalsError for an unknown query or parameter, or a value that can't be read.
    """
    _, types = warehouse.text_of(name)
    read = {key: read_param(key, types.get(key, "VARCHAR"), text) for key, text in given.items()}
    known = defaults(con) if types.keys() - read.keys() else {}
    filled = {key: known.get(key) for key in types if key not in read}
    return warehouse.rows(con, name, **read, **filled)


def plain(value: Any) -> Any:
    """A value as JSON has it: exact decimals as numbers, dates as ISO text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(plain(value)) if not isinstance(value, bool) else str(value).lower()


def guarded(value: Any) -> str:
    """A cell for a spreadsheet: text that would start a formula gets an apostrophe, numbers stay numbers."""
    text = _cell(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_STARTS) else text


def as_csv(rows: Sequence[Row]) -> str:
    """Rows as CSV with a header; no text in it can act as a spreadsheet formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0].keys() if rows else ())
    writer.writerows([guarded(value) for value in row.values()] for row in rows)
    return out.getvalue()


def as_json(rows: Sequence[Row]) -> str:
    """Rows as a JSON list of objects."""
    return json.dumps([{key: plain(value) for key, value in row.items()} for row in rows], ensure_ascii=False, indent=1)


def as_table(rows: Sequence[Row]) -> str:
    """Rows as aligned columns for a terminal; a missing value is a dash."""
    if not rows:
        return "no rows"
    cells = [list(rows[0].keys()), *([_shown(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(cells[0]))]
    right = [isinstance(value, int | float | Decimal) for value in rows[0].values()]
    return "\n".join("  ".join(_aligned(*item) for item in zip(line, widths, right, strict=True)) for line in cells)


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    text = f"{value:.4f}" if isinstance(value, float) else _cell(value)
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _aligned(text: str, width: int, is_right: bool) -> str:
    return text.rjust(width) if is_right else text.ljust(width)


def write(rows: Sequence[Row], form: str) -> str:
    """Rows in one of FORMATS."""
    return {"table": as_table, "csv": as_csv, "json": as_json}[form](rows)

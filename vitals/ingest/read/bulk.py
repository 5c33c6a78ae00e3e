"""The clean majority of a column's cells, cast all at once by SQL; whatever it leaves empty is read cell by cell."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from vitals.ingest.read.cell_bytes import CellBytes, are_among
from vitals.ingest.read.cells import NOT_NEGATIVE, Cell
from vitals.ingest.read.dates import moment_sql, moments
from vitals.ingest.read.durations import hours_sql
from vitals.ingest.read.numbers import money_sql
from vitals.ingest.read.residue import arrow_type
from vitals.ingest.read.scratch import PART, PLACE, aligned
from vitals.ingest.read.texts import DAMAGED_ID, LONGEST, NAME_KINDS, NOT_NAMES

Columns = dict[str, pa.ChunkedArray]
TEXT_KINDS = ("id", "text", "client", "technician")
NOT_FIRST = ("#", " ", "-", "'", "=")
"""How error cells, blanks, the dash for nothing and guards against formulas begin: such cells are read one by one."""
DOUBTFUL, DIGITS, EXPONENTS = are_among("".join(NOT_FIRST)), are_among("0123456789"), are_among("eE")


def _expression(cell: Cell, name: str) -> str:
    """SQL that gives the value of the column's clean cells, and null for all others."""
    kind = cell.column.kind
    if kind in ("date", "timestamp"):
        # a time without its zone among zoned ones must be flagged, so it is read by itself
        is_zoned = cell.column.name in cell.decisions.zoned
        return "null::timestamp" if is_zoned else moment_sql(name, cell.decisions.orders.get(cell.column.name))
    if cell.decisions.currency is None and cell.column.name not in NOT_NEGATIVE:
        if kind == "money":
            return money_sql(name, cell.sign)
        if kind == "hours":
            return hours_sql(name, cell.unit, cell.sign)
    return f"null::{cell.column.sql_type}"


def _kept(cell: Cell, name: str) -> str:
    """SQL that casts what _expression gave to the column's type, and empties dates out of range."""
    if cell.column.kind not in ("date", "timestamp"):
        return f"{name}::{cell.column.sql_type}"
    first, after = cell.range
    inside = f"{name} >= timestamp '{first}' and {name} < timestamp '{after}'"
    return f"case when {inside} then {name}::{cell.column.kind} end"


def _sql_values(con: duckdb.DuckDBPyConnection, cells: Mapping[str, Cell], rows: pa.Table) -> Columns:
    inner = ", ".join(
        f'{_expression(cell, f"c{place}")} as "{name}"' for place, (name, cell) in enumerate(cells.items())
    )
    outer = ", ".join(f'{_kept(cell, name)} as "{name}"' for name, cell in cells.items())
    named = rows.rename_columns([f"c{place}" for place in range(rows.num_columns)])
    found = aligned(con, named, f"select {outer}, {PLACE} from (select {inner}, {PLACE} from {PART})")
    return {name: found[name].cast(arrow_type(cell.column)) for name, cell in cells.items()}


def _is_all_plain(cell: Cell, texts: pa.Array) -> bool:
    """Whether every text stands for itself, by its bytes alone; false where that takes a closer look."""
    found = CellBytes.of(texts)
    if cell.column.kind in NAME_KINDS or not len(texts) or not (found.lengths > 0).all():
        return False
    used, first = found.used(), found.nth(0)
    is_plain = bool(used.min() >= ord(" ") and used.max() <= ord("~") and found.lengths.max() <= LONGEST)
    is_bare = is_plain and not (DOUBTFUL[first].any() or (found.last() == ord(" ")).any())
    return is_bare and not (cell.column.kind == "id" and DIGITS[first].any() and EXPONENTS[used].any())


def _plain_text(cell: Cell, texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """The texts that stand for themselves: printable ASCII without blanks around it, and no word of doubt."""
    if all(_is_all_plain(cell, chunk) for chunk in texts.chunks):
        return texts
    sizes = pc.binary_length(texts)
    plain = pc.and_(pc.ascii_is_printable(texts), pc.and_(pc.greater(sizes, 0), pc.less_equal(sizes, LONGEST)))
    for doubt in (*(pc.starts_with(texts, letter) for letter in NOT_FIRST), pc.ends_with(texts, " ")):
        plain = pc.and_not(plain, doubt)
    if cell.column.kind == "id":
        plain = pc.and_not(plain, pc.match_substring_regex(texts, f"^{DAMAGED_ID.pattern}$"))
    if cell.column.kind in NAME_KINDS:
        plain = pc.and_not(plain, pc.is_in(pc.utf8_lower(texts), pa.array(sorted(NOT_NAMES))))
    # the column itself where every cell is plain: no copy
    return texts if pc.all(plain).as_py() and not texts.null_count else pc.if_else(plain, texts, None)


def iso_dates(cell: Cell, texts: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """The values of a column of ISO dates, null where one must be read by itself; None if it isn't all written so."""
    # a time without its zone among zoned ones must be flagged, so it is read by itself
    if cell.column.kind not in ("date", "timestamp") or cell.column.name in cell.decisions.zoned:
        return None
    found = moments(texts)
    if found is None:
        return None
    first, after = (pa.scalar(moment, pa.timestamp("us")) for moment in cell.range)
    is_inside = pc.and_(pc.greater_equal(found, first), pc.less(found, after))
    inside = found if pc.all(is_inside).as_py() else pc.if_else(is_inside, found, None)
    return inside.cast(pa.date32()) if cell.column.kind == "date" else inside


def cast(con: duckdb.DuckDBPyConnection, cells: Mapping[str, Cell], texts: Columns) -> Columns:
    """The values of the clean cells of columns, null for all that must be read by themselves."""
    as_text = {name: _plain_text(cell, texts[name]) for name, cell in cells.items() if cell.column.kind in TEXT_KINDS}
    others = {name: cell for name, cell in cells.items() if name not in as_text}
    if not others:
        return as_text
    return {**as_text, **_sql_values(con, others, pa.table({name: texts[name] for name in others}))}

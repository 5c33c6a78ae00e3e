"""Tables among rows that are already cut into cells, as the sheets of a workbook are."""

from __future__ import annotations

from collections.abc import Sequence

from vitals.ingest.files.plain import PlainSheet
from vitals.ingest.model import TextTable
from vitals.ingest.table.header import SEARCHED_ROWS, header_index
from vitals.ingest.table.layout import Walker
from vitals.ingest.table.origin import Origin, captions_of, closings_of, group_caption_of
from vitals.ingest.table.rows import Row


def tables_in(rows: Sequence[Row], name: str) -> list[TextTable]:
    """The tables of one sheet from top to bottom; none if no row can be a header."""
    index = header_index(rows)
    if index is None:
        return []
    tables: list[TextTable] = []
    walker = _walker(rows, index, name, rows[index].number - 1)
    at = index + 1
    while at < len(rows):
        at += _taken_at_once(rows, at, walker)
        if at == len(rows):
            break
        row = rows[at]
        if walker.opens_section(row):
            titles = walker.leave_titles()
            tables.append(walker.flush())
            walker = _walker(rows, at, _section(name, titles, row), len(titles))
        else:
            walker.take(row)
        at += 1
    walker.finish()
    return [*tables, walker.flush()]


def _taken_at_once(rows: Sequence[Row], at: int, walker: Walker) -> int:
    """How many rows were plain enough to be taken together."""
    if not isinstance(rows, PlainSheet) or walker.waiting or walker.is_after_total:
        return 0
    plain = rows.plain_from(at, walker.origin)
    walker.take_clean(plain)
    return plain.num_rows


def _section(name: str, titles: list[Row], header: Row) -> str:
    found = [row.lone_text() for row in titles if len(row.filled) == 1]
    return f"{name} {found[-1] if found else f'row {header.number}'}".strip()


def _walker(rows: Sequence[Row], index: int, name: str, preamble: int) -> Walker:
    below = rows[index + 1 : index + 1 + SEARCHED_ROWS]
    captions = captions_of(rows[index], below)
    titles = frozenset(row.lone_text() for row in rows[:index] if len(row.filled) == 1)
    group = group_caption_of(captions, [row.raw_text for row in rows[:index]], below)
    closings = closings_of(rows) if group else frozenset()
    return Walker(Origin(name, captions, rows[index].number, preamble, group, titles, closings))

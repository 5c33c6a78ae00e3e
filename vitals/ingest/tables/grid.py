"""Tables among rows that are already cut into cells, as the sheets of a workbook are."""

from __future__ import annotations

from collections.abc import Sequence

from vitals.ingest.model import TextTable
from vitals.ingest.tables.header import SEARCHED_ROWS, header_index
from vitals.ingest.tables.layout import Walker
from vitals.ingest.tables.origin import Origin, captions_of, closings_of, group_caption_of
from vitals.ingest.tables.rows import Row


def tables_in(rows: Sequence[Row], name: str) -> list[TextTable]:
    """The tables of one sheet from top to bottom; none if no row can be a header."""
    index = header_index(rows)
    if index is None:
        return []
    tables: list[TextTable] = []
    walker = _walker(rows, index, name, rows[index].number - 1)
    for at in range(index + 1, len(rows)):
        if walker.opens_section(rows[at]):
            titles = walker.leave_titles()
            tables.append(walker.flush())
            walker = _walker(rows, at, _section(name, titles, rows[at]), len(titles))
        else:
            walker.take(rows[at])
    walker.finish()
    return [*tables, walker.flush()]


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

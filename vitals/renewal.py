"""What a change of the stored rows reaches: where a table comes out as it was, what rests on it stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from vitals import warehouse
from vitals.queries import TABLE_LAYERS, Query, all_queries, build_order

Content = tuple[int, int | None]
Progress = Callable[[str], None]
TODAY = "current_date"


@cache
def _built() -> tuple[Query, ...]:
    return tuple(item for item in build_order() if item.layer in TABLE_LAYERS)


def _content(con: warehouse.Connection, name: str) -> Content:
    """What tells the rows of a table from any others, whatever their order."""
    (found,) = con.table(name).set_alias("held").aggregate("count(*), sum(hash(held))").fetchall()
    return found


def stored(con: warehouse.Connection) -> dict[str, Content]:
    """What every table holds that others are built from and that is built from none: stored rows, and assumptions."""
    read = {name for item in _built() for name in item.reads} - all_queries().keys()
    return {name: _content(con, name) for name in sorted(read)}


def renew(con: warehouse.Connection, before: Mapping[str, Content], progress: Progress | None = None) -> list[str]:
    """Build the tables that rest on rows which are others than before; their names, in the order of building.

    Whoever asks has seen that the tables were built from the queries as they are.
    """
    warehouse.write_assumptions(con)
    changed = {name for name, content in stored(con).items() if content != before[name]}
    built = []
    for item in _built():
        # a day that passed is a change, too
        if item.reads & changed or TODAY in item.sql:
            held = _content(con, item.name)
            if progress:
                progress(item.purpose)
            con.execute(warehouse.created_as(item))
            built.append(item.name)
            if _content(con, item.name) != held:
                changed.add(item.name)
    return built

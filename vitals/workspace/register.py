"""The rows of a register as the workspace keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vitals import warehouse
from vitals.registers import register


def rows_of(con: warehouse.Connection, name: str, /, **where: Any) -> list[dict[str, Any]]:
    """The rows of a register in their order, those alone whose columns have the values of where; at first its own."""
    kept = register(name)
    rows = warehouse.records(con.execute(f"select * exclude (place) from {kept.table} order by place"))
    held = rows or [kept.read(row) for row in kept.rows]
    return [row for row in held if all(row[column] == value for column, value in where.items())]


def keep(con: warehouse.Connection, name: str, rows: Iterable[Mapping[str, Any]], /, **where: Any) -> None:
    """Let rows stand in a register instead of those whose columns have the values of where; without any, of all.

    Raises VitalsError, before anything is kept, for a value that can't stand and for one that stands twice.
    """
    kept = register(name)
    others = [row for row in rows_of(con, name) if any(row[column] != value for column, value in where.items())]
    checked = kept.checked([*others, *({**row, **where} for row in rows)])
    with warehouse.transaction(con):
        con.execute(f"delete from {kept.table}")
        named = ", ".join(["place", *(field.name for field in kept.fields)])
        for place, row in enumerate(checked):
            values = [place, *row.values()]
            con.execute(f"insert into {kept.table} ({named}) values ({', '.join('?' * len(values))})", values)
        warehouse.rebuild_after(con, {kept.table})

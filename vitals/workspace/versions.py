"""Rows of one file that contradict each other about a key: kept as typed, until the user says which of them holds."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from vitals import statements, warehouse
from vitals.errors import VitalsError
from vitals.workspace.settle import lay_keyed, settle

Connection = warehouse.Connection


def keep(con: Connection, entity: str, load_id: int, numbers: Iterable[int]) -> None:
    """Lay the rows of those numbers aside as typed, before they are taken out of the loaded ones."""
    lay_keyed(con, entity)
    with warehouse.arriving(con, pa.table({"row_number": pa.array(list(numbers), pa.int64())})):
        statements.run(con, "keep_versions", entity, load=load_id)


def choose(con: Connection, load_id: int, row_number: int, is_picked: bool) -> str:
    """Load one version of a key in place of whichever was chosen before, or none; the kind of row it is.

    Raises VitalsError if that row of the load contradicts no other.
    """
    found = statements.run(con, "version_at", load=load_id, row=row_number).fetchall()
    if not found:
        raise VitalsError(f"Row {row_number} of load {load_id} is no version among several.", "Look at data health.")
    entity = str(found[0][0])
    for (rival,) in statements.run(con, "picked_versions", load=load_id, row=row_number).fetchall():
        statements.run(con, "put_version_back", entity, load=load_id, row=rival)
        statements.run(con, "quarantine_rivals", load=load_id, row=rival)
    if is_picked:
        statements.run(con, "pick_version", entity, load=load_id, row=row_number)
        statements.run(con, "set_rivals_aside", load=load_id, row=row_number)
    settle(con, entity)
    return entity

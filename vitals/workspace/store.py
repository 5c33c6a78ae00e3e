"""Typed rows into the raw tables of a workspace, and out of them again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import pyarrow as pa

from vitals import queries, warehouse
from vitals.contract import entities
from vitals.errors import VitalsError
from vitals.ingest.model import LeftOut, Question, TypedTable
from vitals.ingest.read.account import CONFLICTING, EXACT, keyed_sql, keys_sql
from vitals.workspace import choices

Connection = warehouse.Connection

GROUP_ROWS = 2 * 122_880
"""DuckDB packs 122,880 rows at a time, here on two processors: a group that is stored in pieces is packed twice."""


class Origin(NamedTuple):
    """Which table of the file rows are from, and the entity that it holds."""

    table: int
    entity: str


class Incoming:
    """The rows of one file: handed over part by part, stored group by group, all of them by finish()."""

    def __init__(self, con: Connection) -> None:
        self.con = con
        self.first_load = int(queries.value(con, "next_load"))
        self.touched: set[str] = set()
        self.origin = Origin(0, "")
        self.waiting: list[pa.Table] = []

    def __call__(self, index: int, entity: str, rows: pa.Table) -> None:
        """Take the rows of one part of the file's index-th table: row_number, and the columns that hold anything."""
        if self.origin != (index, entity):
            self.finish()
            self.origin = Origin(index, entity)
        self.waiting.append(rows)
        held = sum(map(len, self.waiting))
        if held >= GROUP_ROWS:
            self._store(held - held % GROUP_ROWS)

    def finish(self) -> None:
        """Store what still waits for its group to fill."""
        self._store(sum(map(len, self.waiting)))

    def _store(self, many: int) -> None:
        if not many:
            return
        rows = pa.concat_tables(self.waiting, promote_options="default")
        self.waiting = [rows.slice(many)] if many < len(rows) else []
        self.touched.add(self.origin.entity)
        for start in range(0, many, GROUP_ROWS):
            self._insert(rows.slice(start, min(GROUP_ROWS, many - start)).combine_chunks())

    def _insert(self, rows: pa.Table) -> None:
        load = self.first_load + self.origin.table
        with warehouse.arriving(self.con, rows):
            queries.run(self.con, "insert_rows", self.origin.entity, load=load)

    def drop(self) -> None:
        """Take the file's rows out again."""
        self.waiting = []
        for entity in self.touched:
            queries.run(self.con, "drop_rows", entity, first_load=self.first_load)


@dataclass(frozen=True)
class FileFacts:
    """Which file a table came from, and what the user had answered."""

    name: str
    sha256: str
    size: int
    answers: Mapping[str, str] = field(default_factory=dict)


def _delete_repeated(con: Connection, table: TypedTable, load_id: int) -> int:
    """Take repeated and conflicting rows out; how many rows are left."""
    torn = [item.row_number for item in table.quarantined if item.reason == CONFLICTING]
    if torn:
        keep(con, table.entity, load_id, torn)
    gone = [*torn, *(item.row_number for item in table.set_aside if item.reason == EXACT)]
    if gone:
        with warehouse.arriving(con, pa.table({"row_number": pa.array(gone, pa.int64())})):
            queries.run(con, "drop_repeated_rows", table.entity, load=load_id)
    return int(queries.value(con, "count_rows", table.entity, load=load_id))


def _as_arrow(items: tuple[LeftOut, ...]) -> pa.Table:
    types = {
        "row_number": pa.int64(), "reason": pa.string(), "column": pa.string(), "value": pa.string(),
        "raw_text": pa.string(), "money": pa.decimal128(18, 4), "hours": pa.decimal128(18, 9),
    }  # fmt: skip
    return pa.table({name: pa.array([getattr(item, name) for item in items], kind) for name, kind in types.items()})


def _insert_left_out(con: Connection, table: TypedTable, load_id: int) -> None:
    left = {"insert_quarantined": table.quarantined, "insert_set_aside": table.set_aside}
    told = {name: _as_arrow(items) for name, items in left.items() if items}
    for name, rows in {**told, "insert_flags": table.flags}.items():
        with warehouse.arriving(con, rows):
            queries.run(con, name, table.entity, load=load_id)


def _sums(con: Connection, table: TypedTable, load_id: int) -> dict[str, Any]:
    """Both sides of the table's money and hours; nothing to balance is not a balance of nothing."""
    entity = entities()[table.entity]
    found = warehouse.records(queries.run(con, "sums_of_load", table.entity, load=load_id))[0]
    sums: dict[str, Any] = {}
    for side, name in (("money", entity.money), ("hours", entity.hours)):
        if name in table.match.columns:
            parts = {f"{side}_{part}": found[f"{side}_{part}"] for part in ("loaded", "quarantined", "set_aside")}
            sums |= {**parts, f"{side}_read": sum(parts.values())}
    return sums


def _facts(table: TypedTable, file: FileFacts, load_id: int) -> dict[str, Any]:
    return {
        "load_id": load_id, "file_name": file.name, "sha256": file.sha256, "file_bytes": file.size,
        "loaded_at": datetime.now(), "entity": table.entity, "system": table.match.system,
        "evidence": table.match.evidence, "table_name": table.source.name,
        "decision": "partial" if table.quarantined else "accept", "header_row": table.source.header_row,
        "preamble_lines": table.source.preamble_lines, "rows_read": table.rows_read,
        "rows_quarantined": len(table.quarantined),
        "rows_set_aside": len(table.set_aside), "rows_folded": table.rows_folded,
        "mapping": json.dumps(choices.mapping_of(table), ensure_ascii=False),
        "answers": json.dumps(dict(file.answers)),
        "message": " ".join(table.notes), "warnings": json.dumps(list(table.warnings), ensure_ascii=False),
    }  # fmt: skip


def store(con: Connection, table: TypedTable, file: FileFacts, load_id: int) -> None:
    """Complete a load whose rows are stored: the account of the other rows, and its facts."""
    rows = _delete_repeated(con, table, load_id)
    _insert_left_out(con, table, load_id)
    facts = {**_facts(table, file, load_id), "rows_in_table": rows, "records": rows, **_sums(con, table, load_id)}
    # Arrow tables made of Python's own values load pandas first, which takes longer than many files
    queries.run(con, "insert_load", load=load_id, confidence=table.match.confidence, facts=facts)
    choices.keep_currency(con, load_id, table.currency)


def questions(con: Connection, table: TypedTable, load_id: int, answers: Mapping[str, str]) -> list[Question]:
    """What only the workspace's other files make a question: invoices whose lines differ from those loaded before."""
    if not entities()[table.entity].document or answers.get(REPLACE_QUESTION) in (REPLACE, ADD):
        return []
    lay_keyed(con, table.entity)
    differing, example, new, old = queries.run(con, "differing_invoices", load=load_id).fetchall()[0]
    if not differing:
        return []
    which = f"Invoice {example} is" if differing == 1 else f"{differing:,} invoices, such as {example}, are"
    sentence = f"{which} loaded already with other lines. Replace or add?"
    choices = {
        REPLACE: f"the lines loaded before ({old:,.2f} together) no longer count, these ({new:,.2f}) do",
        ADD: f"lines that differ count beside those: at most {old + new:,.2f} together",
    }
    return [Question(REPLACE_QUESTION, sentence, choices)]


def undo(con: Connection, load_id: int) -> str:
    """Take a load back; the name of its file.

    Raises VitalsError if there is no such load.
    """
    live = queries.run(con, "load_in_use", load=load_id).fetchall()
    if not live:
        raise VitalsError(f"There is no load {load_id} to take back.", "`check` lists the loads.")
    entity, name = live[0]
    queries.run(con, "take_load_back", entity, load=load_id, now=datetime.now())
    settle(con, entity)
    return str(name)


REPLACES = "replaces_older_version"
REPLACE_QUESTION, REPLACE, ADD = "replace_invoice", "replace", "add"
KEYED, KEYS, REACHED = "keyed", "keys", "reached_rows"


def lay_keyed(con: warehouse.Connection, entity: str, rows: str = "") -> None:
    """Let stored rows of an entity, or all of them, stand with their keys under the name that the statements read."""
    warehouse.lay(con, KEYED, f"from {keyed_sql(entities()[entity], rows or f'raw.{entity}')}")


def _lay_reached(con: warehouse.Connection, entity: str, load_id: int | None) -> None:
    """Let the rows stand with their keys that those of a load may replace or repeat, and these; all without one."""
    if load_id is None:
        queries.run(con, "reach_all_rows", entity)
        lay_keyed(con, entity)
        return
    warehouse.lay(con, KEYS, f"from {keys_sql(entities()[entity])}")
    queries.run(con, "reach_rows", load=load_id)
    lay_keyed(con, entity, f"(from raw.{entity} semi join {REACHED} using (load_id, row_number))")


def settle(con: warehouse.Connection, entity: str, load_id: int | None = None) -> None:
    """Decide anew which rows of an entity count: the later version of a key, each keyless content as often as one file
    has it at the most, and the later rows of an invoice that is to be replaced.

    All were decided on but those of the load, if one is named: no verdict hangs on rows of other keys and contents.
    """
    has_several = queries.value(con, "has_several_loads", entity)
    if load_id is None or entities()[entity].document or not has_several:
        queries.run(con, "unsettle", entity, flag=REPLACES)
    if has_several:
        _lay_reached(con, entity, None if entities()[entity].document else load_id)
        queries.run(con, "unsettle_reached", flag=REPLACES)
        queries.run(con, "settle_keyed", entity)
        if entities()[entity].document:
            queries.run(con, "settle_replaced_invoices", entity)
        queries.run(con, "settle_keyless", entity)
        queries.run(con, "flag_replacing", entity, flag=REPLACES)
        queries.run(con, "let_reached_rows_go")


def keep(con: Connection, entity: str, load_id: int, numbers: Iterable[int]) -> None:
    """Lay the rows of those numbers aside as typed, before they are taken out of the loaded ones."""
    lay_keyed(con, entity)
    with warehouse.arriving(con, pa.table({"row_number": pa.array(list(numbers), pa.int64())})):
        queries.run(con, "keep_versions", entity, load=load_id)


def choose(con: Connection, load_id: int, row_number: int, is_picked: bool) -> str:
    """Load one version of a key in place of whichever was chosen before, or none; the kind of row it is.

    Raises VitalsError if that row of the load contradicts no other.
    """
    found = queries.run(con, "version_at", load=load_id, row=row_number).fetchall()
    if not found:
        raise VitalsError(f"Row {row_number} of load {load_id} is no version among several.", "Look at data health.")
    entity = str(found[0][0])
    for (rival,) in queries.run(con, "picked_versions", load=load_id, row=row_number).fetchall():
        queries.run(con, "put_version_back", entity, load=load_id, row=rival)
        queries.run(con, "quarantine_rivals", load=load_id, row=rival)
    if is_picked:
        queries.run(con, "pick_version", entity, load=load_id, row=row_number)
        queries.run(con, "set_rivals_aside", load=load_id, row=row_number)
    settle(con, entity)
    return entity

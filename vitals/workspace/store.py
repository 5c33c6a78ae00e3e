"""Typed rows into the raw tables of a workspace, and out of them again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from vitals.contract import entities
from vitals.errors import VitalsError
from vitals.ingest.model import LeftOut, Question, TypedTable
from vitals.ingest.read.duplicates import CONFLICTING, EXACT, keyed_sql
from vitals.workspace import remembered, versions
from vitals.workspace.settle import ADD, REPLACE, REPLACE_QUESTION, settle

Connection = duckdb.DuckDBPyConnection
INCOMING = "incoming"

GROUP_ROWS = 2 * 122_880
"""DuckDB packs 122,880 rows at a time, here on two processors: a group that is stored in pieces is packed twice."""


@contextmanager
def laid_out(con: Connection, rows: pa.Table) -> Iterator[None]:
    """Lay rows under the name INCOMING for as long as the block runs."""
    con.register(INCOMING, rows)
    try:
        yield
    finally:
        con.unregister(INCOMING)


class Origin(NamedTuple):
    """Which table of the file rows are from, and the entity that it holds."""

    table: int
    entity: str


class Incoming:
    """The rows of one file: handed over part by part, stored group by group, all of them by finish()."""

    def __init__(self, con: Connection) -> None:
        self.con = con
        self.first_load = con.execute("select coalesce(max(load_id), 0) + 1 from raw.loads").fetchall()[0][0]
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
        names = ", ".join(f'"{name}"' for name in rows.column_names)
        with laid_out(self.con, rows):
            self.con.execute(f"""insert into raw.{self.origin.entity} (load_id, {names})
                select {self.first_load + self.origin.table}, {names} from {INCOMING}""")

    def drop(self) -> None:
        """Take the file's rows out again."""
        self.waiting = []
        for entity in self.touched:
            self.con.execute(f"delete from raw.{entity} where load_id >= ?", [self.first_load])


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
        versions.keep(con, table.entity, load_id, torn)
    gone = [*torn, *(item.row_number for item in table.set_aside if item.reason == EXACT)]
    with laid_out(con, pa.table({"row_number": pa.array(gone, pa.int64())})):
        con.execute(f"""delete from raw.{table.entity} where load_id = {load_id} and row_number in
            (select row_number from {INCOMING})""")
    return con.execute(f"select count(*) from raw.{table.entity} where load_id = {load_id}").fetchall()[0][0]


def _as_arrow(items: tuple[LeftOut, ...]) -> pa.Table:
    types = {
        "row_number": pa.int64(), "reason": pa.string(), "column": pa.string(), "value": pa.string(),
        "raw_text": pa.string(), "money": pa.decimal128(18, 4), "hours": pa.decimal128(18, 9),
    }  # fmt: skip
    return pa.table({name: pa.array([getattr(item, name) for item in items], kind) for name, kind in types.items()})


def _insert_left_out(con: Connection, table: TypedTable, load_id: int) -> None:
    own = f"{load_id}, '{table.entity}', row_number"
    with laid_out(con, _as_arrow(table.quarantined)):
        con.execute(f"""insert into raw.quarantine select {own}, reason, "column", value, raw_text, money, hours
            from {INCOMING}""")
    with laid_out(con, _as_arrow(table.set_aside)):
        con.execute(f"insert into raw.set_aside select {own}, reason, raw_text, money, hours from {INCOMING}")
    with laid_out(con, table.flags):
        con.execute(f"insert into raw.flags select distinct {own}, flag, detail from {INCOMING}")


def _sums(con: Connection, table: TypedTable, load_id: int) -> dict[str, Any]:
    """Both sides of the table's money and hours."""
    sums: dict[str, Any] = {}
    entity = entities()[table.entity]
    for side, name in (("money", entity.money), ("hours", entity.hours)):
        if name not in table.match.columns:
            # nothing to balance is not a balance of nothing
            continue
        parts = {"quarantined": "raw.quarantine", "set_aside": "raw.set_aside"}
        asked = {part: f"select coalesce(sum({side}), 0) from {where}" for part, where in parts.items()}
        asked["loaded"] = f"select coalesce(sum({name}), 0) from raw.{table.entity}"
        found = {
            part: con.execute(f"{text} where load_id = {load_id}").fetchall()[0][0] for part, text in asked.items()
        }
        sums |= {f"{side}_{part}": value for part, value in found.items()}
        sums[f"{side}_read"] = sum(found.values())
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
        "mapping": json.dumps(remembered.mapping_of(table), ensure_ascii=False),
        "answers": json.dumps(dict(file.answers)),
        "message": " ".join(table.notes), "warnings": json.dumps(list(table.warnings), ensure_ascii=False),
    }  # fmt: skip


def store(con: Connection, table: TypedTable, file: FileFacts, load_id: int) -> None:
    """Complete a load whose rows are stored: the account of the other rows, its facts, and which rows now count."""
    rows = _delete_repeated(con, table, load_id)
    _insert_left_out(con, table, load_id)
    facts = {**_facts(table, file, load_id), "rows_in_table": rows, "records": rows, **_sums(con, table, load_id)}
    names, marks = ", ".join(facts), ", ".join("?" for _ in facts)
    con.execute(f"insert into raw.loads ({names}) values ({marks})", list(facts.values()))
    con.execute("insert into raw.load_matches values (?, ?)", [load_id, table.match.confidence])
    remembered.keep_currency(con, load_id, table.currency)
    settle(con, table.entity)


DIFFERING = """
    with told as (
        select line.invoice_number, line.load_id, count(*) as lines, sum(line.alike_hash::hugeint) as content,
            count(*) filter (gone.fate is null) as living_lines, bool_or(line.row_key is null) as is_loose,
            sum(line.alike_hash::hugeint) filter (gone.fate is null) as living_content,
            coalesce(bool_or(gone.fate = 'replaced_invoice'), false) as is_replaced, sum(line.amount) as amount,
            sum(line.amount) filter (gone.fate is null) as living_amount
        from {keyed} as line left join raw.unused_rows as gone
            on gone.entity = 'invoice_lines' and gone.load_id = line.load_id and gone.row_number = line.row_number
        where line.invoice_number is not null group by line.invoice_number, line.load_id),
    stored as (
        select invoice_number, sum(living_lines) as lines, sum(living_content) as content,
            bool_or(is_loose) as is_loose, sum(living_amount) as amount
        from told where load_id < $load and living_lines > 0 group by invoice_number)
    select count(*), min(invoice_number), sum(incoming.amount), sum(stored.amount)
    from told as incoming join stored using (invoice_number)
    where incoming.load_id = $load and (incoming.is_loose or stored.is_loose)
        and (incoming.lines, incoming.content) <> (stored.lines, stored.content)
        and not exists (
            select 1 from told as same where same.load_id < $load and not same.is_replaced
                and same.invoice_number = incoming.invoice_number
                and (same.lines, same.content) = (incoming.lines, incoming.content))"""


def questions(con: Connection, table: TypedTable, load_id: int, answers: Mapping[str, str]) -> list[Question]:
    """What only the workspace's other files make a question: invoices whose lines differ from those loaded before."""
    entity = entities()[table.entity]
    if not entity.document or answers.get(REPLACE_QUESTION) in (REPLACE, ADD):
        return []
    asked = DIFFERING.format(keyed=keyed_sql(entity))
    differing, example, new, old = con.execute(asked, {"load": load_id}).fetchall()[0]
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
    found = con.execute("select entity, file_name from raw.loads where load_id = ? and undone_at is null", [load_id])
    live = found.fetchall()
    if not live:
        raise VitalsError(f"There is no load {load_id} to take back.", "`check` lists the loads.")
    entity, name = live[0]
    for table in (entity, "quarantine", "set_aside", "flags"):
        con.execute(f"delete from raw.{table} where load_id = ?", [load_id])
    versions.forget(con, entity, load_id)
    remembered.forget(con, load_id)
    con.execute("update raw.loads set undone_at = ? where load_id = ?", [datetime.now(), load_id])
    settle(con, entity)
    return str(name)

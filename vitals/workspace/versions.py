"""Rows of one file that contradict each other about a key: kept as typed, until the user says which of them holds."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from vitals.contract import Entity, entities
from vitals.errors import VitalsError
from vitals.ingest.read.duplicates import CONFLICTING, keyed_sql
from vitals.workspace.settle import settle

Connection = duckdb.DuckDBPyConnection
CHOSEN, NOT_CHOSEN = "version_chosen", "other_version_chosen"
NUMBERS = "conflicting_numbers"

RECOUNT = """
    update raw.loads set rows_in_table = rows_in_table + $step, records = records + $step,
        rows_quarantined = rows_quarantined - $step,
        money_loaded = money_loaded + $step * coalesce(moved.money, 0),
        money_quarantined = money_quarantined - $step * coalesce(moved.money, 0),
        hours_loaded = hours_loaded + $step * coalesce(moved.hours, 0),
        hours_quarantined = hours_quarantined - $step * coalesce(moved.hours, 0)
    from raw.picked as moved
    where loads.load_id = $load and moved.load_id = $load and moved.row_number = $row and moved.entity = $entity"""
RIVALS = """(
    select rival.row_number from raw.conflicts as own join raw.conflicts as rival using (load_id, entity, row_key)
    where own.load_id = $load and own.row_number = $row and rival.row_number <> $row)"""
FATES = {"quarantine": "quarantined", "set_aside": "set_aside"}
TURN = f"""insert into raw.{{into}} select load_id, entity, row_number, '{{reason}}'{{cells}}, raw_text, money, hours
    from raw.{{out_of}} where load_id = $load and reason = '{{was}}' and row_number in {RIVALS}"""
TURNED = f"""update raw.loads set rows_{{to}} = rows_{{to}} + moved.rows, rows_{{of}} = rows_{{of}} - moved.rows,
        money_{{to}} = money_{{to}} + moved.money, money_{{of}} = money_{{of}} - moved.money,
        hours_{{to}} = hours_{{to}} + moved.hours, hours_{{of}} = hours_{{of}} - moved.hours
    from (select count(*) as rows, coalesce(sum(money), 0) as money, coalesce(sum(hours), 0) as hours
        from raw.{{out_of}} where load_id = $load and reason = '{{was}}' and row_number in {RIVALS}) as moved
    where loads.load_id = $load"""
GOES = f"delete from raw.{{out_of}} where load_id = $load and reason = '{{was}}' and row_number in {RIVALS}"
MOVES = "insert into raw.{into} select * from raw.{out_of} where load_id = $load and row_number = $row"
LEAVES = "delete from raw.{out_of} where load_id = $load and row_number = $row"


def _says(entity: Entity) -> str:
    """SQL for what a version says in the columns in which the versions of its key differ."""
    # decimals come with all their zeros
    shown = {True: r"regexp_replace({name}::varchar, '\.?0+$', '')", False: "{name}::varchar"}
    texts = {item.name: shown[item.sql_type.startswith("DECIMAL")].format(name=item.name) for item in entity.columns}
    cells = {name: f"coalesce({text}, '')" for name, text in texts.items()}
    parts = (
        f"case when min({cell}) over one_key <> max({cell}) over one_key then "
        f"'{name.replace('_', ' ')} ' || coalesce(nullif(left({cell}, 80), ''), 'empty') end"
        for name, cell in cells.items()
    )
    return f"concat_ws(', ', {', '.join(parts)})"


def keep(con: Connection, name: str, load_id: int, numbers: Iterable[int]) -> None:
    """Lay the rows of those numbers aside as typed, before they are taken out of the loaded ones."""
    con.register(NUMBERS, pa.table({"row_number": pa.array(list(numbers), pa.int64())}))
    chosen = f"where load_id = {load_id} and row_number in (select row_number from {NUMBERS})"
    con.execute(f"insert into raw.conflicting_{name} select * from raw.{name} {chosen}")
    entity = entities()[name]
    con.execute(f"""insert into raw.conflicts select load_id, '{name}', row_number, row_key, {_says(entity)}
        from {keyed_sql(entity)} {chosen} window one_key as (partition by row_key)""")
    con.unregister(NUMBERS)


def forget(con: Connection, name: str, load_id: int) -> None:
    """Let go of what was kept for a load that is taken back."""
    for table in (f"conflicting_{name}", "conflicts", "picked"):
        con.execute(f"delete from raw.{table} where load_id = ?", [load_id])


def _move(con: Connection, row: dict[str, int], moves: Iterable[tuple[str, str]]) -> None:
    for out_of, into in moves:
        con.execute(MOVES.format(into=into, out_of=out_of), row)


def _load(con: Connection, name: str, row: dict[str, int]) -> None:
    """Take a version out of the quarantine and into the loaded rows."""
    _move(con, row, [(f"conflicting_{name}", name), ("quarantine", "picked")])
    con.execute(LEAVES.format(out_of="quarantine"), row)
    con.execute(f"insert into raw.flags values ($load, '{name}', $row, '{CHOSEN}', '')", row)
    con.execute(RECOUNT, {**row, "step": 1, "entity": name})


def _put_back(con: Connection, name: str, row: dict[str, int]) -> None:
    """Take a version out of the loaded rows and into the quarantine again."""
    con.execute(RECOUNT, {**row, "step": -1, "entity": name})
    _move(con, row, [("picked", "quarantine")])
    for table in (name, "picked"):
        con.execute(LEAVES.format(out_of=table), row)
    con.execute(f"delete from raw.flags where load_id = $load and row_number = $row and flag = '{CHOSEN}'", row)


def _turn(con: Connection, row: dict[str, int], out_of: str, into: str) -> None:
    """Take the rivals of a version from quarantine to the rows set aside, or back: with a choice nothing waits."""
    to_quarantine = into == "quarantine"
    words = {
        "out_of": out_of, "into": into, "of": FATES[out_of], "to": FATES[into],
        "was": NOT_CHOSEN if to_quarantine else CONFLICTING, "reason": CONFLICTING if to_quarantine else NOT_CHOSEN,
        "cells": ", '', ''" if to_quarantine else "",
    }  # fmt: skip
    for statement in (TURNED, TURN, GOES):
        con.execute(statement.format(**words), row)


PICKED = """select rival.row_number from raw.conflicts as own
    join raw.conflicts as rival using (load_id, entity, row_key)
    join raw.picked as picked on picked.load_id = rival.load_id and picked.row_number = rival.row_number
    where own.load_id = $load and own.row_number = $row"""


def choose(con: Connection, load_id: int, row_number: int, is_picked: bool) -> str:
    """Load one version of a key in place of whichever was chosen before, or none; the kind of row it is.

    Raises VitalsError if that row of the load contradicts no other.
    """
    row = {"load": load_id, "row": row_number}
    found = con.execute("select entity from raw.conflicts where load_id = $load and row_number = $row", row).fetchall()
    if not found:
        raise VitalsError(f"Row {row_number} of load {load_id} is no version among several.", "Look at data health.")
    name = str(found[0][0])
    for (rival,) in con.execute(PICKED, row).fetchall():
        _put_back(con, name, {"load": load_id, "row": rival})
        _turn(con, {"load": load_id, "row": rival}, "set_aside", "quarantine")
    if is_picked:
        _load(con, name, row)
        _turn(con, row, "quarantine", "set_aside")
    settle(con, name)
    return name

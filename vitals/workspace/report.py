"""What came of one file, or of one table in it, with the names that scripts rely on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import duckdb

from vitals.contract import entities
from vitals.ingest.model import Question, TypedTable

Report = dict[str, Any]
Connection = duckdb.DuckDBPyConnection
ZERO = Decimal(0)
COUNTS = (
    "rows_read", "rows_loaded", "rows_quarantined", "rows_set_aside", "rows_flagged", "records",
)  # fmt: skip
SUMS = ("hours", "money_read", "money_loaded", "money_quarantined")

ALREADY = """
    select count(*), coalesce(sum({money}), 0), coalesce(sum({hours}), 0)
    from raw.unused_rows as unused join raw.{entity} as stored
        on stored.load_id = unused.load_id and stored.row_number = unused.row_number
    where unused.entity = '{entity}' and unused.load_id = ? and unused.fate = 'already_loaded'"""
REASONS = """
    select reason, count(*) from (
        select reason from raw.quarantine where load_id = $load
        union all select reason from raw.set_aside where load_id = $load)
    group by reason order by reason"""
FLAGS = (
    "select flag, count(distinct row_number) from {flags} where entity = ? and load_id = ? group by flag order by flag"
)
FLAGGED = "select count(distinct row_number) from {flags} where entity = ? and load_id = ?"
BUILT_FLAGS = "select 1 from duckdb_tables() where schema_name = 'staging' and table_name = 'row_flags'"


def number(value: Decimal | None, beside: Decimal = ZERO) -> float | int:
    """A sum and what comes to it, as JSON has it; 0 where the file has nothing to add up."""
    value = ZERO if value is None else value + beside
    return int(value) if value == value.to_integral_value() else float(value)


def empty(file: str, decision: str, message: str) -> Report:
    """The report of a file of which nothing was loaded."""
    words: Report = {"file": file, "entity": None, "system": None, "decision": decision, "header_row": None}
    sums = dict.fromkeys((*SUMS, "money_set_aside", "hours_read", "hours_quarantined", "hours_set_aside"), 0)
    counts = {"preamble_lines": 0, "rows_seen": 0, **dict.fromkeys(COUNTS, 0), **sums}
    return {
        **words,
        **counts,
        "reasons": {},
        "flags": {},
        "questions": [],
        "message": message,
        "warnings": [],
        "load_id": None,
    }


def shape(table: TypedTable) -> Report:
    """What the mapping screen needs: captions, what each answers or is part of, how sure that is, some cells."""
    match, width = table.match, len(table.source.header)
    made = [name for name, at in match.columns.items() if at >= width]
    return {
        "header": list(table.source.header), "mapping": dict(match.columns),
        "made_of": {name: list(match.sources.get(name, ())) for name in made},
        "unused": list(match.unused), "confidence": match.confidence, "evidence": match.evidence,
        "samples": [list(cells) for cells in table.samples],
    }  # fmt: skip


def asked(file: str, table: TypedTable, questions: Sequence[Question], warnings: Sequence[str]) -> Report:
    """The report of a table whose questions are open."""
    said = [
        {"name": item.name, "sentence": item.sentence, "choices": dict(item.choices), "answers": list(item.choices)}
        for item in questions
    ]
    return {
        **empty(file, "ask", " ".join(item.sentence for item in questions)),
        "entity": table.entity, "system": table.match.system, "header_row": table.source.header_row,
        "preamble_lines": table.source.preamble_lines, "rows_seen": table.rows_read, "questions": said,
        "warnings": [*table.warnings, *warnings], "table": table.source.name, **shape(table),
    }  # fmt: skip


def _load(con: Connection, load_id: int) -> Report:
    found = con.execute("select * from raw.loads where load_id = ?", [load_id])
    names = [column[0] for column in found.description or ()]
    return dict(zip(names, found.fetchall()[0], strict=True))


def _already(con: Connection, load: Mapping[str, Any]) -> tuple[int, Decimal, Decimal]:
    """Rows of the load that another brought before, and the money and hours in them."""
    entity = entities()[load["entity"]]
    text = ALREADY.format(entity=entity.name, money=entity.money or "null", hours=entity.hours or "null")
    rows, money, hours = con.execute(text, [load["load_id"]]).fetchall()[0]
    return rows, Decimal(money), Decimal(hours)


def _flags(con: Connection, load: Mapping[str, Any]) -> tuple[dict[str, int], int]:
    flags = "staging.row_flags" if con.execute(BUILT_FLAGS).fetchall() else "raw.flags"
    which = [load["entity"], load["load_id"]]
    counted = dict(con.execute(FLAGS.format(flags=flags), which).fetchall())
    return counted, con.execute(FLAGGED.format(flags=flags), which).fetchall()[0][0]


def _message(load: Mapping[str, Any], loaded: int, already: int, warnings: Sequence[str]) -> str:
    label = entities()[load["entity"]].label.lower()
    said = [f"{loaded:,} rows loaded as {label}."]
    if already:
        said.append(f"{already:,} rows were already loaded.")
    if load["rows_quarantined"]:
        said.append(f"{load['rows_quarantined']:,} rows can't be read.")
    return " ".join([*said, load["message"] or "", *warnings]).replace("  ", " ").strip()


def report(con: Connection, load_id: int) -> Report:
    """The report of a load, with the names that `load --format json` prints."""
    load = _load(con, load_id)
    already, money, hours = _already(con, load)
    reasons = dict(con.execute(REASONS, {"load": load_id}).fetchall())
    flags, flagged = _flags(con, load)
    set_aside = load["rows_set_aside"] + already
    loaded = load["rows_read"] - load["rows_quarantined"] - set_aside
    warnings = json.loads(load["warnings"] or "[]")
    return {
        "file": load["file_name"], "entity": load["entity"], "system": load["system"], "decision": load["decision"],
        "header_row": load["header_row"], "preamble_lines": load["preamble_lines"], "rows_seen": load["rows_read"],
        "rows_read": load["rows_read"], "rows_loaded": loaded, "rows_quarantined": load["rows_quarantined"],
        "rows_set_aside": set_aside, "rows_flagged": flagged, "records": load["rows_in_table"] - already,
        "reasons": {**reasons, **({"already_loaded": already} if already else {})}, "flags": flags, "questions": [],
        "hours": number(load["hours_loaded"], -hours), "hours_read": number(load["hours_read"]),
        "hours_quarantined": number(load["hours_quarantined"]),
        "hours_set_aside": number(load["hours_set_aside"], hours), "money_read": number(load["money_read"]),
        "money_loaded": number(load["money_loaded"], -money), "money_quarantined": number(load["money_quarantined"]),
        "money_set_aside": number(load["money_set_aside"], money),
        "message": _message(load, loaded, already, warnings), "warnings": warnings, "load_id": load_id,
        "table": load["table_name"],
    }  # fmt: skip

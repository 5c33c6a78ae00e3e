"""What came of one file, or of one table in it, with the names that scripts rely on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import duckdb

from vitals import queries, warehouse
from vitals.contract import entities
from vitals.errors import COMMAND_LINE, IN_THE_LOG, UnrecognisedError, VitalsError, logged, places_of
from vitals.ingest.model import Question, TypedTable
from vitals.ingest.read.texts import counted

Connection = warehouse.Connection
ZERO = Decimal(0)
UNSAID = ("rows", "nearest", "suggested")
"""What is known of a table for the screen alone."""


@dataclass(frozen=True)
class FileColumns:
    """The columns of a file's table: their captions, some cells, which of ours each answers and how sure that is."""

    header: tuple[str, ...]
    mapping: Mapping[str, int] | None = None
    """Contract column -> position in the header, or beyond it where it is made of others; None if not recognised."""
    made_of: Mapping[str, Sequence[int]] = field(default_factory=dict)
    unused: tuple[int, ...] = ()
    confidence: float | None = None
    evidence: str | None = None
    samples: tuple[tuple[str, ...], ...] = ()
    """The first different filled cells of each column, by position in the header."""
    rows: tuple[tuple[str, ...], ...] = ()
    """The first rows as they stand in the file."""
    nearest: str = ""
    suggested: Mapping[str, int] = field(default_factory=dict)
    """The entity that its values are nearest to, and which of its columns may be read from where."""

    @property
    def unread(self) -> tuple[str, ...]:
        """The captions of the columns that hold something and from which nothing is read."""
        filled = [at for at in self.unused if at < len(self.samples) and self.samples[at]]
        return tuple(self.header[at].strip() or f"column {at + 1}" for at in filled)

    def as_json(self) -> dict[str, Any]:
        """What is known of the columns, as `load --format json` prints it."""
        if self.mapping is None:
            return {"header": self.header, "samples": self.samples}
        return {name: value for name, value in vars(self).items() if name not in UNSAID}


@dataclass(frozen=True)
class Report:
    """What came of a file, or of a table in it; its fields are the names that `load --format json` prints."""

    file: str
    entity: str | None = None
    system: str | None = None
    decision: str = "refuse"
    header_row: int | None = None
    preamble_lines: int = 0
    rows_seen: int = 0
    rows_read: int = 0
    rows_loaded: int = 0
    rows_quarantined: int = 0
    rows_set_aside: int = 0
    rows_flagged: int = 0
    records: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    flags: Mapping[str, int] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    hours: float = 0
    hours_read: float = 0
    hours_quarantined: float = 0
    hours_set_aside: float = 0
    money_read: float = 0
    money_loaded: float = 0
    money_quarantined: float = 0
    money_set_aside: float = 0
    money_credited: float = 0
    """Of what is loaded the credit notes with an amount above 0: they are taken off revenue."""
    message: str = ""
    warnings: tuple[str, ...] = ()
    load_id: int | None = None
    table: str | None = None
    """Sheet, member or section that it is about; None where no table was taken up."""
    columns: FileColumns | None = None

    def as_json(self) -> dict[str, Any]:
        """The report as `load --format json` prints it; what is not known of its table is left out."""
        said = {name: value for name, value in vars(self).items() if name != "columns"}
        said["questions"] = [_question(item) for item in self.questions]
        if self.table is None:
            del said["table"]
        return said | (self.columns.as_json() if self.columns else {})


def _question(asked: Question) -> dict[str, Any]:
    return {
        "name": asked.name, "sentence": asked.sentence, "choices": dict(asked.choices), "answers": list(asked.choices),
    }  # fmt: skip


def number(value: Decimal | None, beside: Decimal = ZERO) -> float | int:
    """A sum and what comes to it, as JSON has it; 0 where the file has nothing to add up."""
    value = ZERO if value is None else value + beside
    return int(value) if value == value.to_integral_value() else float(value)


def refused(file: str, error: VitalsError) -> Report:
    """The report of a file that can't be used, with the columns of a table that could be read all the same."""
    if not isinstance(error, UnrecognisedError):
        return Report(file, message=str(error))
    columns = FileColumns(
        error.header,
        samples=error.samples,
        rows=error.rows,
        nearest=error.nearest,
        suggested=error.suggested,
    )
    return Report(file, message=str(error), columns=columns)


def failed(file: str, error: Exception) -> Report:
    """The report of a file whose loading failed in a way that nobody foresaw, or for want of memory."""
    if isinstance(error, VitalsError):
        return refused(file, error)
    if isinstance(error, MemoryError | duckdb.OutOfMemoryException):
        return refused(file, VitalsError(f"{file} is too large for the memory of a session.", COMMAND_LINE))
    said = f"{file} could not be loaded: the program failed (reference {logged(places_of(error))})."
    return refused(file, VitalsError(said, IN_THE_LOG))


def columns_of(table: TypedTable) -> FileColumns:
    """What is known of the columns of a table that was recognised."""
    match, width = table.match, len(table.source.header)
    made = [name for name, at in match.columns.items() if at >= width]
    return FileColumns(
        header=table.source.header,
        mapping=dict(match.columns),
        made_of={name: match.sources.get(name, ()) for name in made},
        unused=match.unused,
        confidence=match.confidence,
        evidence=match.evidence,
        samples=table.samples,
        rows=table.first_rows,
    )


def asked(file: str, table: TypedTable | None, questions: Sequence[Question], warnings: Sequence[str]) -> Report:
    """The report of a table whose questions are open; of no table where they stand before what the file holds."""
    said = Report(
        file=file,
        decision="ask",
        questions=tuple(questions),
        message=" ".join(item.sentence for item in questions),
        warnings=(*(table.warnings if table else ()), *warnings),
    )
    if table is None:
        return said
    return replace(
        said,
        entity=table.entity,
        system=table.match.system,
        header_row=table.source.header_row,
        preamble_lines=table.source.preamble_lines,
        rows_seen=table.rows_read,
        table=table.source.name,
        columns=columns_of(table),
    )


def _already(con: Connection, load: Mapping[str, Any]) -> tuple[int, Decimal, Decimal]:
    """Rows of the load that another brought before, and the money and hours in them."""
    rows, money, hours = queries.run(con, "already_loaded", load["entity"], load=load["load_id"]).fetchall()[0]
    return rows, Decimal(money), Decimal(hours)


def _flags(con: Connection, load: Mapping[str, Any]) -> tuple[dict[str, int], int]:
    """How many rows carry each flag, and how many any."""
    is_built = queries.run(con, "is_built").fetchall()
    name = "flags_of_load" if is_built else "flags_before_build"
    counted = dict(queries.run(con, name, load["entity"], load=load["load_id"]).fetchall())
    flagged = counted.pop(None, 0)
    return counted, flagged


def _message(load: Mapping[str, Any], loaded: int, already: int, warnings: Sequence[str]) -> str:
    label = entities()[load["entity"]].label.lower()
    said = [f"{counted(loaded, 'row')} loaded as {label}."]
    if already:
        said.append(f"{counted(already, 'row was', 'rows were')} already loaded.")
    if load["rows_quarantined"]:
        said.append(f"{counted(load['rows_quarantined'], 'row')} can't be read.")
    return " ".join([*said, load["message"] or "", *warnings]).replace("  ", " ").strip()


def _with_sums(said: Report, load: Mapping[str, Any], money: Decimal, hours: Decimal) -> Report:
    """The report with both sides of its sums; money and hours are in rows that another load brought before."""
    return replace(
        said,
        hours=number(load["hours_loaded"], -hours),
        hours_read=number(load["hours_read"]),
        hours_quarantined=number(load["hours_quarantined"]),
        hours_set_aside=number(load["hours_set_aside"], hours),
        money_read=number(load["money_read"]),
        money_loaded=number(load["money_loaded"], -money),
        money_quarantined=number(load["money_quarantined"]),
        money_set_aside=number(load["money_set_aside"], money),
    )


def _with_rows(con: Connection, said: Report, load: Mapping[str, Any], already: int) -> Report:
    """The report with where its rows went; already of them were brought by another load before."""
    reasons = dict(queries.run(con, "reasons_of_load", load=said.load_id).fetchall())
    flags, flagged = _flags(con, load)
    set_aside = load["rows_set_aside"] + already
    return replace(
        said,
        rows_read=load["rows_read"],
        rows_loaded=load["rows_read"] - load["rows_quarantined"] - set_aside,
        rows_quarantined=load["rows_quarantined"],
        rows_set_aside=set_aside,
        rows_flagged=flagged,
        records=load["rows_in_table"] - already,
        reasons={**reasons, **({"already_loaded": already} if already else {})},
        flags=flags,
    )


def _credited(con: Connection, load: Mapping[str, Any]) -> float | int:
    """What a load's credit notes come to that the file writes without a sign."""
    entity = entities().get(str(load["entity"]))
    if not entity or not entity.has("is_credit"):
        return 0
    return number(queries.run(con, "credits_of_load", load=load["load_id"]).fetchall()[0][0])


def report(con: Connection, load_id: int) -> Report:
    """The report of a load, as things stand now."""
    load = warehouse.records(queries.run(con, "load_facts", load=load_id))[0]
    already, money, hours = _already(con, load)
    warnings = json.loads(load["warnings"] or "[]")
    said = Report(
        file=load["file_name"],
        entity=load["entity"],
        system=load["system"],
        decision=load["decision"],
        header_row=load["header_row"],
        preamble_lines=load["preamble_lines"],
        rows_seen=load["rows_read"],
        warnings=tuple(warnings),
        load_id=load_id,
        table=load["table_name"],
    )
    said = _with_sums(_with_rows(con, said, load, already), load, money, hours)
    said = replace(said, money_credited=_credited(con, load))
    return replace(said, message=_message(load, said.rows_loaded, already, warnings))

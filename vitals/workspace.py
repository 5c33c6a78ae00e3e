"""The work behind both the screens and the command line: load files, take a load back."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vitals import decisions, warehouse
from vitals.errors import VitalsError
from vitals.ingest import child, report, store
from vitals.ingest.plan import Options
from vitals.ingest.prepare import Prepared

Connection = warehouse.Connection
Report = dict[str, Any]
Progress = Callable[[str, int], None]
Prepare = Callable[..., Prepared]


@dataclass(frozen=True)
class Upload:
    """A file that exists only in memory."""

    name: str
    data: bytes


@dataclass(frozen=True)
class LoadOptions:
    """What the user says about the files that are loaded together."""

    entity: str | None = None
    mapping: Path | None = None
    classes: Path | None = None
    client: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    """[FILE:]QUESTION -> answer."""
    mappings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """File -> contract column -> the file's caption."""


def answers_for(name: str, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that hold for a file: those for all, then its own."""
    own = {key.rpartition(":")[2]: text for key, text in answers.items() if key.rpartition(":")[0] == name}
    return {**{key: text for key, text in answers.items() if ":" not in key}, **own}


def _mapping(path: Path) -> Mapping[str, Any]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise VitalsError(
            f"The mapping {path} can't be read as JSON.", 'Write {"columns": {"client": "Customer"}}.'
        ) from error
    if not isinstance(said, dict):
        raise VitalsError(f"The mapping {path} is no JSON object.", 'Write {"columns": {"client": "Customer"}}.')
    return said


def _options(name: str, options: LoadOptions) -> Options:
    mapping = options.mappings.get(name) or (_mapping(options.mapping) if options.mapping else None)
    return Options(options.entity, mapping, options.client, answers_for(name, options.answers))


def _store(con: Connection, prepared: Prepared, answers: Mapping[str, str]) -> list[Report]:
    """All tables of a file and everything built from them, in one transaction."""
    file = store.FileFacts(prepared.name, prepared.sha256, prepared.size, answers)
    with warehouse.transaction(con):
        loads = [store.store(con, table, file) for table in prepared.tables]
        warehouse.build(con)
        reports = [report.report(con, load_id) for load_id in loads]
    return [{**item, "warnings": [*item["warnings"], *prepared.warnings]} for item in reports]


def _load(con: Connection, prepared: Prepared, answers: Mapping[str, str]) -> list[Report]:
    questions = list(prepared.questions)
    if not questions:
        questions = [item for table in prepared.tables for item in store.questions(con, table, answers)]
    if questions:
        return [report.asked(prepared.name, table, questions, prepared.warnings) for table in prepared.tables]
    return _store(con, prepared, answers)


def _load_file(
    con: Connection, source: Path | Upload, options: LoadOptions, progress: Progress, prepare: Prepare
) -> list[Report]:
    name = source.name
    try:
        if isinstance(source, Path) and not source.is_file():
            raise VitalsError(f"There is no file {source}.", "Check its name and folder.")
        said = _options(name, options)
        data = source if isinstance(source, Path) else source.data
        prepared = prepare(data, name, said, lambda rows: progress(name, rows))
        return _load(con, prepared, said.answers)
    except VitalsError as error:
        return [report.empty(name, "refuse", str(error))]


def load_files(
    con: Connection,
    files: Sequence[Path | Upload],
    options: LoadOptions,
    progress: Progress | None = None,
    prepare: Prepare = child.prepare,
) -> list[Report]:
    """Load each file in a transaction of its own, and say what came of it; a refusal is a report, not an error."""
    shown = progress or (lambda name, rows: None)
    reports = [item for source in files for item in _load_file(con, source, options, shown, prepare)]
    if options.classes:
        decisions.set_item_classes(con, read_classes(options.classes))
    return reports


def read_classes(path: Path) -> list[decisions.ItemClass]:
    """The item classes of a CSV file with the columns item, revenue_class and service_months.

    Raises VitalsError if the file or a row of it can't be used.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        return [_item_class(row) for row in rows]
    except (OSError, KeyError, ValueError) as error:
        hint = "It needs the columns item, revenue_class and service_months."
        raise VitalsError(f"The classes in {path} can't be read.", hint) from error


def _item_class(row: Mapping[str, str]) -> decisions.ItemClass:
    key = " ".join((row.get("item_key") or row["item"]).casefold().split())
    months = (row.get("service_months") or "").strip()
    return decisions.ItemClass(key, row["revenue_class"].strip() or None, int(months) if months else None)


def set_item_classes(con: Connection, said: Sequence[Mapping[str, Any]]) -> None:
    """Confirm the classes of billing items."""
    decisions.set_item_classes(con, [decisions.ItemClass(**item) for item in said])


def undo(con: Connection, load_id: int) -> str:
    """Take a load back, rebuild without it, and say so.

    Raises VitalsError if there is no such load.
    """
    with warehouse.transaction(con):
        name = store.undo(con, load_id)
        warehouse.build(con)
    return f"Load {load_id} ({name}) is taken back."


def as_lines(reports: Sequence[Report]) -> str:
    """One line for each report."""
    return "\n".join(_line(item) for item in reports)


def _line(item: Report) -> str:
    if item["decision"] in ("refuse", "ask"):
        asked = "; ".join(
            f"--answer {item['file']}:{one['name']}={'|'.join(one['answers'])}" for one in item["questions"]
        )
        return f"{item['file']}: {item['decision']}. {item['message']} {asked}".rstrip()
    left = f"{item['rows_quarantined']} quarantined, {item['rows_set_aside']} set aside, {item['rows_flagged']} flagged"
    return f"{item['file']}: load {item['load_id']}, {item['decision']}. {item['message']} ({left})"

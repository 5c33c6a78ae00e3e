"""The work behind both the screens and the command line: load files, take a load back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from vitals import renewal, warehouse
from vitals.errors import VitalsError
from vitals.ingest.model import Options, Prepared
from vitals.ingest.process.parent import ReaderProcess
from vitals.ingest.recognise.mapping import WRITE, mapping_from
from vitals.workspace import choices, report, store
from vitals.workspace.report import FileColumns, Report
from vitals.workspace.store import Incoming

Connection = warehouse.Connection
Progress = Callable[[str, int], None]
Prepare = Callable[..., Prepared]
Building = Callable[[str], None] | None
Before = dict[str, renewal.Content] | None


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
    instead_of: int | None = None
    """A load that is taken back if a file is loaded; it stays where all are refused or asked about."""


class _UnsettledError(Exception):
    """Nothing came in place of the load that was to be taken back; the reports say why."""

    def __init__(self, reports: list[Report]) -> None:
        self.reports = reports


def _mapping(path: Path) -> Any:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise VitalsError(f"The mapping {path} can't be read as JSON.", WRITE) from error
    return said


def _options(con: Connection, name: str, options: LoadOptions) -> Options:
    given = options.mappings.get(name) or (_mapping(options.mapping) if options.mapping else None)
    # only what was found in order goes on to the process that reads the file
    mapping = None if given is None else mapping_from(given).as_json()
    said = choices.time_zone_of(con) | choices.words_of(con) | choices.holding_for(name, options.answers)
    return Options(options.entity, mapping, options.client, said, choices.mappings_of(con), choices.currency(con))


def _content(source: Path | Upload) -> Path | bytes:
    if isinstance(source, Path) and not source.is_file():
        raise VitalsError(f"There is no file {source}.", "Check its name and folder.")
    return source if isinstance(source, Path) else source.data


@dataclass(frozen=True)
class _Batch:
    """Files that are loaded together, in one transaction."""

    con: Connection
    options: LoadOptions
    progress: Progress
    prepare: Prepare

    def read(self, source: Path | Upload) -> list[Report] | list[_Stored]:
        """Read one file and store its rows; what it refuses, or leaves to be asked, is a report already."""
        name, incoming = source.name, Incoming(self.con)
        try:
            said = _options(self.con, name, self.options)
            prepared = self.prepare(_content(source), name, said, incoming, lambda rows: self.progress(name, rows))
        except VitalsError as error:
            incoming.drop()
            return [report.refused(name, error)]
        incoming.finish()
        return self._stored(prepared, said, incoming)

    def _stored(self, prepared: Prepared, said: Options, incoming: Incoming) -> list[Report] | list[_Stored]:
        loads = list(enumerate(prepared.tables, incoming.first_load))
        questions = list(prepared.questions)
        if not questions:
            asked = (store.questions(self.con, table, load, said.answers) for load, table in loads)
            questions = [item for found in asked for item in found]
        if questions:
            incoming.drop()
            tables = prepared.tables or (None,)
            return [report.asked(prepared.name, table, questions, prepared.warnings) for table in tables]
        file = store.FileFacts(prepared.name, prepared.sha256, prepared.size, said.answers)
        for load, table in loads:
            store.store(self.con, table, file, load)
            if len(loads) == 1:
                choices.keep_mapping(self.con, table, said)
        for load, table in loads:
            store.settle(self.con, table.entity, load)
        return [_Stored(load, report.columns_of(table), prepared.warnings) for load, table in loads]


@dataclass(frozen=True)
class _Stored:
    """A table whose rows are stored, and what its report says beside the counts."""

    load_id: int
    columns: FileColumns
    warnings: Sequence[str]

    def report(self, con: Connection) -> Report:
        found = report.report(con, self.load_id)
        return replace(found, columns=self.columns, warnings=(*found.warnings, *self.warnings))


def load_files(
    con: Connection,
    files: Sequence[Path | Upload],
    options: LoadOptions,
    progress: Progress | None = None,
    prepare: Prepare | None = None,
    building: Building = None,
    reading: ReaderProcess | None = None,
) -> list[Report]:
    """Load files in one transaction, and say what came of each; a refusal is a report, not an error.

    progress is told each file's rows as they are read, building the purpose of each table made from them. A process
    that was started to read them ends with it.
    """
    choices.check(options.answers)
    classes = choices.read_classes(options.classes) if options.classes else []
    shown = progress or (lambda name, rows: None)
    try:
        with warehouse.transaction(con):
            before = _before(con)
            # the reading process ends before the build, which needs the memory
            with closing(reading or ReaderProcess()) as process:
                found = _read(_Batch(con, options, shown, prepare or process.prepare), files)
            reports = _built(con, found, before, building)
    except _UnsettledError as unsettled:
        reports, classes = unsettled.reports, []
    if classes:
        choices.set_item_classes(con, classes)
    return choices.with_astray(reports, options.answers, [source.name for source in files])


def _read(batch: _Batch, files: Sequence[Path | Upload]) -> list[Report | _Stored]:
    """Read and store the files, instead of a load if one is named.

    Raises _UnsettledError if that load is to stay, since nothing came in its place.
    """
    if (instead_of := batch.options.instead_of) is not None:
        store.undo(batch.con, instead_of)
    found = [item for source in files for item in batch.read(source)]
    if instead_of is not None and not any(isinstance(item, _Stored) for item in found):
        raise _UnsettledError([item for item in found if isinstance(item, Report)])
    return found


def _before(con: Connection) -> Before:
    """What the stored rows are before they change; none where all is to be built anyway."""
    return renewal.stored(con) if warehouse.is_current(con) else None


def _build(con: Connection, before: Before, building: Building) -> None:
    if before is None:
        warehouse.build(con, building)
    else:
        renewal.renew(con, before, building)


def _built(con: Connection, found: Sequence[Report | _Stored], before: Before, building: Building) -> list[Report]:
    """Build once from all that was stored, or where nothing was built before, then report."""
    if before is None or any(isinstance(item, _Stored) for item in found):
        _build(con, before, building)
    return [item.report(con) if isinstance(item, _Stored) else item for item in found]


def report_of(con: Connection, load_id: int) -> Report:
    """What came of a load as things stand now, after other files and choices."""
    return report.report(con, load_id)


def undo(con: Connection, *load_ids: int) -> str:
    """Take loads back, rebuild without them, and say so.

    Raises VitalsError if there is no such load.
    """
    with warehouse.transaction(con):
        before = _before(con)
        said = [f"Load {load_id} ({store.undo(con, load_id)}) is taken back." for load_id in load_ids]
        _build(con, before, None)
    return " ".join(said)

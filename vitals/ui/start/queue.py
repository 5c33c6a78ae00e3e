"""Files on their way in: taken from the browser, queued, loaded one by one with progress, and let go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from vitals import formats, limits, workspace
from vitals.errors import COMMAND_LINE, VitalsError
from vitals.ui.page import contents, failure, session, signing
from vitals.ui.page.safe import md
from vitals.ui.start import reports, saved_mappings
from vitals.ui.start.reports import REPORTS
from vitals.ui.start.saved_mappings import QueuedFile
from vitals.ui.words import loads
from vitals.workspace import Report

QUEUE, KEPT, SAVED = "vitals_queue", "vitals_kept_files", "vitals_saved_mappings"
FROM_SAMPLE = "vitals_sample_loads"
SAMPLE = Path(__file__).parents[3] / "sample_data" / "exports"
LARGEST_FILES = 2
"""How many files of the largest size are taken at once."""
BEYOND = "vitals_beyond"
KEPT_BYTES = 64 * 1024 * 1024
"""Files are held until the page is left so that a column can be corrected; beyond this only those with a question."""


def take(uploads: Sequence[Any]) -> None:
    """Queue what the browser sent and let go of the framework's copies; mappings go with the files beside them."""
    came: list[QueuedFile] = []
    held = sum(len(item.data) for item in queued() if isinstance(item.data, bytes))
    beyond: list[str] = []
    for uploaded in uploads:
        if held + uploaded.size > most_at_once():
            beyond.append(Path(uploaded.name).name)
        else:
            came.append(QueuedFile(Path(uploaded.name).name, uploaded.getvalue()))
            held += uploaded.size
        session.release(uploaded)
    st.session_state[BEYOND] = beyond
    files, st.session_state[SAVED] = saved_mappings.beside(came, waiting_mappings())
    st.session_state.setdefault(QUEUE, []).extend(files)


def most_at_once() -> int:
    """How many bytes may wait together, so that what is dropped at once leaves memory for reading it."""
    return LARGEST_FILES * largest_file()


def largest_file() -> int:
    """How many bytes a file may have that comes by the browser."""
    return int(st.get_option("server.maxUploadSize")) * 1024 * 1024


def too_much() -> VitalsError | None:
    """What to say of the files of the last drop that were over what is taken at once."""
    names = st.session_state.get(BEYOND)
    if not names:
        return None
    most, verb = formats.count(most_at_once() // 1024**2), "was" if len(names) == 1 else "were"
    said = f"{', '.join(names)} {verb} not taken: {most} MB at once is the most."
    return VitalsError(
        said, f"Drop {'it' if len(names) == 1 else 'them'} again when the others are loaded. {COMMAND_LINE}"
    )


def waiting_mappings() -> dict[str, Any]:
    """Mappings that came without a file to use them on."""
    return st.session_state.get(SAVED, {})


def take_sample() -> None:
    """Queue the invented MSP that ships with the app."""
    files = sorted(path for path in SAMPLE.glob("*") if path.suffix in (".csv", ".xlsx"))
    st.session_state.setdefault(QUEUE, []).extend(QueuedFile(path.name, path) for path in files)


def queued() -> list[QueuedFile]:
    """The files that wait to be loaded."""
    return st.session_state.get(QUEUE, [])


def holds_the_sample() -> bool:
    """Whether what waits is the invented MSP."""
    return bool(queued()) and all(isinstance(item.data, Path) for item in queued())


def cancel() -> None:
    """Forget what has not been loaded yet, and stop reading it; what is loaded stays."""
    session.interrupt_overtaken()
    st.session_state[QUEUE] = []


def again(name: str, answers: Mapping[str, str], columns: Mapping[str, Any]) -> None:
    """Queue a held file once more, with answers or other columns."""
    file: QueuedFile = st.session_state[KEPT][name]
    told, chosen = {**file.answers, **answers}, {**file.columns, **columns}
    st.session_state.setdefault(QUEUE, []).append(replace(file, answers=told, columns=chosen))


def remapped(name: str, load_id: int, table: str, columns: Mapping[str, Any]) -> None:
    """Queue one table of a held file once more with other columns, in place of the load that it was."""
    file: QueuedFile = st.session_state[KEPT][name]
    only = {saved_mappings.WHICH_TABLE: table} if table else {}
    st.session_state.setdefault(QUEUE, []).append(
        replace(
            file,
            answers={**file.answers, **only},
            columns=columns,
            mapping=saved_mappings.of_load(load_id),
            replaces=load_id,
        )
    )


def mapped(name: str, entity: str, columns: Mapping[str, Any]) -> None:
    """Queue a held file that was refused once more, as what the user says it is."""
    said = {"entity": entity, "columns": dict(columns)}
    held: QueuedFile = st.session_state[KEPT][name]
    st.session_state.setdefault(QUEUE, []).append(replace(held, columns={}, mapping=said))


def kept(name: str) -> bool:
    """Whether the file is still here to be loaded again."""
    return name in st.session_state.get(KEPT, {})


def release_elsewhere(page: StreamlitPage) -> None:
    """On any page but the start page release the held files, save those that still wait for an answer."""
    if contents.is_start(page):
        return
    asked = {report.file for report in reports.reports() if reports.waits(report)}
    held: dict[str, QueuedFile] = st.session_state.get(KEPT, {})
    st.session_state[KEPT] = {name: file for name, file in held.items() if name in asked}


def forget(name: str, decision: str = "") -> None:
    """Put away what came of a file, or only that it came to that end; the file goes with the last of it."""
    if not reports.put_away(name, decision):
        st.session_state.get(KEPT, {}).pop(name, None)


def _keep(file: QueuedFile, found: Sequence[Report]) -> None:
    held: dict[str, QueuedFile] = st.session_state.setdefault(KEPT, {})
    asked = any(reports.waits(report) for report in found)
    size = sum(len(item.data) for item in held.values() if isinstance(item.data, bytes))
    own = len(file.data) if isinstance(file.data, bytes) else 0
    if asked or size + own <= KEPT_BYTES:
        held[file.name] = file


def _options(batch: Sequence[QueuedFile]) -> workspace.LoadOptions:
    """What has been said about the files, each under its own name."""
    said = ((item.name, question, answer) for item in batch for question, answer in item.answers.items())
    mapped = [item for item in batch if item.columns or item.mapping]
    return workspace.LoadOptions(
        instead_of=batch[0].replaces,
        answers={f"{name}:{question}": answer for name, question, answer in said},
        mappings={item.name: saved_mappings.told(item.mapping, item.columns) for item in mapped},
    )


@dataclass
class Bar:
    """How far a load is, drawn as what it waits for, each file's rows and each table that is built are told."""

    names: Sequence[str]
    drawn_by: Any
    begun: list[str] = field(default_factory=list)

    @classmethod
    def drawn(cls, names: Sequence[str]) -> Bar:
        """The bar before anything is read."""
        return cls(names, st.progress(0.0, text=f"Reading {md(names[0])}"))

    def _show(self, files: int, said: str) -> None:
        bar = self.drawn_by
        bar.progress(value=files / (len(self.names) + 1), text=md(said))

    def waiting(self, before: int) -> None:
        """So many loads are before this one."""
        self._show(0, loads.place(before))

    def read(self, name: str, rows: int) -> None:
        """So many rows of a file are read. Raises VitalsError where that is more than it, or all, may have here."""
        limits.check_rows(rows)
        limits.check_room()
        if name not in self.begun:
            self.begun.append(name)
        where = f", {len(self.begun)} of {len(self.names)}" if len(self.names) > 1 else ""
        self._show(len(self.begun), f"{name}{where}: {formats.plural(rows, 'row')} read")

    def building(self, purpose: str) -> None:
        """A table is built, for that purpose."""
        self._show(len(self.names), f"All rows are read. Putting together: {purpose}")


def _load(batch: Sequence[QueuedFile], bar: Bar) -> list[Report]:
    sources = [item.data if isinstance(item.data, Path) else workspace.Upload(item.name, item.data) for item in batch]
    with session.writing() as cursor, session.reading() as process:
        process.told_place = bar.waiting
        found = workspace.load_files(cursor, sources, _options(batch), bar.read, building=bar.building, reading=process)
    signing.note("load", files=len(batch))
    return reports.settled(found)


def _load_or_refuse(batch: Sequence[QueuedFile], bar: Bar) -> list[Report]:
    """What came of files that are loaded together or, where that fails, each by itself, to refuse only what fails."""
    try:
        return _load(batch, bar)
    except Exception as error:
        if len(batch) == 1:
            return [workspace.failed(batch[0].name, error)]
    return [found for item in batch for found in _load_or_refuse([item], bar)]


def _remember(batch: Sequence[QueuedFile], found: Sequence[Report]) -> None:
    """Remember the reports; files leave the queue only now, so that an overtaken load starts again."""
    names = {item.name for item in batch}
    replaced = {item.name: _gone(item, found) for item in batch if item.replaces is not None}
    is_fresh = not any(item.answers or item.columns or item.mapping for item in batch)
    for item in batch:
        own = [report for report in found if report.file == item.name]
        if not reports.is_repeated(own) and (item.replaces is None or any(map(reports.is_asked, own))):
            _keep(item, own)
    st.session_state[REPORTS] = [
        *found,
        *(report for report in reports.reports() if reports.stays(report, names, found, is_fresh, replaced)),
    ]
    st.session_state[QUEUE] = queued()[len(batch) :]
    if all(isinstance(item.data, Path) for item in batch):
        st.session_state[FROM_SAMPLE] = [report.load_id for report in found if report.load_id is not None]


def _gone(file: QueuedFile, found: Sequence[Report]) -> int | None:
    """The load that is no longer, since the file came in its place."""
    return file.replaces if any(report.load_id is not None for report in found) else None


def _batch() -> list[QueuedFile]:
    """The first files of the queue whose names differ, since what is said of a file is said by its name.

    A file that comes in place of a load comes alone: it is loaded, or the load stays.
    """
    names = [item.name for item in queued()]
    ends = (place for place, item in enumerate(queued()) if place and (item.name in names[:place] or item.replaces))
    return queued()[:1] if queued()[0].replaces else queued()[: next(ends, len(names))]


def load_next() -> None:
    """Load the first files of the queue, then show the page anew."""
    batch = _batch()
    bar = Bar.drawn([item.name for item in batch])
    st.button(
        "Cancel", key="cancel_load", on_click=failure.guarded(cancel), help="What was loaded before stays as it is."
    )
    _remember(batch, _load_or_refuse(batch, bar))
    st.rerun()


def _load_elsewhere() -> None:
    st.header(md(loads.under_way(len(queued()), holds_the_sample())), anchor=False)
    load_next()


def run_of(page: StreamlitPage) -> Callable[[], None]:
    """What a run draws: its page, but elsewhere than on the start page first the loading of the files that wait."""
    return page.run if contents.is_start(page) or not queued() else _load_elsewhere


def sample_loads() -> list[int]:
    """The loads that the sample brought, while they are in."""
    return st.session_state.get(FROM_SAMPLE, [])


def taken_back(load_id: int) -> None:
    """Forget the card of a load that no longer is."""
    reports.taken_back(load_id)
    st.session_state[FROM_SAMPLE] = [load for load in sample_loads() if load != load_id]


def take_sample_out() -> None:
    """Take every load of the sample back."""
    with session.writing() as cursor:
        workspace.undo(cursor, *sample_loads())
    st.session_state[FROM_SAMPLE] = []
    st.session_state[REPORTS] = []

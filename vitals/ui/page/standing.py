"""How the open workspace stands to the kept ones: read together with others, a copy, or in memory alone."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from vitals import warehouse
from vitals.errors import VitalsError
from vitals.kept import folder, shared
from vitals.kept.file import Opener
from vitals.kept.folder import Kept
from vitals.kept.published import Published
from vitals.ui.page import lifetime, memory, signing
from vitals.ui.page.safe import md
from vitals.ui.words import workspaces as words

CONNECTION, HOLDING = "vitals_connection", "vitals_holding"
KEPT_AS, CHANGED = "vitals_kept_as", "vitals_changed"


def holding() -> lifetime.Holding:
    """What the session has, made on first use. Raises VitalsError where somebody must be signed in and isn't."""
    signing.person()
    if HOLDING not in st.session_state:
        st.session_state[HOLDING] = lifetime.begun()
    held: lifetime.Holding = st.session_state[HOLDING]
    held.seen_at = time.monotonic()
    return held


@dataclass(frozen=True)
class KeptAs:
    """Under which name a workspace is kept, and which state of its file it was."""

    name: str
    stamp: tuple[int, int, int]


def kept_as() -> KeptAs | None:
    """The kept workspace that this one was opened from or kept as; none for one that is in memory alone."""
    return st.session_state.get(KEPT_AS)


def others() -> list[Kept]:
    """The kept workspaces that the visitor may see, without the one that is open."""
    own, visitor = kept_as(), signing.visitor()
    return [item for item in visitor.listed() if not own or own.name != item.name] if visitor else []


def is_changed() -> bool:
    """Whether something was loaded or said since the workspace was begun, opened or kept."""
    return bool(st.session_state.get(CHANGED, False))


def stands_as(kept: KeptAs | None) -> None:
    """Note that the workspace is now as it lies in the folder, or is begun anew."""
    st.session_state[KEPT_AS], st.session_state[CHANGED] = kept, False
    shared.end_writing(holding())


def renamed(kept: KeptAs | None) -> None:
    """Note that the file which the workspace is kept as has another name, or is no more."""
    st.session_state[KEPT_AS] = kept
    st.session_state[CHANGED] = is_changed() or kept is None


def is_reading() -> bool:
    """Whether the workspace is read together with others."""
    return holding().reading is not None


def stand_on(reading: shared.Reading | None) -> None:
    """Read what others read in place of what was open."""
    held = holding()
    held.release()
    st.session_state.pop(CONNECTION, None)
    held.reading = reading
    memory.forget()


def published() -> Published | None:
    """What is read on an engine, in place of a workspace."""
    return holding().published


def stand_on_published(found: Published) -> None:
    """Read on an engine what was published, in place of what was open."""
    stand_on(None)
    holding().published = found


def stand_on_own(own: warehouse.Connection) -> None:
    """Go on with a database of the session's own in place of what was open."""
    stand_on(None)
    holding().connection = st.session_state[CONNECTION] = own


def leave_if_refused() -> bool:
    """Let go of what is read and may no longer be seen; whether that was so."""
    held, visitor, kept = holding(), signing.visitor(), kept_as()
    name = held.published.name if held.published else held.reading.kept.name if held.reading else ""
    if not name or not visitor or visitor.person is None:
        return False
    is_refused = not visitor.may("see", kept.name if kept else name)
    if is_refused:
        stand_on(None)
    return is_refused


def _newer() -> Kept | None:
    """The file that is read, where somebody kept it anew since; none too where it is no more."""
    before, seen = holding().reading, kept_as()
    if not before or not seen:
        return None
    try:
        kept = folder.find(before.kept.path.parent, before.kept.name)
    except VitalsError:
        return None
    return kept if kept.stamp != seen.stamp else None


def is_outdated() -> bool:
    """Whether somebody kept anew since what is read."""
    return _newer() is not None


def follow(process: Opener) -> None:
    """Go on with what somebody kept since; what can't be opened, or isn't built yet, leaves the state before."""
    kept = _newer()
    if not kept:
        return
    try:
        after = shared.take(kept, process, waits=False)
    except VitalsError:
        # it is tried once, and the state before is as good as it was
        st.session_state[KEPT_AS] = KeptAs(kept.name, kept.stamp)
        return
    if after:
        stand_on(after)
        stands_as(KeptAs(kept.name, kept.stamp))


def _own_file() -> Path | None:
    """Where the file lies that the open workspace is kept as; none for one that isn't."""
    kept, place = kept_as(), folder.folder()
    return folder.path_of(place, kept.name) if kept and place else None


def writer() -> shared.Writer | None:
    """Who else is changing the workspace that is open."""
    path = _own_file()
    found = shared.writer_of(path) if path else None
    return found if found and found.session is not holding() else None


def begin_writing() -> None:
    """Take the place of the one who changes the kept workspace, or say who has it."""
    kept, path = kept_as(), _own_file()
    if not kept or not path:
        return
    shared.begin_writing(path, holding(), signing.person() or "")
    if (other := writer()) and not is_changed():
        st.toast(md(words.taken(kept.name, other.name, other.since)))

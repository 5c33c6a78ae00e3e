"""The parts of the page of workspaces: keep, open, rename, delete, take away and bring in."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from vitals import formats
from vitals.errors import VitalsError
from vitals.kept import folder
from vitals.kept.file import Opener
from vitals.kept.folder import Kept
from vitals.ui.page import failure, frame, session, standing
from vitals.ui.page.safe import md
from vitals.ui.words import workspaces as words

SAID, BRING_ROUND = "workspaces_said", "workspaces_round"
ROW = (6, 1, 1)
DUCKDB = "application/octet-stream"


def _others(place: Path) -> list[Kept]:
    own = standing.kept_as()
    return [item for item in folder.listed(place) if not own or item.name != own.name]


def headline() -> str:
    """Which workspace is open, and how many others are kept."""
    own, place, holds = standing.kept_as(), folder.folder(), bool(session.held())
    if place is None:
        return words.off(holds)
    return words.headline(own.name if own else "", standing.is_changed(), holds, len(_others(place)))


def draw() -> None:
    """All that can be done with workspaces, or how to switch the keeping on."""
    frame.note(st.session_state.pop(SAID, ""))
    place = folder.folder()
    if place is None:
        st.markdown(md(words.OFF))
        st.code(words.HOW, language="shell")
        return
    frame.note(words.SHARED)
    _keep(place)
    _listed(place)
    _bring(place)


def _say(sentence: str) -> None:
    st.session_state[SAID] = sentence


def _standing(kept: Kept) -> standing.KeptAs:
    return standing.KeptAs(kept.name, kept.stamp)


def _stand_as(kept: standing.KeptAs | None, said: str) -> None:
    """Go on with another workspace, of whose predecessor nothing is left."""
    session.forget_visit()
    standing.stands_as(kept)
    _say(said)


def _kept(place: Path, name: str, own: standing.KeptAs | None) -> None:
    """Keep what is loaded: over the file that it came from, else under a name that is free."""
    if own and (other := standing.writer()):
        raise VitalsError(words.taken(own.name, other.name, other.since))
    kept = session.found(folder.keep, place, name, own.stamp if own else None)
    standing.stands_as(_standing(kept))
    _say(f"{kept.name} is kept.")


def _keep_as(place: Path) -> None:
    _kept(place, st.session_state["keep_name"], None)
    st.session_state["keep_name"] = ""


def _keep(place: Path) -> None:
    own = standing.kept_as()
    if own:
        _with_others(own.name)
    if standing.is_reading():
        st.button("Edit a copy", key="edit_copy", on_click=failure.guarded(session.edit_copy), help=words.COPY)
    frame.section("Keep what is loaded")
    if own:
        st.button(
            md(f"Keep the changes in {own.name}"),
            key="keep_changes",
            type="primary",
            disabled=not standing.is_changed() or standing.writer() is not None,
            on_click=failure.guarded(_kept),
            args=(place, own.name, own),
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Under a new name" if own else "Under the name", key="keep_name", max_chars=folder.MOST_LETTERS)
        st.button(
            "Keep",
            key="keep",
            type="secondary" if own else "primary",
            on_click=failure.guarded(_keep_as),
            args=(place,),
        )
    if session.held() or own:
        with st.popover("Begin with an empty one"):
            st.markdown(md(words.GONE if standing.is_changed() else "What is kept stays kept."))
            st.button("Begin anew", key="begin_anew", on_click=failure.guarded(_begin_anew))


def _with_others(name: str) -> None:
    """How it is read, and who is changing it."""
    if standing.is_reading():
        frame.note(words.reading(name))
    if other := standing.writer():
        st.info(md(words.taken(name, other.name, other.since)))


def _begin_anew() -> None:
    standing.stand_on(None)
    _stand_as(None, "This workspace is new.")


def _open(place: Path, name: str) -> None:
    kept = folder.find(place, name)
    session.open_kept(kept)
    _stand_as(_standing(kept), f"{kept.name} is open.")


def _rename(place: Path, name: str, key: str) -> None:
    own = standing.kept_as()
    renamed = folder.rename(place, name, st.session_state[key])
    if own and own.name == name:
        standing.renamed(_standing(renamed))
    _say(f"{name} is now called {renamed.name}.")


def _delete(place: Path, name: str) -> None:
    own = standing.kept_as()
    folder.delete(place, name)
    if own and own.name == name:
        standing.renamed(None)
    _say(f"{name} is deleted.")


def _way_in(place: Path, item: Kept) -> None:
    """Open it at once where nothing is lost, else after saying what would be."""
    args = (place, item.name)
    if not standing.is_changed():
        st.button("Open", key=f"open_{item.name}", on_click=failure.guarded(_open), args=args)
        return
    with st.popover("Open"):
        st.markdown(md(words.GONE))
        said = md(f"Open {item.name} all the same")
        st.button(said, key=f"open_{item.name}", on_click=failure.guarded(_open), args=args)


def _changes(place: Path, item: Kept) -> None:
    with st.popover("More"):
        st.download_button(
            "Take the file away",
            item.path.read_bytes,
            item.path.name,
            DUCKDB,
            key=f"export_{item.name}",
            on_click="ignore",
            icon=":material/download:",
        )
        key = f"rename_to_{item.name}"
        st.text_input("Another name", item.name, key=key, max_chars=folder.MOST_LETTERS)
        named = (place, item.name, key)
        st.button("Rename", key=f"rename_{item.name}", on_click=failure.guarded(_rename), args=named)
        st.markdown(md(words.FOR_GOOD))
        said, args = md(f"Delete {item.name}"), (place, item.name)
        st.button(said, key=f"delete_{item.name}", on_click=failure.guarded(_delete), args=args)


def _listed(place: Path) -> None:
    found, own = folder.listed(place), standing.kept_as()
    if not found:
        return
    frame.section("Kept workspaces")
    for item in found:
        name, way, more = st.columns(ROW, vertical_alignment="center")
        with name:
            st.markdown(md(item.name))
            here = ", open here" if own and own.name == item.name else ""
            at = f"kept {formats.moment(item.kept_at)} UTC"
            st.caption(md(f"{at}, {formats.number(item.megabytes)} MB{here}"))
        with way:
            _way_in(place, item)
        with more:
            _changes(place, item)


def _brought(place: Path, key: str) -> None:
    uploaded = st.session_state[key]
    if uploaded is None:
        raise VitalsError("There is no file to bring in yet.", "Drop one first.")
    name = st.session_state["bring_name"] or folder.suggested(uploaded.name)
    with session.working(Opener()) as process:
        kept = folder.bring(place, name, uploaded.getvalue(), process)
    session.release(uploaded)
    st.session_state[BRING_ROUND] += 1
    _say(f"{kept.name} is kept: open it from the list.")


def _bring(place: Path) -> None:
    frame.section("Bring one in")
    key = f"bring_{st.session_state.setdefault(BRING_ROUND, 0)}"
    st.file_uploader("A workspace's file", type=["duckdb"], key=key, help=md(words.BROUGHT))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Under the name; empty takes the file's", key="bring_name", max_chars=folder.MOST_LETTERS)
        st.button("Bring it in", key="bring", on_click=failure.guarded(_brought), args=(place, key))

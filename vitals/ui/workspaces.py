"""The parts of the page of workspaces: keep, open, rename, delete, take away and bring in."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from vitals import formats
from vitals.errors import VitalsError
from vitals.kept import folder
from vitals.kept.file import Opener
from vitals.kept.folder import Kept
from vitals.kept.visitor import Visitor
from vitals.ui.page import contents, download, failure, frame, session, signing, standing
from vitals.ui.page.safe import md
from vitals.ui.words import workspaces as words

SAID, BRING_ROUND = "workspaces_said", "workspaces_round"
ROW, MOST_OFFERED = (6, 1, 1), 5


def headline() -> str:
    """Which workspace is open, and how many others are kept."""
    own, visitor, holds = standing.kept_as(), signing.visitor(), bool(session.held())
    if far := standing.published():
        return words.read_elsewhere(far.name, far.address)
    if visitor is None:
        return words.off(holds)
    return words.headline(own.name if own else "", standing.is_changed(), holds, len(standing.others()))


def offer() -> None:
    """The workspaces kept last, to go on with, where nothing is loaded: a browser that is reloaded begins anew."""
    frame.note(st.session_state.pop(SAID, ""))
    visitor = signing.visitor()
    if visitor is None or session.held():
        return
    kept = sorted(standing.others(), key=lambda item: item.kept_at, reverse=True)
    with st.container(horizontal=True, vertical_alignment="center"):
        for item in kept[:MOST_OFFERED]:
            _way_in(visitor, item.name, f"Open {item.name}")
        if len(kept) > MOST_OFFERED:
            contents.link("workspaces", f"All {len(kept)} kept workspaces")


def draw() -> None:
    """All that can be done with workspaces, or how to switch the keeping on."""
    frame.note(st.session_state.pop(SAID, ""))
    visitor = signing.visitor()
    if visitor is None:
        st.markdown(md(words.OFF))
        st.code(words.HOW, language="shell")
        return
    frame.note(words.signed_in(visitor.person, visitor.groups) if visitor.person else words.SHARED)
    if visitor.person and signing.way() == signing.OIDC and st.button("Sign out", key="sign_out", type="tertiary"):
        st.logout()
    if standing.published():
        frame.note(words.ELSEWHERE)
        _anew()
    else:
        _keep(visitor)
    _listed(visitor)
    _published(visitor)
    _bring(visitor)


def _say(sentence: str) -> None:
    st.session_state[SAID] = sentence


def _standing(kept: Kept) -> standing.KeptAs:
    return standing.KeptAs(kept.name, kept.stamp)


def _stand_as(kept: standing.KeptAs | None, said: str) -> None:
    """Go on with another workspace, of whose predecessor nothing is left."""
    session.forget_visit()
    standing.stands_as(kept)
    _say(said)


def _kept(visitor: Visitor, name: str, own: standing.KeptAs | None) -> None:
    """Keep what is loaded: over the file that it came from, else under a name that is free."""
    if own and (other := standing.writer()):
        raise VitalsError(words.taken(own.name, other.name, other.since))
    group = st.session_state.get("keep_for") or ""
    kept = session.found(visitor.keep, name, own.stamp if own else None, "" if own else group)
    standing.stands_as(_standing(kept))
    _say(f"{kept.name} is kept.")


def _keep_as(visitor: Visitor) -> None:
    _kept(visitor, st.session_state["keep_name"], None)
    st.session_state["keep_name"] = ""


def _keep(visitor: Visitor) -> None:
    own = standing.kept_as()
    if own:
        _with_others(own.name)
    if standing.is_reading():
        st.button("Edit a copy", key="edit_copy", on_click=failure.guarded(session.edit_copy), help=md(words.COPY))
    frame.section("Keep what is loaded")
    if own:
        st.button(
            md(f"Keep the changes in {own.name}"),
            key="keep_changes",
            type="primary",
            disabled=not (standing.is_changed() and standing.writer() is None and visitor.may("load", own.name)),
            on_click=failure.guarded(_kept),
            args=(visitor, own.name, own),
        )
    _under_a_name(visitor, own)
    if session.held() or own:
        _anew()


def _anew() -> None:
    with st.popover("Begin with an empty one"):
        st.markdown(md(words.GONE if standing.is_changed() else "What is kept stays kept."))
        st.button("Begin anew", key="begin_anew", on_click=failure.guarded(_begin_anew))


def _under_a_name(visitor: Visitor, own: standing.KeptAs | None) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Under a new name" if own else "Under the name", key="keep_name", max_chars=folder.MOST_LETTERS)
        if visitor.groups:
            st.selectbox(
                "It belongs to", ["", *visitor.groups], key="keep_for", format_func=lambda name: md(name or "me")
            )
        st.button(
            "Keep",
            key="keep",
            type="secondary" if own else "primary",
            on_click=failure.guarded(_keep_as),
            args=(visitor,),
        )


def _with_others(name: str) -> None:
    """How it is read, and who is changing it."""
    if standing.is_reading():
        frame.note(words.reading(name))
    if other := standing.writer():
        st.info(md(words.taken(name, other.name, other.since)))


def _begin_anew() -> None:
    standing.stand_on(None)
    _stand_as(None, "This workspace is new.")


def _open(visitor: Visitor, name: str) -> None:
    kept = visitor.open(name)
    session.open_kept(kept)
    _stand_as(_standing(kept), f"{kept.name} is open.")


def _open_published(visitor: Visitor, name: str) -> None:
    standing.stand_on_published(visitor.open_published(name))
    _stand_as(None, "")


def _rename(visitor: Visitor, name: str, key: str) -> None:
    own = standing.kept_as()
    renamed = visitor.rename(name, st.session_state[key])
    if own and own.name == name:
        standing.renamed(_standing(renamed))
    _say(f"{name} is now called {renamed.name}.")


def _delete(visitor: Visitor, name: str) -> None:
    own = standing.kept_as()
    visitor.delete(name)
    if own and own.name == name:
        standing.renamed(None)
    _say(f"{name} is deleted.")


def _way_in(visitor: Visitor, name: str, label: str = "Open", *, is_published: bool = False) -> None:
    """Open it at once where nothing is lost, else after saying what would be."""
    react, key = (_open_published, "published") if is_published else (_open, "open")
    told: dict[str, Any] = {"key": f"{key}_{name}", "on_click": failure.guarded(react), "args": (visitor, name)}
    if not standing.is_changed():
        st.button(md(label), **told)
        return
    with st.popover(md(label)):
        st.markdown(md(words.GONE))
        st.button(md(f"Open {name} all the same"), **told)


def _changes(visitor: Visitor, item: Kept) -> None:
    with st.popover("More"):
        file = partial(visitor.take_away, item.name)
        download.offer("Take the file away", file, item.path.name, f"export_{item.name}", logs_itself=True)
        if visitor.may("load", item.name):
            _renaming(visitor, item)
        if visitor.may("delete", item.name):
            _deletion(visitor, item)


def _renaming(visitor: Visitor, item: Kept) -> None:
    key = f"rename_to_{item.name}"
    st.text_input("Another name", item.name, key=key, max_chars=folder.MOST_LETTERS)
    named = (visitor, item.name, key)
    st.button("Rename", key=f"rename_{item.name}", on_click=failure.guarded(_rename), args=named)


def _deletion(visitor: Visitor, item: Kept) -> None:
    st.markdown(md(words.FOR_GOOD))
    said, args = md(f"Delete {item.name}"), (visitor, item.name)
    st.button(said, key=f"delete_{item.name}", on_click=failure.guarded(_delete), args=args)


def _listed(visitor: Visitor) -> None:
    found, own = visitor.listed(), standing.kept_as()
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
            _way_in(visitor, item.name)
        with more:
            _changes(visitor, item)


def _published(visitor: Visitor) -> None:
    """What was published, to be read on the engine."""
    names = visitor.published()
    if not names:
        return
    frame.section("Published, read on an engine")
    frame.note(words.PUBLISHED)
    for name in names:
        said, way = st.columns(ROW[:2], vertical_alignment="center")
        said.markdown(md(name))
        with way:
            _way_in(visitor, name, is_published=True)


def _brought(visitor: Visitor, key: str) -> None:
    uploaded = st.session_state[key]
    if uploaded is None:
        raise VitalsError("There is no file to bring in yet.", "Drop one first.")
    name = st.session_state["bring_name"] or folder.suggested(uploaded.name)
    with session.working(Opener()) as process:
        kept = visitor.bring(name, uploaded.getvalue(), process)
    session.release(uploaded)
    st.session_state[BRING_ROUND] += 1
    _say(f"{kept.name} is kept: open it from the list.")


def _bring(visitor: Visitor) -> None:
    frame.section("Bring one in")
    key = f"bring_{st.session_state.setdefault(BRING_ROUND, 0)}"
    st.file_uploader("A workspace's file", type=["duckdb"], key=key, help=md(words.BROUGHT))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Under the name; empty takes the file's", key="bring_name", max_chars=folder.MOST_LETTERS)
        st.button("Bring it in", key="bring", on_click=failure.guarded(_brought), args=(visitor, key))

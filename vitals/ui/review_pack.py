"""The page of packs: for whom and when, the slides as they will be handed out, the files, and whose name they carry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from vitals import formats, warehouse
from vitals.errors import VitalsError
from vitals.exports.pack import branding, clients, facts, files, paper, sections
from vitals.exports.pack.clients import Client, Due
from vitals.exports.pack.facts import Quarter
from vitals.exports.pack.slides import Pack
from vitals.ui.page import download, failure, frame, memory, record, session
from vitals.ui.page.safe import md, plain
from vitals.ui.words import packs

QUARTER, SHOWN, PRESENTING, BRANDING = "pack_quarter", "pack_shown", "pack_presenting", "review_branding"
SPEAKER = "pack_speaker"
MOST_QUARTERS, MOST_LETTERS, MOST_MB = 8, 80, 2


@dataclass(frozen=True)
class Chosen:
    """The client and the quarter that the page is about, its pack, and who is due a review by then."""

    client: Client
    quarter: Quarter
    pack: Pack
    due: Due

    @property
    def left_out(self) -> str:
        """Who is due and gets no pack with all the others, in a sentence."""
        return packs.left_out(self.due)

    @property
    def begins(self) -> dict[str, Any]:
        """From when on what is written down for it counts."""
        return {"begins_on": self.quarter.start}

    @property
    def caveat(self) -> str:
        """How far its slides can be read, before they are handed out."""
        return self.pack.caveat

    @property
    def headline(self) -> str:
        """What the page has ready, in a sentence."""
        return packs.ready(self.client.name, self.quarter.name, self.pack, self.due)


def _read(make: Callable[[warehouse.Connection], Any], *key: Any) -> Any:
    """What is made from the workspace, once until it changes."""
    return memory.once(("pack", *key), partial(session.found, make))


def _quarter(newest: Quarter) -> Quarter:
    """One of the last quarters; at first the last whole one of the data."""
    usual: Quarter = _read(clients.last_quarter, "quarter")
    known = [newest]
    while len(known) < MOST_QUARTERS:
        known.append(known[-1].before)
    by_name = {quarter.name: quarter for quarter in known}
    place = [*by_name].index(usual.name) if usual.name in by_name else 0
    return by_name[st.selectbox("Quarter", list(by_name), index=place, key=QUARTER, bind="query-params")]


def choose(newest: Quarter) -> Chosen:
    """The client and the quarter, as the address says."""
    left, right = st.columns(2)
    known = {client.name: client for client in _read(clients.all_clients, "clients")}
    if not known:
        raise VitalsError("No file names a client.", "Load tickets or invoices that do.")
    with left:
        client = known[frame.choose_one("client", list(known))]
    with right:
        quarter = _quarter(newest)
    due = _read(partial(clients.due, quarter=quarter), "due", quarter.start)
    for name in facts.queries():
        record.asked(name)
    made = partial(sections.make, client_key=client.key, quarter=quarter)
    return Chosen(client, quarter, _read(made, client.key, quarter.start), due)


def newest(period: Any) -> Quarter:
    """The quarter in which the data ends."""
    return Quarter.of(period.data_through)


def _one(chosen: Chosen, ending: str, has_notes: bool, con: warehouse.Connection) -> bytes:
    return files.written(sections.make(con, chosen.client.key, chosen.quarter), ending, has_notes=has_notes).content


def _all(chosen: Chosen, has_notes: bool, con: warehouse.Connection) -> bytes:
    return files.zipped(con, chosen.due.clients, chosen.quarter, has_notes=has_notes)


def _begin() -> None:
    st.session_state[SHOWN], st.session_state[PRESENTING] = 0, True


def hand_out(chosen: Chosen) -> None:
    """Presenting, both files, and those of everybody due: each made when it is asked for."""
    stem = files.stem(chosen.client, chosen.quarter)
    has_notes = st.toggle("Speaker notes in the PPTX", value=True, key=SPEAKER)
    with st.container(horizontal=True):
        st.button(
            "Present", key="pack_present", type="primary", icon=":material/slideshow:", on_click=failure.guarded(_begin)
        )
        for ending in (*files.ENDINGS, files.CHARTS):
            made = session.later(partial(_one, chosen, ending, has_notes))
            label = packs.CHARTS if ending == files.CHARTS else ending[1:].upper()
            download.offer(label, made, f"{stem}{ending}", f"pack{ending}")
        if chosen.due.clients:
            name = f"packs-{chosen.quarter.name.replace(' ', '-')}.zip"
            every = session.later(partial(_all, chosen, has_notes))
            download.offer(packs.of_all(len(chosen.due.clients)), every, name, "pack_all")
    if st.session_state.pop(PRESENTING, False):
        _present(chosen)


def _pictures(chosen: Chosen, pack: Pack) -> list[bytes]:
    key = ("pack_pictures", chosen.client.key, chosen.quarter.start, len(pack.slides))
    found: list[bytes] = memory.once(key, lambda: paper.as_pictures(pack))
    return found


def _titles(chosen: Chosen) -> list[str]:
    return [f"{chosen.client.name}, {chosen.quarter.name}", *(slide.title for slide in chosen.pack.slides)]


def _turn(by: int, most: int) -> None:
    st.session_state[SHOWN] = min(max(st.session_state.get(SHOWN, 0) + by, 0), most)


@st.dialog("Review", width="large")
def _present(chosen: Chosen) -> None:
    """One slide after the other, as large as the window; the picture itself goes to full screen."""
    pictures, titles = _pictures(chosen, chosen.pack), _titles(chosen)
    at = min(st.session_state.get(SHOWN, 0), len(pictures) - 1)
    st.image(pictures[at], width="stretch", alt=plain(titles[at]))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        last = len(pictures) - 1
        st.button(
            "Back", key="pack_back", disabled=at == 0, on_click=failure.guarded(_turn), args=(-1, last), shortcut="Left"
        )
        st.caption(md(f"{at + 1} of {len(pictures)}"))
        st.button(
            "Next",
            key="pack_next",
            disabled=at == last,
            on_click=failure.guarded(_turn),
            args=(1, last),
            shortcut="Right",
        )


def preview(chosen: Chosen) -> None:
    """The slides two by two; the appendix, which lists the quarter's tickets, is drawn once it is opened."""
    slides, titles = chosen.pack.slides, _titles(chosen)
    shown = [place for place, slide in enumerate(slides) if slide.section != sections.APPENDIX]
    before = replace(chosen.pack, slides=tuple(slides[place] for place in shown))
    _two_by_two(_pictures(chosen, before), [titles[0], *(titles[place + 1] for place in shown)])
    if rest := [place + 1 for place in range(len(slides)) if place not in shown]:
        box = st.expander(md(f"Appendix: {formats.plural(len(rest), 'slide')}"), key="pack_appendix", on_change="rerun")
        if box.open:
            with box:
                every = _pictures(chosen, chosen.pack)
                _two_by_two([every[place] for place in rest], [titles[place] for place in rest])


def _two_by_two(pictures: list[bytes], titles: list[str]) -> None:
    for start in range(0, len(pictures), 2):
        for column, place in zip(st.columns(2), range(start, min(start + 2, len(pictures))), strict=False):
            column.image(pictures[place], width="stretch", alt=plain(titles[place]))


def _keep() -> None:
    """Keep the branding as the form says it; a logo that is none, or a colour that can't be read, is told."""
    said = {name: st.session_state[f"brand_{name}"] for name in ("company", "prepared_by", "colour")}
    before = next(iter(session.register(BRANDING)), {})
    logo = None if st.session_state.get("brand_without") else before.get("logo")
    if (taken := st.session_state.get("brand_logo")) is not None:
        logo = branding.as_text(branding.read_logo(taken.getvalue()))
    session.keep_register(BRANDING, [{**said, "colour": branding.check_colour(said["colour"]), "logo": logo}])


def brand() -> None:
    """Company, colour and logo of all packs."""
    kept = next(iter(session.register(BRANDING)), {})
    with st.form("brand", border=False):
        st.text_input("Company", kept.get("company") or "", key="brand_company", max_chars=MOST_LETTERS)
        st.text_input("Prepared by", kept.get("prepared_by") or "", key="brand_prepared_by", max_chars=MOST_LETTERS)
        st.color_picker("Colour", kept.get("colour") or branding.Branding.colour, key="brand_colour")
        st.file_uploader("Logo", ["png", "jpg", "jpeg", "svg"], key="brand_logo", max_upload_size=MOST_MB)
        if kept.get("logo"):
            st.checkbox("Take the logo away", key="brand_without")
        st.form_submit_button("Keep the branding", on_click=failure.guarded(_keep), key="brand_keep")

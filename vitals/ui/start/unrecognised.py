"""A file that nothing here recognises: what it holds and which of its columns is what, said by the user."""

from __future__ import annotations

from typing import Any

import streamlit as st

from vitals.contract import Column, Entity, entities
from vitals.ingest.recognise.fit import NEEDS_ONE_OF
from vitals.ui.page.safe import plain
from vitals.ui.start import intake, visit
from vitals.ui.start.mapping import caption_at, sample_of

Report = dict[str, Any]


def _kind(name: str) -> Entity | None:
    """What the user says that the file holds."""
    chosen = st.selectbox(
        "What does it hold?",
        list(entities()),
        index=None,
        format_func=lambda entity: entities()[entity].label,
        placeholder="Choose a kind of rows",
        key=f"holds_{name}",
    )
    return entities()[chosen] if chosen else None


def likely(column: Column, header: list[str]) -> int | None:
    """The place of the caption that is the column's own, if there is one."""
    known = {caption.casefold() for caption in (column.name, *column.captions)}
    return next((place for place, caption in enumerate(header) if plain(caption).strip().casefold() in known), None)


def _column(report: Report, entity: Entity, column: Column) -> int | None:
    """The place of the file's column that the user chooses for one of ours."""
    header, samples = report["header"], report.get("samples") or []

    def shown(place: int) -> str:
        cells = sample_of(samples[place]) if place < len(samples) else ""
        return f"{caption_at(place, header)}: {cells}" if cells else caption_at(place, header)

    chosen: int | None = st.selectbox(
        column.help,
        range(len(header)),
        index=likely(column, header),
        format_func=shown,
        placeholder="Choose a column of the file",
        key=f"is_{report['file']}_{entity.name}_{column.name}",
    )
    return chosen


def _is_complete(entity: Entity, chosen: dict[str, int]) -> bool:
    either = NEEDS_ONE_OF.get(entity.name, ())
    return all(column.name in chosen for column in entity.required) and (not either or bool(set(either) & set(chosen)))


def _named(header: list[str], place: int) -> str | int:
    """A column by its caption, or by its number from 1 where the caption is empty or another has the same."""
    caption = header[place]
    return caption if caption.strip() and header.count(caption) == 1 else place + 1


def _columns(report: Report, entity: Entity) -> dict[str, int]:
    """The needed columns at once, the others on demand; those that were chosen."""
    needed = {column.name for column in entity.required} | set(NEEDS_ONE_OF.get(entity.name, ()))
    places = {
        column.name: _column(report, entity, column)
        for column in entity.columns
        if column.name in needed
    }  # fmt: skip
    with st.expander("Other columns, if the file has them"):
        others = [column for column in entity.columns if column.name not in needed]
        places |= {column.name: _column(report, entity, column) for column in others}
    return {name: place for name, place in places.items() if place is not None}


def can_be_named(report: Report) -> bool:
    """Whether the file is no refusal but waits until the user says what it holds."""
    return visit.is_unnamed(report) and intake.kept(report["file"])


def draw(report: Report) -> None:
    """The choices that turn a refused table into a load; nothing if its table could not be read."""
    if not can_be_named(report):
        return
    with st.container(border=True):
        entity = _kind(report["file"])
        if entity is None:
            return
        chosen = _columns(report, entity)
        named = {name: _named(report["header"], place) for name, place in chosen.items()}
        st.button(
            "Load with these columns",
            type="primary",
            key=f"load_as_{report['file']}",
            disabled=not _is_complete(entity, chosen),
            on_click=intake.mapped,
            args=(report["file"], entity.name, named),
        )

"""Which column of a file is what: your columns beside ours, changed in place, or chosen where nothing is recognised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.contract import Column, Entity, entities
from vitals.ui.page import download, failure, tables
from vitals.ui.page.safe import md, plain
from vitals.ui.start import queue, reports, saved_mappings
from vitals.workspace import FileColumns, Report

NOT_USED = "–"
OURS, YOURS, SAMPLE, NEEDED, NAME = "Ours", "Yours", "Sample", "Needed for", "name"
MUST = "Needed to load"
NO_NUMBER = "No number yet"
WIDTH = 280
"""Pixels of a column of text, so that all of them are on the screen at once."""


def caption_at(position: int, header: Sequence[str]) -> str:
    """A header cell as a choice; equal and empty captions stay apart by their place."""
    text = plain(header[position]).strip() or "(no caption)"
    same = [place for place, other in enumerate(header) if plain(other).strip() == plain(header[position]).strip()]
    return text if len(same) == 1 else f"{text} (column {position + 1})"


def sample_of(cells: Any) -> str:
    """A few cells of a column in one line."""
    return " · ".join(plain(cell) for cell in cells or () if cell)


def _yours(file: FileColumns, column: Column) -> str:
    """The file's column that one of ours is read from, or those that it is made of."""
    header, place = file.header, _place(file, column)
    if place is None:
        return NOT_USED
    if place < len(header):
        return caption_at(place, header)
    parts = file.made_of.get(column.name, ())
    return f"Made of {' and '.join(caption_at(part, header) for part in parts)}" if parts else "Made of all columns"


def _place(file: FileColumns, column: Column) -> int | None:
    """Where one of our columns is read from."""
    return (file.mapping or {}).get(column.name)


def _order(file: FileColumns, column: Column) -> tuple[bool, int]:
    """As the file has them, then those that it lacks."""
    place = _place(file, column)
    return place is None, place or 0


def _needed(column: Column) -> str:
    """What would be missing without the column."""
    if not column.required:
        return column.needed_for or NO_NUMBER
    return f"{MUST}: {column.needed_for[0].lower()}{column.needed_for[1:]}" if column.needed_for else MUST


def table_of(file: FileColumns, entity: Entity) -> pd.DataFrame:
    """A row for each of our columns: yours, a few of its cells, ours and what it is needed for."""
    rows = []
    for column in sorted(entity.columns, key=lambda item: _order(file, item)):
        place = _place(file, column)
        cells = () if place is None or place >= len(file.header) else file.samples[place : place + 1]
        rows.append({
            NAME: column.name,
            YOURS: _yours(file, column),
            SAMPLE: sample_of(cells[0]) if cells else "",
            OURS: column.help,
            NEEDED: _needed(column),
        })  # fmt: skip
    return pd.DataFrame(rows)


def unused(file: FileColumns) -> pd.DataFrame:
    """The file's columns that nothing is read from, with a few of their cells."""
    header, samples, places = file.header, file.samples, file.unused
    return pd.DataFrame({
        YOURS: [caption_at(place, header) for place in places],
        SAMPLE: [sample_of(samples[place]) if place < len(samples) else "" for place in places],
    })  # fmt: skip


def _edited(rows: pd.DataFrame, header: Sequence[str], key: str) -> pd.DataFrame:
    captions = [caption_at(position, header) for position in range(len(header))]
    made = [text for text in rows[YOURS] if text not in captions and text != NOT_USED]
    choices = [NOT_USED, *captions, *dict.fromkeys(made)]
    looks: dict[str, Any] = {
        YOURS: st.column_config.SelectboxColumn(YOURS, options=choices, required=True, pinned=True, width="small"),
        **{name: st.column_config.TextColumn(name, width=WIDTH) for name in (SAMPLE, OURS, NEEDED)},
    }
    alt = "Your columns with samples beside ours and what each is needed for; the column Yours can be changed"
    return tables.edited(rows, looks, [OURS, SAMPLE, NEEDED], alt, key)


def changed(before: pd.DataFrame, after: pd.DataFrame, header: Sequence[str]) -> dict[str, Any]:
    """Contract column -> the number (from 1) of the column now chosen for it, or "" for none; the rest stays."""
    numbers: dict[str, Any] = {caption_at(position, header): position + 1 for position in range(len(header))}
    numbers[NOT_USED] = ""
    moved = (after[YOURS] != before[YOURS]) & after[YOURS].isin(list(numbers))
    pairs = zip(after.loc[moved, NAME], after.loc[moved, YOURS], strict=True)
    return {name: numbers[caption] for name, caption in pairs}


def _not_used(file: FileColumns, key: str) -> None:
    rows = unused(file)
    if rows.empty:
        st.caption("Every column of the file is used.")
        return
    st.caption(md(f"{formats.plural(len(rows), 'column')} of the file without a use here:"))
    tables.listed(rows, "Columns of the file that nothing is read from, with samples", f"not_used_{key}")


def draw(report: Report) -> None:
    """The mapping of one table of a file; nothing if its report does not carry one."""
    entity, file = entities().get(report.entity or ""), report.columns
    if not entity or not file or file.mapping is None:
        return
    name, load = report.file, report.load_id
    key = f"{name}_{entity.name}_{load}"
    _first_rows(file, key)
    st.markdown("Which of your columns was read as what; choose another where it is wrong.")
    rows = table_of(file, entity)
    edited = _edited(rows, file.header, key=f"map_{key}")
    moved = changed(rows, edited, file.header)
    _not_used(file, key)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Load again with these columns",
            key=f"remap_{key}",
            disabled=not moved,
            on_click=failure.guarded(queue.again if load is None else queue.remapped),
            args=(name, {}, moved) if load is None else (name, load, report.table or "", moved),
        )
        if not moved:
            st.caption("It waits until another column is chosen above.")
        _save(name, load)


def _save(name: str, load: Any) -> None:
    """The mapping as a file, to be dropped beside the next export or given to the command line."""
    used = saved_mappings.of_load(load) if load is not None else {}
    if used:
        file = f"{plain(name)}{saved_mappings.ENDING}"
        help = "Drop it beside the next such file, or give it to the command line with --mapping."
        download.offer("Save this mapping", saved_mappings.as_file(used), file, f"save_map_{load}", help=help)


def _kind(name: str, nearest: str) -> Entity | None:
    """What the user says that the file holds; what its values are nearest to is chosen beforehand."""
    chosen = st.selectbox(
        "What does it hold?",
        list(entities()),
        index=list(entities()).index(nearest) if nearest else None,
        format_func=lambda entity: entities()[entity].label,
        placeholder="Choose a kind of rows",
        key=f"holds_{name}",
    )
    return entities()[chosen] if chosen else None


def _first_rows(file: FileColumns, key: str) -> None:
    """The first rows of the file as they stand there, by which its owner knows the columns."""
    captions = [caption_at(place, file.header) for place in range(len(file.header))]
    rows = [dict(zip(captions, map(plain, row), strict=False)) for row in file.rows]
    if rows:
        tables.listed(pd.DataFrame(rows), "The first rows of the file", f"first_rows_{key}")


def likely(column: Column, header: Sequence[str]) -> int | None:
    """The place of the caption that is the column's own, if there is one."""
    known = {caption.casefold() for caption in (column.name, *column.captions)}
    return next((place for place, caption in enumerate(header) if plain(caption).strip().casefold() in known), None)


def _chosen_column(key: str, file: FileColumns, column: Column, suggested: Mapping[str, int]) -> int | None:
    """The place of the file's column that the user chooses for one of ours; what it may be is chosen beforehand."""
    header, samples = file.header, file.samples

    def shown(place: int) -> str:
        cells = sample_of(samples[place]) if place < len(samples) else ""
        return f"{caption_at(place, header)}: {cells}" if cells else caption_at(place, header)

    chosen: int | None = st.selectbox(
        column.help,
        range(len(header)),
        index=suggested.get(column.name, likely(column, header)),
        format_func=shown,
        placeholder="Choose a column of the file",
        key=f"{key}_{column.name}",
    )
    return chosen


def _named(header: Sequence[str], place: int) -> str | int:
    """A column by its caption, or by its number from 1 where the caption is empty or another has the same."""
    caption = header[place]
    return caption if caption.strip() and header.count(caption) == 1 else place + 1


def _chosen_columns(key: str, file: FileColumns, entity: Entity) -> dict[str, int]:
    """The needed columns at once, the others on demand; those that were chosen."""
    needed = {column.name for column in entity.required} | set(entity.needs_one_of)
    suggested = file.suggested if file.nearest == entity.name else {}
    places = {
        column.name: _chosen_column(key, file, column, suggested)
        for column in entity.columns
        if column.name in needed
    }  # fmt: skip
    with st.expander("Other columns, if the file has them"):
        others = [column for column in entity.columns if column.name not in needed]
        places |= {column.name: _chosen_column(key, file, column, suggested) for column in others}
    return {name: place for name, place in places.items() if place is not None}


def can_be_named(report: Report) -> bool:
    """Whether the file is no refusal but waits until the user says what it holds."""
    return reports.is_unnamed(report) and queue.kept(report.file)


def choose_by_hand(report: Report) -> None:
    """The choices that turn a refused table into a load; nothing if its table could not be read."""
    if report.columns is None or not can_be_named(report):
        return
    with st.container(border=True):
        _first_rows(report.columns, report.file)
        entity = _kind(report.file, report.columns.nearest)
        if entity is None:
            return
        chosen = _chosen_columns(f"is_{report.file}_{entity.name}", report.columns, entity)
        named = {name: _named(report.columns.header, place) for name, place in chosen.items()}
        lacking = entity.lacking(chosen)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Load with these columns",
                type="primary",
                key=f"load_as_{report.file}",
                disabled=bool(lacking),
                on_click=failure.guarded(queue.mapped),
                args=(report.file, entity.name, named),
            )
            if lacking:
                st.caption(md(f"It waits for a column for: {', '.join(column.help.lower() for column in lacking)}."))

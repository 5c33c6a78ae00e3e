"""A register on screen: a table that its user fills in, kept at once, with the way back and files to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.errors import VitalsError
from vitals.registers import NUMBERS, Field, Register, Row
from vitals.registers import register as declared
from vitals.ui.page import failure, session, tables
from vitals.ui.page.safe import md, plain

SHOWN_AS = {"percent": 100.0}
LETTER, PADDING, WIDEST = 7, 24, 400
"""Pixels of a letter, of a cell's sides and of the widest column of text."""
FORMS = {
    "number": "number", "count": "count", "percent": "percent", "money": "money_exact", "date": "day",
    "yes_no": "yes_no",
}  # fmt: skip
"""Kind of field -> how a file of its rows writes it."""


def _unit(field: Field) -> str:
    return {"percent": "%", "money": formats.sign()}.get(field.kind, "")


def _label(field: Field) -> str:
    unit = _unit(field)
    return f"{field.label} ({unit})" if unit else field.label


def _number(field: Field) -> Any:
    scale = SHOWN_AS.get(field.kind, 1.0)
    return st.column_config.NumberColumn(
        _label(field),
        help=md(field.help),
        required=field.is_required,
        disabled=field.is_fixed,
        min_value=field.min * scale,
        max_value=field.max * scale,
        step=1 if field.kind == "count" else None,
        format="%g" if field.kind != "money" else "%.2f",
    )


def _width(field: Field, cells: Sequence[Any]) -> int | None:
    """How wide a column of text is that only we write: as its longest text needs, so that a phone shows the others."""
    if not field.is_fixed:
        return None
    return min(WIDEST, PADDING + LETTER * max((len(str(cell)) for cell in (field.label, *cells)), default=0))


def _column(field: Field, clients: Sequence[str], cells: Sequence[Any] = ()) -> Any:
    """How the table shows a field with these cells, and what it takes there."""
    common: dict[str, Any] = {"help": md(field.help), "required": field.is_required, "disabled": field.is_fixed}
    if field.kind in NUMBERS:
        return _number(field)
    if field.kind == "date":
        return st.column_config.DateColumn(field.label, **common)
    if field.kind == "yes_no":
        return st.column_config.CheckboxColumn(field.label, **common)
    if field.kind == "choice":
        words = list(field.choices)
        return st.column_config.SelectboxColumn(field.label, options=words, format_func=formats.words, **common)
    if field.kind == "client" and clients:
        return st.column_config.SelectboxColumn(field.label, options=list(clients), **common)
    return st.column_config.TextColumn(field.label, width=_width(field, cells), **common)


def _shown(field: Field, value: Any) -> Any:
    """A value as its cell shows it: a share in per cent, text without invisible characters."""
    if value is None:
        return None
    if field.kind in NUMBERS:
        return round(float(value) * SHOWN_AS.get(field.kind, 1.0), 10)
    return plain(value) if isinstance(value, str) else value


def _said(field: Field, value: Any) -> Any:
    """What a cell that somebody filled says: per cent as a share."""
    if field.kind == "percent" and value is not None and not pd.isna(value):
        return round(float(value) / SHOWN_AS["percent"], 12)
    return value


def edited(
    fields: Sequence[Field], rows: Sequence[Row], changes: Mapping[str, Any], new: Mapping[str, Any] | None = None
) -> list[Row]:
    """The rows after the changes that the framework's editor reports: cells of rows, rows added and taken away.

    new: what a row that is added says where nobody filled it.
    """
    known = {field.name: field for field in fields}

    def said(cells: Mapping[str, Any]) -> Row:
        return {name: _said(known[name], value) for name, value in cells.items() if name in known}

    changed = {int(place): said(cells) for place, cells in changes.get("edited_rows", {}).items()}
    gone = set(changes.get("deleted_rows", []))
    kept = [{**row, **changed.get(place, {})} for place, row in enumerate(rows) if place not in gone]
    added = (cells for cells in changes.get("added_rows", []) if any(value is not None for value in cells.values()))
    filled = ({name: value for name, value in cells.items() if value is not None} for cells in map(said, added))
    return [*kept, *({**(new or {}), **cells} for cells in filled)]


def _keep(name: str, stem: str, key: str, where: Row, new: Mapping[str, Any]) -> None:
    """Keep what the editor holds now; what can't stand is told and stays in the table, to be mended."""
    rows = edited(_open_fields(declared(name), where), st.session_state[f"{key}_rows"], st.session_state[key], new)
    before = session.register(name, **where)
    if rows == before:
        return
    try:
        session.keep_register(name, rows, **where)
    except VitalsError as error:
        st.session_state[f"{stem}_refused"] = error
    else:
        st.session_state.setdefault(f"{stem}_before", []).append(before)


def _undo(name: str, stem: str, where: Row) -> None:
    session.keep_register(name, st.session_state[f"{stem}_before"].pop(), **where)
    # the editor lays its own changes over the rows it is given: another key begins anew
    st.session_state[f"{stem}_turn"] = st.session_state.get(f"{stem}_turn", 0) + 1


def _open_fields(kept: Register, where: Row) -> list[Field]:
    return [field for field in kept.fields if field.name not in where]


def _editor(kept: Register, stem: str, where: Row, clients: Sequence[str], new: Mapping[str, Any]) -> None:
    fields, key = _open_fields(kept, where), f"{stem}_{st.session_state.get(f'{stem}_turn', 0)}"
    if key not in st.session_state:
        # the framework begins anew, without what was typed, where the names to choose from come in another order
        st.session_state[f"{key}_rows"], st.session_state[f"{key}_clients"] = (
            session.register(kept.name, **where),
            clients,
        )
    rows, clients = st.session_state[f"{key}_rows"], st.session_state[f"{key}_clients"]
    cells = {field.name: [_shown(field, row[field.name]) for row in rows] for field in fields}
    st.data_editor(
        pd.DataFrame(cells, columns=[field.name for field in fields], dtype=object),
        key=key,
        hide_index=True,
        num_rows="fixed" if kept.is_fixed else "dynamic",
        column_config={field.name: _column(field, clients, cells[field.name]) for field in fields},
        on_change=failure.guarded(_keep),
        args=(kept.name, stem, key, where, new),
        alt=kept.purpose,
        placeholder=formats.MISSING,
    )


def needed(kept: Register, where: Row) -> str:
    """What a row must hold to be kept: the framework holds back one without, and says so nowhere."""
    labels = [field.label for field in _open_fields(kept, where) if field.is_required]
    if kept.is_fixed or not labels:
        return ""
    return f"Each row needs {formats.listed(labels)}: one without is not kept."


def draw(name: str, clients: Sequence[str] = (), new: Mapping[str, Any] | None = None, **where: Any) -> None:
    """The register to fill in, those rows alone whose columns have the values of where; a change is kept at once.

    clients: the names to choose from in a column of clients; without any it takes text.
    new: what a row that is added says where nobody filled it.
    """
    kept = declared(name)
    # what is filled in is part of the name: rows that were added under another value keep theirs
    stem = "_".join([f"register_{name}", *map(str, where.values()), *map(str, (new or {}).values())])
    if said := needed(kept, where):
        st.caption(md(said))
    _editor(kept, stem, where, clients, new or {})
    if error := st.session_state.pop(f"{stem}_refused", None):
        failure.show(error)
    if st.session_state.get(f"{stem}_before"):
        st.button(
            "Undo the last change",
            key=f"{stem}_undo",
            type="tertiary",
            on_click=failure.guarded(_undo),
            args=(name, stem, where),
        )
    fields = _open_fields(kept, where)
    columns = {
        field.label: tables.TableColumn(field.name, field.label, FORMS.get(field.kind, "text")) for field in fields
    }
    rows = pd.DataFrame(session.register(name, **where), columns=[field.name for field in fields])
    tables.downloads(rows, columns, name.replace("_", "-") + ".", stem)

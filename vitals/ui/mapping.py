"""The mapping of a loaded file: your columns beside ours with samples, changed in place and loaded again."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from vitals.contract import Entity, entities
from vitals.ui import intake, saved
from vitals.ui.safe import md, plain

NOT_USED = "–"
OURS, YOURS, SAMPLE, NAME = "Ours", "Yours", "Sample", "name"


def caption_at(position: int, header: list[str]) -> str:
    """A header cell as a choice; equal and empty captions stay apart by their place."""
    text = plain(header[position]).strip() or "(no caption)"
    same = [place for place, other in enumerate(header) if plain(other).strip() == plain(header[position]).strip()]
    return text if len(same) == 1 else f"{text} (column {position + 1})"


def sample_of(cells: Any) -> str:
    """A few cells of a column in one line."""
    return " · ".join(plain(cell) for cell in cells or () if cell)


def table_of(report: dict[str, Any], entity: Entity) -> pd.DataFrame:
    header, found, samples = report["header"], report["mapping"], report.get("samples") or []
    rows = []
    for column in entity.columns:
        place = found.get(column.name)
        known = place is not None and place < len(header)
        rows.append({
            NAME: column.name,
            OURS: f"{column.help}{' (needed)' if column.required else ''}",
            YOURS: caption_at(place, header) if known else NOT_USED,
            SAMPLE: sample_of(samples[place]) if known and place < len(samples) else "",
        })  # fmt: skip
    return pd.DataFrame(rows)


def _edited(rows: pd.DataFrame, header: list[str], key: str) -> pd.DataFrame:
    captions = [caption_at(position, header) for position in range(len(header))]
    return st.data_editor(
        rows,
        hide_index=True,
        column_order=[OURS, YOURS, SAMPLE],
        disabled=[OURS, SAMPLE],
        column_config={YOURS: st.column_config.SelectboxColumn(YOURS, options=[NOT_USED, *captions], required=True)},
        key=key,
        alt="Our columns beside yours, with samples; the column Yours can be changed",
    )


def changed(before: pd.DataFrame, after: pd.DataFrame, header: list[str]) -> dict[str, Any]:
    """Contract column -> the number (from 1) of the column now chosen for it, or "" for none; the rest stays."""
    numbers = {caption_at(position, header): position + 1 for position in range(len(header))}
    moved = after[YOURS] != before[YOURS]
    pairs = zip(after.loc[moved, NAME], after.loc[moved, YOURS], strict=True)
    return {name: numbers.get(caption, "") for name, caption in pairs}


def draw(report: dict[str, Any]) -> None:
    """The mapping of one table of a file; nothing if its report does not carry one."""
    entity = entities().get(str(report.get("entity")))
    if not entity or not report.get("header") or report.get("mapping") is None:
        return
    name, load = report["file"], report.get("load_id")
    with st.expander(md(f"Which columns were read as what in {name}")):
        rows = table_of(report, entity)
        edited = _edited(rows, report["header"], key=f"map_{load}")
        moved = changed(rows, edited, report["header"])
        st.button(
            "Load again with these columns",
            key=f"remap_{load}",
            disabled=not moved,
            on_click=intake.again,
            args=(name, {}, moved, load),
        )
        _save(name, load)


def _save(name: str, load: Any) -> None:
    """The mapping as a file, to be dropped beside the next export or given to the command line."""
    used = saved.of_load(load) if load is not None else {}
    if used:
        said = "Drop it beside the next such file, or give it to the command line with --mapping."
        file = f"{plain(name)}{saved.ENDING}"
        st.download_button(
            "Save this mapping", saved.as_file(used), file, "application/json",
            key=f"save_map_{load}", help=said, on_click="ignore",
        )  # fmt: skip

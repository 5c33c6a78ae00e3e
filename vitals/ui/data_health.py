"""The parts of the data-health page: warnings, versions to choose from, rows left out, flagged rows, and the checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from vitals import formats
from vitals.exports import left_out as export
from vitals.exports import tables as files
from vitals.queries import all_queries
from vitals.ui.page import columns, download, failure, session, tables
from vitals.ui.page.safe import label_above, md, plain
from vitals.ui.words import loads
from vitals.workspace import choices

FIRST_ROWS, MOST_FLAGGED = 200, 100_000
"""How many rows a table shows, and how many of those with a flag can be taken away."""
UNITS = {
    "row_number": "row",
    "client": "client",
    "client_key": "client",
    "technician_key": "technician",
    "month_start": "month",
    "item_key": "item",
    "load_id": "load",
}
"""Of what a check's grain is made -> what is counted: the first that it has."""
WORDS = ("entity", "class_basis", "revenue_class", "not_held_because")
"""Columns of the checks that hold a word of a short list."""
EVERY_FILE = "All files"
MOST_VERSIONS, NO_VERSION = 12, "None"


def reasons(counts: pd.DataFrame) -> pd.DataFrame:
    """How many rows each reason took, with what became of them."""
    known = counts.assign(fate=loads.fate(counts))
    return known.groupby(["reason", "fate"], as_index=False, dropna=False).agg(rows=("rows", "sum"))


def waiting(counts: pd.DataFrame) -> int:
    """How many rows wait until one of their versions is chosen."""
    return int(counts.loc[loads.fate(counts) == "waits", "rows"].sum()) if len(counts) else 0


def _row_word(number: int) -> str:
    return f"Row {formats.count(number)}"


def _choose_version(load_id: int, key: str, numbers: dict[str, int]) -> None:
    """Load the version that the radio says, or put the one that was chosen back."""
    said = st.session_state[key]
    with session.writing() as cursor:
        if said == NO_VERSION:
            choices.pick_version(cursor, load_id, next(iter(numbers.values())), is_picked=False)
        else:
            choices.pick_version(cursor, load_id, numbers[said])


def _version_choice(rows: pd.DataFrame) -> None:
    """One key with its versions, what each says where they differ, and which counts."""
    first = rows.iloc[0]
    numbers = {_row_word(number): int(number) for number in rows["row_number"]}
    picked = [word for word, is_picked in zip(numbers, rows["is_picked"], strict=True) if is_picked]
    key = f"version_{first['load_id']}_{first['row_number']}"
    st.session_state[key] = picked[0] if picked else NO_VERSION
    kind = str(first["entity"]).replace("_", " ")
    st.radio(
        label_above(f"{first['file_name']}, {kind} {first['row_key']}: which one is right?"),
        [*numbers, NO_VERSION],
        label_visibility="collapsed",
        captions=[*(md(says) for says in rows["says"]), "All stay out of the numbers"],
        key=key,
        horizontal=True,
        on_change=failure.guarded(_choose_version),
        args=(int(first["load_id"]), key, numbers),
    )


def _open_rows(group: pd.DataFrame) -> int:
    """How many rows of a key wait for the choice."""
    return 0 if group["is_picked"].any() else len(group)


def versions() -> None:
    """Every key that has several versions in one file, those still open first."""
    rows = session.run("metrics.conflicting_rows")
    if rows.empty:
        return
    st.subheader("Which version is right?", anchor=False)
    groups = [group for _, group in rows.groupby(["load_id", "entity", "row_key"], sort=False)]
    groups.sort(key=lambda group: bool(group["is_picked"].any()))
    verb, open_rows = "comes" if len(groups) == 1 else "come", sum(map(_open_rows, groups))
    still = f"{formats.plural(open_rows, 'row')} of the files still wait" if open_rows else "none waits any more"
    said = f"{formats.plural(len(groups), 'record')} {verb} in versions that differ; {still}."
    st.caption(md(f"{said} The version that you choose counts from then on."))
    for group in groups[:MOST_VERSIONS]:
        _version_choice(group)


def _loads(counts: pd.DataFrame) -> dict[str, int | None]:
    """The loads that left rows out, named by file and kind, for a choice."""
    found = counts.drop_duplicates("load_id").sort_values("load_id")
    named = {
        f"{plain(row.file_name)}, {str(row.entity).replace('_', ' ')} (load {row.load_id})": int(row.load_id)
        for row in found.itertuples()
    }
    return {EVERY_FILE: None, **named}


def _download(label: str, make: Callable[..., bytes], load_id: int | None, file: str) -> None:
    data = session.later(lambda con: make(export.rows(con, load_id)))
    download.offer(label, data, file, f"take_{file}")


def _downloads(load_id: int | None) -> None:
    name = f"left-out-rows-load-{load_id}" if load_id else "left-out-rows"
    with st.container(horizontal=True):
        _download("All these rows as XLSX", export.as_xlsx, load_id, f"{name}.xlsx")
        _download("As CSV", files.csv_file, load_id, f"{name}.csv")


@failure.fragment
def left_out(counts: pd.DataFrame) -> None:
    """The rows left out of one load or of all, with reason, place and text, to read and to take away."""
    if counts.empty:
        st.caption("Every row of every file reached the numbers.")
        return
    named = _loads(counts)
    chosen = named[st.selectbox("File", list(named), key="left_out_of")]
    own = counts if chosen is None else counts[counts["load_id"] == chosen]
    tables.show(
        loads.with_fate(own),
        columns.LEFT_OUT_COUNTS,
        alt="Rows left out of each file, by reason",
        key="left_out_counts",
    )
    rows = session.run("metrics.left_out_first", kinds=None, load_id=chosen, at_most=FIRST_ROWS)
    if int(own["rows"].sum()) > len(rows):
        st.caption(md(f"The first {formats.count(len(rows))} rows; the files below hold all of them."))
    said = loads.with_fate(rows)
    tables.show(
        said, columns.LEFT_OUT, alt="Rows that were left out, with reason and text", key="left_out", has_own_files=True
    )
    _downloads(chosen)


@failure.fragment
def flags() -> None:
    """What is odd but counts, in words, and the rows that carry it."""
    counts = session.run("metrics.flag_counts")
    if counts.empty:
        st.caption("Nothing looks odd.")
        return
    st.caption("Counted in rows of the files. Choose a line to see its rows.")
    row = tables.choose(counts, columns.FLAGS, alt="Flags and how many rows carry them", key="flags")
    if row is None:
        return
    flag = str(counts.iloc[row]["flag"])
    rows = session.run("metrics.flagged_first", flag=flag, at_most=MOST_FLAGGED)
    said = f"{counts.iloc[row]['label']}: the first {formats.plural(min(len(rows), FIRST_ROWS), 'row')}."
    st.caption(md(said))
    tables.show(rows, columns.FLAGGED, alt="Rows that carry the flag", key="flagged_rows", at_most=FIRST_ROWS)


def amounts() -> None:
    """In which currency the amounts are, and how that is known."""
    st.caption(md(formats.currency_said(session.currency_code())))


def warnings(accounts: pd.DataFrame) -> None:
    """What looked wrong with whole files, a line for each."""
    for row in accounts[accounts["warnings"].notna()].itertuples():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge("Look at it", color="orange")
            st.markdown(md(f"{row.file_name}: {row.warnings}"), width="stretch")
    for row in accounts[accounts["missing_months"] > 0].itertuples():
        missing = formats.plural(row.missing_months, "month")
        st.caption(md(f"{row.file_name} has no row in {missing} between its first and its last: {row.missing_in}."))


def counted(name: str, rows: pd.DataFrame) -> str:
    """How many clients, technicians, months or rows of files a check found: each once, however many lines it has."""
    grain = all_queries()[name].grain
    key = next((key for key in UNITS if key in grain), "")
    of_one = [column for column in ("entity", "load_id", key) if column in grain] if key == "row_number" else [key]
    known = rows.dropna(subset=of_one).drop_duplicates(of_one) if key else rows
    return formats.plural(len(known), UNITS[key]) if len(known) and key else formats.plural(len(rows), "line")


def readable(name: str, rows: pd.DataFrame, files: Mapping[int, str]) -> tuple[pd.DataFrame, tables.Table]:
    """The rows of a check as people read them: names instead of keys, the file instead of its load's number."""
    said = rows.assign(file_name=rows["load_id"].map(files)) if "load_id" in rows else rows
    kept = [column for column in said.columns if not column.endswith("_key") and column != "load_id"]
    words = {column: tables.TableColumn(column, form="words") for column in WORDS if column in kept}
    known = {**words, "file_name": columns.FILE}
    return said[kept], tables.Table(name, tuple(known.get(column, column) for column in kept))


def _offenders(name: str, rows: pd.DataFrame, files: Mapping[int, str]) -> None:
    """What a check found, with the rows one click away."""
    purpose = all_queries()[name].purpose.removesuffix(".")
    with st.expander(md(f"{purpose}: {counted(name, rows)}")):
        said, shown = readable(name, rows, files)
        tables.show(said, shown, alt="Rows that the check found", at_most=FIRST_ROWS)


def checks(accounts: pd.DataFrame) -> None:
    """What each check of the catalogue found; those that found nothing in one list."""
    names = sorted(name for name in all_queries() if name.startswith("checks.") and not all_queries()[name].params)
    found = {name: session.run(name) for name in names}
    failing = {name: rows for name, rows in found.items() if len(rows)}
    said = f"{formats.plural(len(names), 'check')} looked for trouble; {formats.count(len(failing))} found something."
    st.caption(md(f"{said} Each says what it counts: rows of the files, clients, months or people."))
    files = dict(zip(accounts["load_id"], accounts["file_name"], strict=True))
    for name, rows in failing.items():
        _offenders(name, rows, files)
    with st.expander(md(f"Nothing found: {formats.plural(len(names) - len(failing), 'check')}")):
        for name in names:
            if name not in failing:
                st.caption(md(all_queries()[name].purpose))

"""The parts of the page on which users ask in SQL: where to begin, the question, its answer, and what was kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd
import pyarrow as pa
import streamlit as st

from vitals import formats
from vitals.console.parent import Answer
from vitals.contract import entities
from vitals.errors import VitalsError
from vitals.queries import Query, all_queries
from vitals.ui import charts
from vitals.ui.page import failure, session, tables
from vitals.ui.page.filters import Period
from vitals.ui.page.safe import md

SQL, BEGIN, ANSWER, NAME = "ask_sql", "ask_begin", "ask_answer", "ask_name"
BEFORE = "ask_before"
"""What was kept last and as which statement, and the one that stood under its name before; none if there was none."""
KEPT = "kept_queries"
CONTENTS = "What the workspace holds"
FIRST = "metrics.workspace_contents"
FORMS = ((pa.types.is_floating, "number"), (pa.types.is_decimal, "number"), (pa.types.is_integer, "count"),
         (pa.types.is_boolean, "yes_no"), (pa.types.is_date, "day"), (pa.types.is_timestamp, "moment"))  # fmt: skip
NUMBERS = ("number", "count")
LOOKED_UP = ("core", "metrics", "client_safe", "staging", "raw", "checks")
"""The layers in the order in which somebody would look a table up: the facts first, checks last."""


def _given(sql_type: str, name: str, period: Period) -> str:
    known = {**period.months, "as_of": period.as_of}
    return f"date '{known[name].isoformat()}'" if name in known else f"cast(null as {sql_type.lower()})"


def _text(item: Query, period: Period) -> str:
    """A query as somebody would write it: without its header, its parameters filled in."""
    text = item.body
    for name, sql_type in item.params.items():
        text = re.sub(rf"\${name}\b", _given(sql_type, name, period), text)
    return text


def _kept() -> dict[str, str]:
    return {row["name"]: row["statement"] for row in session.register(KEPT)}


def _begin(period: Period) -> None:
    chosen, kept = str(st.session_state[BEGIN]), _kept()
    known = all_queries()
    st.session_state[SQL] = kept.get(chosen) or _text(known[chosen if chosen in known else FIRST], period)
    st.session_state.pop(ANSWER, None)


def begin_with(period: Period) -> None:
    """Every query that there is, and those that were kept, to begin from."""
    st.session_state.setdefault(SQL, _text(all_queries()[FIRST], period))
    known = {name: item.purpose for name, item in sorted(all_queries().items()) if item.layer != "staging"}
    options = [CONTENTS, *_kept(), *known]
    st.selectbox(
        "Begin with",
        options,
        key=BEGIN,
        format_func=lambda name: f"{name}: {known[name]}" if name in known else name,
        on_change=failure.guarded(_begin),
        args=(period,),
    )


def _run() -> None:
    sql = st.session_state[SQL]
    try:
        with st.spinner("The question is answered from a copy of your data …"):
            st.session_state[ANSWER] = session.ask(sql)
    except VitalsError as error:
        st.session_state[ANSWER] = error


def _forget_error() -> None:
    if isinstance(st.session_state.get(ANSWER), VitalsError):
        del st.session_state[ANSWER]


def question() -> None:
    """The question as its user writes it; another one is not what an error was said of."""
    label = f"SQL, one SELECT over {formats.listed(LOOKED_UP)}"
    st.text_area(label, key=SQL, height=260, on_change=failure.guarded(_forget_error))
    st.button("Run", type="primary", key="ask_run", on_click=failure.guarded(_run))


def _columns(rows: pa.Table) -> Iterator[tables.TableColumn]:
    for field in rows.schema:
        form = next((form for is_so, form in FORMS if is_so(field.type)), "text")
        yield tables.TableColumn(field.name, field.name, form)


def _unique(names: list[str]) -> list[str]:
    """The names of columns, those that stand twice with their place."""
    return [name if names.index(name) == place else f"{name} {place + 1}" for place, name in enumerate(names)]


def _chart(frame: pd.DataFrame, columns: list[tables.TableColumn]) -> None:
    numbers = [column.name for column in columns if column.form in NUMBERS]
    others = [column.name for column in columns if column.form not in NUMBERS]
    if not numbers or not others or len(frame) < 2:
        return
    with st.container(horizontal=True):
        names = st.selectbox("Name of a bar", others, key="ask_names")
        amounts = st.selectbox("Length of a bar", numbers, key="ask_amounts")
    charts.draw(charts.answer_bars(frame, names, amounts), alt="The first rows of the answer, a bar for each.")


def answer() -> None:
    """The rows that were found, as a table, as bars and as files; or why there are none."""
    found = st.session_state.get(ANSWER)
    if isinstance(found, VitalsError):
        failure.show(found)
    if not isinstance(found, Answer):
        return
    rows = found.rows.rename_columns(_unique(found.rows.column_names))
    columns, frame = list(_columns(rows)), rows.to_pandas()
    more = "The first " if found.is_cut else ""
    st.header(md(f"{more}{formats.plural(rows.num_rows, 'row')}."), anchor=False)
    tables.show_found(frame, columns, alt="The rows of the answer", key="ask_rows")
    _chart(frame, columns)


def _keep() -> None:
    name = str(st.session_state[NAME] or "").strip()
    st.session_state[BEFORE] = name, st.session_state[SQL], _kept().get(name)
    _put(name, st.session_state[SQL])


def _put(name: str, statement: str) -> None:
    session.keep_register(KEPT, [{"name": name, "statement": statement}], name=name)


def _put_back() -> None:
    name, _, before = st.session_state.pop(BEFORE)
    _put(name, before)


def keep() -> None:
    """A name under which the question is kept with the workspace, and the way back where it took another's place."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Keep this question as", key=NAME, max_chars=80)
        label = "Replace the one of that name" if name.strip() in _kept() else "Keep"
        st.button(label, key="ask_keep", disabled=not name.strip(), on_click=failure.guarded(_keep))
    kept, statement, before = st.session_state.get(BEFORE, ("", "", None))
    if not kept or _kept().get(kept) != statement:
        # none was kept, or not in the workspace that is open now
        return
    st.caption(md(f"Kept as “{kept}”: it stands above under “Begin with”."))
    if before is not None:
        st.button("Put the earlier one back", key="ask_back", on_click=failure.guarded(_put_back))


def _place(named: tuple[str, Query]) -> tuple[int, str]:
    return LOOKED_UP.index(named[1].layer), named[0]


def tables_there_are() -> None:
    """Every table and query with its columns, to look names up."""
    columns = {name: [(item.name, item.sql_type, item.meaning) for item in found.columns]
               for name, found in sorted(all_queries().items(), key=_place)}  # fmt: skip
    raw = {f"raw.{name}": [(item.name, item.sql_type, item.help) for item in entity.columns]
           for name, entity in entities().items()}  # fmt: skip
    with st.expander("Which tables and columns are there?"):
        chosen = st.selectbox("Table or query", [*columns, *raw], key="ask_table")
        known = all_queries().get(chosen)
        st.markdown(md(known.purpose if known else f"As loaded: {entities()[chosen.split('.')[1]].grain}."))
        named = ("name", "type", "meaning")
        shown = pd.DataFrame((columns | raw)[chosen], columns=list(named))
        tables.show_found(shown, [tables.TableColumn(name, name.capitalize(), "text") for name in named],
                          alt="The columns of the table", key="ask_columns")  # fmt: skip

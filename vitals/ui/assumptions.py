"""The assumptions on screen: one field each, kept at once, with bounds, source and the way back to the default."""

from __future__ import annotations

from datetime import time
from typing import Any

import streamlit as st

from vitals import formats
from vitals.assumptions import Assumption, assumptions
from vitals.errors import VitalsError
from vitals.ui.page import explain, failure, session
from vitals.ui.page.safe import md

PREFIX, REFUSED = "assume_", "refused_"
SHOWN_AS = {"percent": 100.0}


def _key(item: Assumption) -> str:
    return f"{PREFIX}{item.name}"


def _keep(name: str) -> None:
    """Write what the field holds; an empty field goes back to the default."""
    item, value = assumptions()[name], st.session_state[f"{PREFIX}{name}"]
    if isinstance(value, time):
        value = value.hour * 60 + value.minute
    elif value is not None:
        value = value if item.is_text else value / SHOWN_AS.get(item.kind, 1.0)
    try:
        text = value if isinstance(value, str) else repr(round(value, 6)) if value is not None else ""
        session.set_assumption(name, text)
    except VitalsError as error:
        _refuse(item, error)


def _shown(item: Assumption, value: Any) -> Any:
    """A value as its field shows it: percentages in per cent, a time of day as one."""
    if value is None:
        return None
    if item.kind == "clock":
        return time(int(value) // 60, int(value) % 60)
    return value if item.is_text else float(value) * SHOWN_AS.get(item.kind, 1.0)


def _refuse(item: Assumption, error: VitalsError) -> None:
    """Show again what still counts, and why the other value does not."""
    st.session_state[_key(item)] = _shown(item, session.one("metrics.assumptions").get(item.name))
    st.session_state[f"{REFUSED}{item.name}"] = error


def _reset(name: str) -> None:
    item = assumptions()[name]
    try:
        session.set_assumption(name, "")
    except VitalsError as error:
        _refuse(item, error)
    else:
        st.session_state[_key(item)] = _shown(item, item.default)


def _clock(item: Assumption) -> None:
    st.time_input(item.label, None, key=_key(item), on_change=failure.guarded(_keep), args=(item.name,))


def _choice(item: Assumption) -> None:
    st.selectbox(
        item.label,
        list(item.choices),
        index=None,
        format_func=item.choices.__getitem__,
        placeholder="not set",
        key=_key(item),
        on_change=failure.guarded(_keep),
        args=(item.name,),
    )


def _label(item: Assumption) -> str:
    """The field's name with its unit, unescaped: it is our own text, and screen readers get it as it stands."""
    if item.kind == "money" and formats.unconverted(item.currency):
        return f"{item.label} ({item.unit}, in the files' currency)"
    before = {"percent": "%", "money": formats.sign()}.get(item.kind, "")
    return f"{item.label} ({f'{before} {item.unit}'.strip()})"


def _number(item: Assumption) -> None:
    scale = SHOWN_AS.get(item.kind, 1.0)
    st.number_input(
        _label(item),
        min_value=float(item.min) * scale,
        max_value=float(item.max) * scale,
        step=float(item.step) * scale,
        value=None,
        format="%g",
        placeholder="not set",
        key=_key(item),
        on_change=failure.guarded(_keep),
        args=(item.name,),
    )


def _back(item: Assumption) -> None:
    st.button(
        "Back to the default",
        type="tertiary",
        key=f"reset_{item.name}",
        on_click=failure.guarded(_reset),
        args=(item.name,),
    )


def _field(item: Assumption, value: Any) -> None:
    # the session state holds the value, so that the way back to the default shows in the field as well
    st.session_state.setdefault(_key(item), _shown(item, value))
    with st.container(gap="xsmall"):
        (_choice if item.is_text else _clock if item.kind == "clock" else _number)(item)
        if error := st.session_state.pop(f"{REFUSED}{item.name}", None):
            failure.show(error)
        default = explain.assumption_text(item, item.default)
        start = f"Default {default}; source: {item.source}."
        st.caption(md(f"{item.help} {'Not set unless you set it.' if item.default is None else start}"))
        if value != item.default:
            _back(item)


def fields() -> None:
    """Every assumption, two beside each other."""
    values = session.assumed()
    grid = st.grid(2, min_column_width=300, gap="large")
    for name, item in assumptions().items():
        with grid.cell():
            _field(item, values.get(name))

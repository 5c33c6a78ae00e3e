"""The bar over a load: which file is read and how many rows of it, then what is put together from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from vitals import formats
from vitals.ui.page.safe import md


def shown(names: Sequence[str]) -> tuple[Callable[[str, int], None], Callable[[str], None]]:
    """Draw the bar; returned is what to tell each file's rows, and then each table that is built."""
    begun, steps = list[str](), len(names) + 1
    bar = st.progress(0.0, text=f"Reading {md(names[0])}")

    def told(name: str, rows: int) -> None:
        if name not in begun:
            begun.append(name)
        where = f", {len(begun)} of {len(names)}" if len(names) > 1 else ""
        bar.progress(len(begun) / steps, text=md(f"{name}{where}: {formats.plural(rows, 'row')} read"))

    def building(purpose: str) -> None:
        bar.progress(len(names) / steps, text=md(f"All rows are read. Putting together: {purpose}"))

    return told, building

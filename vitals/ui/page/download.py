"""A button that hands out a file, which is made only when it is asked for and leaves the page as it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

import streamlit as st

from vitals.ui.page import signing, standing

OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    ".csv": "text/csv", ".json": "application/json", ".pdf": "application/pdf", ".zip": "application/zip",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet", ".pptx": f"{OFFICE}.presentationml.presentation",
}  # fmt: skip
"""The ending of a file's name -> what a browser calls such files."""
ANY = "application/octet-stream"


Made = Callable[[], bytes] | bytes | str
"""A file's bytes or text, or what makes them."""


def _logged(make: Made) -> Callable[[], bytes | str]:
    """The same, with a line in the log once somebody who is signed in asks for it."""
    visitor, kept = signing.visitor(), standing.kept_as()

    def made() -> bytes | str:
        if visitor:
            visitor.note("export", kept.name if kept else "")
        return make() if callable(make) else make

    return made


def offer(label: str, make: Made, name: str, key: str, *, logs_itself: bool = False, **looks: Any) -> None:
    """Offer a file under its name, by whose ending a browser knows what it is; taking it is logged."""
    st.download_button(
        label,
        make if logs_itself else _logged(make),
        name,
        KINDS.get(PurePath(name).suffix, ANY),
        key=key,
        on_click="ignore",
        icon=":material/download:",
        **looks,
    )

"""A button that hands out a file, which is made only when it is asked for and leaves the page as it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

import streamlit as st

OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    ".csv": "text/csv", ".json": "application/json", ".pdf": "application/pdf", ".zip": "application/zip",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet", ".pptx": f"{OFFICE}.presentationml.presentation",
}  # fmt: skip
"""The ending of a file's name -> what a browser calls such files."""
ANY = "application/octet-stream"


def offer(label: str, make: Callable[[], bytes] | bytes | str, name: str, key: str, **looks: Any) -> None:
    """Offer a file under its name, by whose ending a browser knows what it is."""
    st.download_button(
        label,
        make,
        name,
        KINDS.get(PurePath(name).suffix, ANY),
        key=key,
        on_click="ignore",
        icon=":material/download:",
        **looks,
    )

"""app.py with a stop watch around the run of its script and, when asked, with the answers of its queries ready made."""

import runpy
from pathlib import Path
from time import perf_counter

import streamlit as st

from benchmarks import canned

with canned.answers(st.session_state.get(canned.RECORDED)):
    begun = perf_counter()
    try:
        runpy.run_path(str(Path(__file__).parent.parent / "app.py"))
    finally:
        st.session_state[canned.SECONDS] = perf_counter() - begun

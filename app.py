"""The table of contents of MSP Vitals: the pages and the filters that they share; and what serves them."""

import streamlit as st

from vitals.ui.page import contents, failure, filters, frame, lifetime, serving
from vitals.ui.start import queue

if __name__ == "__main__":  # a visitor's run; the server imports this module instead
    with failure.shown():
        page = contents.begin()
        queue.release_elsewhere(page)
        filters.draw(contents.opened(page))
        frame.show(queue.run_of(page))
else:
    app = st.App(__file__, lifespan=lifetime.watched, middleware=serving.MIDDLEWARE)

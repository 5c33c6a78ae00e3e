"""The table of contents of MSP Vitals: the pages and the filters that they share."""

from vitals.ui.page import contents, filters, frame
from vitals.ui.start import queue

page = contents.begin()
queue.release_elsewhere(page)
filters.draw()
frame.show(page)

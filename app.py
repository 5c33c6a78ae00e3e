"""The table of contents of MSP Vitals: the pages and the filters that they share."""

from vitals.ui.page import contents, filters, frame

page = contents.begin()
filters.draw()
frame.show(page)

"""What would automation really save?"""

from vitals.ui import automation
from vitals.ui.page import explain, frame

period = frame.open_page("automation")
automation.by_category(period)

explain.how_made(["automation_gain", "automation_break_even"])
explain.left_out()

"""What do the numbers assume?"""

from vitals.ui import assumptions
from vitals.ui.page import frame

frame.open_page("assumptions", dated="")
frame.headline("Where the exports say nothing, these values stand in. A change acts on every page at once.")
assumptions.fields()

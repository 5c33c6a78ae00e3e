"""What do the numbers assume?"""

from vitals.ui import assumed
from vitals.ui.page import frame

frame.open_page("assumptions", dated="")
frame.answer("Where the exports say nothing, these values stand in. A change acts on every page at once.")
assumed.draw()

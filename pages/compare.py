"""How do several firms compare?"""

from vitals.ui import targets
from vitals.ui.page import contents, explain, frame

frame.open_page("compare", dated="")
found = targets.choose()

frame.headline(targets.headline(found))
frame.note("The same numbers by the same definitions, over the last twelve months that all of them cover.")
if found:
    targets.draw(found)
else:
    contents.link("workspaces", "Keep or bring in workspaces")

explain.how_made(targets.NUMBERS)

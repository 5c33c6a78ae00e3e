"""Which workspace is open, and which are kept?"""

from vitals.ui import workspaces
from vitals.ui.page import frame

frame.open_page("workspaces", dated="")
frame.headline(workspaces.headline())
workspaces.draw()

"""Where does each number come from?"""

from vitals.ui import frame, reference

frame.open_page("Where does each number come from?", dated="")
frame.answer("Every number on these pages is named here, with its formula, its query and what it is compared with.")
reference.draw()

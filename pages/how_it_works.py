"""Where do the numbers come from?"""

from vitals.ui import how_it_works
from vitals.ui.page import frame

frame.open_page("how_it_works", dated="")
frame.headline("Every number on these pages is named here, with its formula, its query and what it is compared with.")
how_it_works.numbers()

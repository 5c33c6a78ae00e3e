"""Which exports are in, and what is still asked?"""

from vitals.ui.page import frame
from vitals.ui.start import classes, loads, names, onward, own, pulse, upload

frame.open_page("start", dated="")
frame.answer(upload.answer())
upload.draw()
onward.draw()
pulse.draw()
classes.draw()
names.draw()
own.draw()
loads.draw()

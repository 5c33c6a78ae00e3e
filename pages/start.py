"""Which exports are in, and what is still asked?"""

from vitals.ui.page import frame
from vitals.ui.start import classes, history, names, onward, own, pulse, upload

frame.open_page("start", dated="")
frame.headline(upload.answer())
upload.draw()
onward.draw()
pulse.draw()
classes.draw()
names.draw()
own.draw()
history.draw()

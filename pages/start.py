"""Which exports are in, and what is still asked?"""

from vitals.ui import classes, frame, loads, names, pulse, receipts, session, upload

frame.open_page("start", dated="")
frame.answer(receipts.start(session.contents()))
upload.draw()
pulse.draw()
classes.draw()
names.draw()
loads.draw()

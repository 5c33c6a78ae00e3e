"""Which exports are in, and what is still asked?"""

from vitals.ui import classes, frame, loads, names, pulse, receipts, session, upload

frame.open_page("Drop your exports here", dated="")
frame.answer(receipts.start(session.contents()))
upload.draw()
classes.draw()
names.draw()
pulse.draw()
loads.draw()

"""What do we show in a QBR?"""

from vitals.ui import review_pack
from vitals.ui.page import explain, frame, register
from vitals.ui.words import packs

period = frame.open_page("review_pack", dated="as_of")
chosen = review_pack.choose(review_pack.newest(period))

frame.headline(chosen.headline)
frame.note(chosen.caveat)
frame.note("No cost, margin, rate or technician is in it, nothing of other clients, and no internal note.")
frame.note(chosen.left_out)
frame.note(packs.SPEAKER)
review_pack.hand_out(chosen)
review_pack.preview(chosen)

frame.section("Decisions and actions")
frame.note("What is open comes again in the next quarter's pack, never in an earlier one.")
frame.note("Empty days of agreement mean the review to come.")
register.draw("review_actions", client=chosen.client.name, new=chosen.begins)

frame.section("Notes on slides")
frame.note("Only notes for the client reach a pack; a note that doesn't say for whom it is stays internal.")
register.draw("review_notes", client=chosen.client.name, new=chosen.begins)

frame.section("Sections and their order")
frame.note("Untick what your clients shan't see: the appendix, or of it what was not supplied, or the list of tickets.")
register.draw("review_sections")

frame.section("Your name on it")
review_pack.brand()

explain.how_made()
explain.left_out()

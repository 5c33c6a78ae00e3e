"""What else do you want to know?"""

from vitals.ui import ask
from vitals.ui.page import frame

period = frame.open_page("ask", dated="")
frame.note(
    "Each question is answered from a copy in a process of its own: nothing that you write here changes a number."
)
ask.begin_with(period)
ask.question()
ask.answer()
ask.keep()
ask.tables_there_are()

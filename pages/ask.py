"""What else do you want to know?"""

from vitals.ui import ask
from vitals.ui.page import frame

period = frame.open_page("ask", dated="")
frame.headline("Write a question in SQL, or begin with one of ours.")
frame.note("It is answered from a copy of your data: nothing that you write here changes a number.")
ask.begin_with(period)
ask.question()
ask.answer()
ask.keep()
ask.tables_there_are()

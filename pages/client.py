"""What is behind this client's numbers?"""

from vitals.ui import dossier
from vitals.ui.page import frame

period = frame.open_page("client", needs=["invoice_lines"])
dossier.draw(period)

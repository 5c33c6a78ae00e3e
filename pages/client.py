"""What is behind this client's numbers?"""

from vitals.ui import charts, client, margins
from vitals.ui.page import cards, columns, explain, frame, tables
from vitals.ui.words import sentences

period = frame.open_page("client")
chosen = client.chosen(period)
monthly = client.by_month(chosen, period)

client.caution(period)
frame.headline(sentences.one_client(chosen, period.label))
client.review(chosen, period)
client.key_person(chosen, period)
cards.draw(
    ["gross_margin", "service_gross_margin_pct", "labour_hours", "earned_an_hour"],
    period,
    client_key=chosen["client_key"],
)

frame.note("Gross margin before bench, so without paid hours that reached no client; above it the share of revenue.")
charts.draw(charts.months_bars(monthly), alt="Gross margin of the client by month, with the margin in per cent.")
tables.show(monthly, columns.CLIENT_MONTHS, alt="The client by month", key="client_months")
margins.of_client(chosen, period)
margins.what_if(chosen, period)
client.technicians(chosen, period)
client.reviews(chosen)
client.prices(chosen, period)

explain.how_made(["top_share"])
explain.left_out()

"""Which exports are in, and what is still asked?"""

from vitals.ui.page import cards, frame, needs, numbers, session
from vitals.ui.start import classes, history, names, upload

period = frame.open_page("start", dated="")
frame.headline(upload.headline())
upload.drop_zone()
upload.sample()
upload.files()

if session.held():
    frame.section("What these files answer")
    needs.links_to_pages()
if period.is_known:
    frame.section(period.label)
    cards.draw(
        numbers.rows(period, "metrics.company_margin", "metrics.utilisation", "metrics.qbr_completion"),
        [
            cards.Card("gross_margin"),
            cards.Card("service_gross_margin_pct"),
            cards.Card("utilisation_net"),
            cards.Card("completion_pct"),
        ],
    )

classes.to_confirm()
names.same_names()
names.own_company()
history.of_loads()

"""Which exports are in, and what is still asked?"""

from vitals.ui import workspaces
from vitals.ui.page import cards, explain, frame, session
from vitals.ui.start import classes, history, names, reports, upload
from vitals.ui.words import caveats

period = frame.open_page("start", dated="")
frame.headline(upload.headline())
upload.result(period)
workspaces.offer()
upload.drop_zone()
upload.files()
upload.sample()

if session.held():
    frame.section("What these files answer")
    reports.links_to_pages(reports.kinds_asked())
if period.is_known:
    company = session.one("metrics.company_margin", **period.months)
    margin = {**session.one("metrics.client_margin_summary", **period.months), **company}
    frame.section(caveats.months(company, period.label))
    frame.lead("data_health", caveats.unread(margin))
    frame.note(caveats.bench(margin))
    cards.draw(
        ["gross_margin_after_bench", "bench_labour", "team_utilisation_net", "completion_pct"],
        period,
    )

classes.to_confirm()
names.same_names()
names.own_company()
history.of_loads()

if period.is_known:
    explain.how_made()

"""What is said of plans for outcome prices: who moves when, and who may be promised one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vitals import formats
from vitals.catalogue import number
from vitals.formats import count, is_missing, money, or_zero, plural
from vitals.ui.words import caveats, prices

Row = Mapping[str, Any]


def migration(row: Row, assumed: Row) -> str:
    """Who would move to an outcome price, from when on, what that adds a year, and by what."""
    if not or_zero(row.get("clients")):
        return "No client has recurring revenue in the last of these months, so there is nothing to move."
    clients, moved = plural(row["clients"], "client"), or_zero(row.get("moved"))
    if not moved:
        unpriced = or_zero(row.get("unpriced"))
        if unpriced == row["clients"]:
            return f"None of {clients} can be priced on this data, so nothing can be said of a move."
        open_ = f"; {count(unpriced)} can't be priced on this data" if unpriced else ""
        return f"Moving none of {clients} to an outcome price would add to today's margin{open_}."
    first = row.get("first_on")
    since = "" if is_missing(first) else f", the first at its renewal on {formats.day(first)}"
    would = f"{count(moved)} of {clients} would leave more under an outcome price{since}"
    made = caveats.made_a_year(row.get("months"))
    gain = f"{money(row['plan_gain'])} a year on top of today's {money(row['current_margin'])}{made}"
    return f"{would}: {gain}. {_gained_by(row)}{_steep(row, assumed)}"


def _gained_by(row: Row) -> str:
    """By what a plan gains: it automates nothing, so all of it is the fee, less credits."""
    other: Any = row["other_gain"]
    unknown = row.get("measured") == 0
    costs = "a usual year's cost takes" if unknown else "credits and a usual year's cost take"
    takes = f"{costs} {money(-other)}" if other < 0 else f"the rest {money(other)}"
    credits = ", and credits are not known: no service level can be measured" if unknown else ""
    return f"Higher fees bring {money(row['price_gain'])}, {takes}, automation adds nothing{credits}."


def _steep(row: Row, assumed: Row) -> str:
    """How many fees would rise by more than one renewal carries, and what the plan gains without these clients."""
    steep = or_zero(row.get("steep"))
    if not steep:
        return ""
    whose = "The fee of 1 client" if steep == 1 else f"The fees of {plural(steep, 'client')}"
    said = f" {whose} would rise by {prices.steep(assumed)}"
    if steep == row["moved"]:
        return f"{said}: no other gains."
    return f"{said}: without {'it' if steep == 1 else 'them'} the plan gains {money(row['gain_without'])}."


def of_migration(row: Row) -> str:
    """Whose fee would rise most: a plan is as good as the fees that clients accept."""
    if not or_zero(row.get("moved")) or is_missing(row.get("dearest")):
        return ""
    by: Any = row.get("dearest_rise")
    rise = f"from {money(row['dearest_fee'])} to {money(row['dearest_offer'])} a month"
    rise += "" if is_missing(by) else f", {formats.percent_whole(by)} more"
    return f"The fee of {row['dearest']} would rise most, {rise}: a plan gains what clients accept."


def notices(row: Row) -> str:
    """Who must be repriced before anything is promised, and whose notice has gone by."""
    water, past, undated = (or_zero(row.get(name)) for name in ("under_water", "past_notice", "undated"))
    said = [
        f"{plural(water, 'client')} {'is' if water == 1 else 'are'} under water on recurring work alone: raise the fee "
        "first, since a promise would lock the loss in." if water else "",
        f"Of {plural(past, 'client')} that would move the notice has gone by: "
        f"{'it moves' if past == 1 else 'they move'} a year later." if past else "",
        f"Of {plural(undated, 'client')} that would move no agreement says when it renews." if undated else "",
    ]  # fmt: skip
    return " ".join(filter(None, said))


OF_A_YEAR = ("current_margin", "planned_margin", "under_water_loss")


def of_a_year(row: Row) -> dict[str, str]:
    """What the money of a year rests on, beside each card: of how many months it is made, or that these are too few."""
    months: Any = row.get("months")
    few = is_missing(row.get("current_margin")) and not is_missing(months)
    made = caveats.made_a_year(months).removeprefix(", a year ").capitalize()
    made = (
        f"{plural(months, 'covered month')} on file: too few to say anything of a year." if few else made and f"{made}."
    )
    known = {name: few or not is_missing(row.get(name)) for name in OF_A_YEAR}
    notes = {name: made if is_known else "" for name, is_known in known.items()}
    return {**notes, "under_water_loss": " ".join(filter(None, (_under_water(row), notes["under_water_loss"])))}


def _under_water(row: Row) -> str:
    """Of how many clients the loss under water is; empty where nobody knows."""
    if is_missing(row.get("under_water_loss")):
        return ""
    clients = or_zero(row.get("under_water"))
    said = f"Of {plural(clients, 'client')}, first in the table: the sum of their margins of today." if clients else ""
    return said or "No client's fee is below its cost."


def gates(assumed: Row) -> str:
    """What each gate asks for, as it stands in the assumptions."""
    months, filled = assumed["readiness_months"], formats.percent_whole(assumed["readiness_filled"])
    captured, gap = formats.percent_whole(number("time_capture").low), 100 * assumed["readiness_margin_gap"]
    return (
        f"History: {plural(months, 'month')} of hours and tickets. Hours: {captured} are logged. Tickets: category and "
        f"first response on {filled}. Margin: within {plural(gap, 'point')} of the target even in a bad year."
    )


def readiness(row: Row) -> str:
    """How many clients may be promised an outcome, what the others lack most, and who can't be tested."""
    if not or_zero(row.get("clients")):
        return "No client has recurring revenue in the last of these months, so nothing can be promised yet."
    clients, ready = plural(row["clients"], "client"), or_zero(row.get("clients_ready"))
    said = (
        f"{count(ready)} of {clients} {'passes' if ready == 1 else 'pass'} every gate and could be promised an outcome"
    )
    failing, open_ = or_zero(row.get("clients_not_ready")), or_zero(row.get("clients_untested"))
    if failing:
        lacks = f"{row['failed_most_lacks']} ({count(row['failed_most_by'])})"
        said += f"; {count(failing)} {'fails' if failing == 1 else 'fail'} one, most often {lacks}"
    if open_:
        said += f"; of {count(open_)} a gate can't be tested on this data"
    return f"{said}."


def retainers(rows: Sequence[Row]) -> str:
    """How many engagements are run as a retainer, of how many too little is known, and where to answer what."""
    if not rows:
        return ""
    verdicts = [row["verdict"] for row in rows]
    found = {name: verdicts.count(name) for name in ("retainer", "product", "open")}
    untold = [row["client"] for row in rows if row["stages"] == "retainer"]
    runs = "runs" if found["retainer"] == 1 else "run"
    said = (
        f"Of {plural(len(rows), 'engagement')} {count(found['retainer'])} {runs} as a retainer and "
        f"{count(found['product'])} as a product."
        if found["open"] < len(rows)
        else f"It can't be told yet of any of {plural(len(rows), 'engagement')}."
    )
    alike = f"The work of {plural(len(untold), 'client')} can't be told from that of two quarters before."
    return " ".join(filter(None, (said, _unanswered(rows), alike if untold else "")))


def _unanswered(rows: Sequence[Row]) -> str:
    """Of how many engagements the two questions that no file answers are open, and where to answer them."""
    open_ = [row for row in rows if row["verdict"] == "open"]
    lacking = sum("not_answered" in (row["success"], row["last_review"]) for row in open_)
    if not lacking:
        return f"{count(len(open_))} stay open: the questions are answered both ways." if open_ else ""
    return (
        f"For {count(lacking)} no file says whether success is agreed on or what the last review was about: answer "
        "both for each client in the table below."
    )


def promises(row: Row) -> str:
    """Why Readiness, Outcome price and Migration count other clients: each count split, to the client."""
    passed, ready, moved = (or_zero(row.get(name)) for name in ("gates_passed", "price_ready", "moved"))
    if not passed + ready + moved:
        return ""
    said = (
        f"{count(passed)} pass every gate (Readiness), {count(ready)} could be offered a fixed price (Outcome price), "
        f"{count(row['passed_ready'])} both."
    )
    moves = (
        f"Migration moves {count(moved)}: {count(row['moved_ready'])} of those with a fixed price and "
        f"{count(row['moved_raised'])} at a fee raised to the target; {count(row['ready_held'])} with a fixed price "
        "would leave no more than today."
    )
    return " ".join(filter(None, (said, *(_reasons(row, whose) for whose in APART), moves)))


APART = {
    "Of those that pass": {
        "passed_short": "pay less than their target", "passed_leaving": "could have left in the last month",
        "passed_unpriced": "can't be priced",
    },
    "Of those with a fixed price": {"ready_failed": "fail a gate", "ready_untested": "can't be tested at one"},
}  # fmt: skip


def _reasons(row: Row, whose: str) -> str:
    """Why some are counted by one page alone, and how many for each reason; empty where none are."""
    said = [f"{count(row[name])} {reason}" for name, reason in APART[whose].items() if row[name]]
    return f"{whose} {formats.listed(said)}." if said else ""


OF_FIGURES = {
    "pricing": "An outcome fee is here what tools and hours cost at your target margin, or the fee you set; the share "
    "automated is that on the slider. Models side by side adds a bad year and credits to the fee, Scenarios gives "
    "expected credits back, Migration automates nothing and moves only clients that gain.",
    "pricing_models": "Only clients that still had recurring revenue in the last month and managed hours. An outcome "
    "fee is here a client's target fee, which carries a bad year and credits: more than on Hours or outcome. No credit "
    "is given back here, unlike on Scenarios; Migration automates nothing.",
    "scenarios": "After the credits to expect, with {share} of the hours automated, for all clients that still had "
    "recurring revenue in the last month. Models side by side gives no credits back; Migration automates nothing and "
    "leaves clients that would not gain at today's fee.",
    "migration": "For a year, with nothing automated; clients that would not gain stay at today's fee. Hours or "
    "outcome, Models side by side and Scenarios move every client, and automate a share of the hours: {share} unless "
    "it is changed.",
}
"""Page -> what its figure of the book counts, and how its neighbours' differ."""


UNPRICED = {
    "pricing": "An outcome fee is here what tools and hours cost at your target margin, or the fee you set; the share "
    "automated is that on the slider. No client can be priced: Models side by side and Scenarios add no bad year and "
    "no credits to it, and Migration moves nobody.",
    "pricing_models": "Only clients that still had recurring revenue in the last month and managed hours. No target "
    "fee is known: cost at the target margin alone, as on Hours or outcome. Migration automates nothing.",
    "scenarios": "Before credits, which are not known, with {share} of the hours automated, for all clients that still "
    "had recurring revenue in the last month. Migration automates nothing.",
}
"""The same of a page whose figure is another one where no client can be priced."""


def of_figures(page: str, assumed: Row, is_priced: bool = True) -> str:
    """What a page's figure of the book counts, and how its neighbours' differ."""
    said = OF_FIGURES[page] if is_priced else UNPRICED[page]
    return said.format(share=formats.percent_whole(assumed.get("automation_share")))


def of_proposals(rows: Sequence[Row], assumed: Row) -> str:
    """What the figures of proposals count, and of how many clients the credits are known that an outcome fee costs."""
    base = rows[0] if rows else {}
    known, clients = or_zero(base.get("measured")), or_zero(base.get("clients"))
    said = of_figures("scenarios", assumed, is_priced(rows) and bool(known or not clients))
    if not 0 < known < clients:
        return said
    rest = "what is left of the rest stands before them, since no service level of theirs can be measured."
    return f"{said} Credits are known of {count(known)} of {plural(clients, 'client')}: {rest}"


def figures(rows: Sequence[Row]) -> str:
    """From which page's margin to which other the steps lead; the plan's is missing where no client can be priced."""
    pages = [row for row in rows if row["is_total"]]
    *book, plan = pages or [{"amount": None}]
    if not book or any(is_missing(row["amount"]) for row in book):
        return "Nothing can be compared: that takes managed hours and recurring revenue."
    known = [row for row in pages if not is_missing(row["amount"])]
    said = formats.listed([f"{row['name']} {money(row['amount'])}" for row in known])
    unpriced = f" {plan['name']} n/a: no client can be priced." if plan not in known else ""
    return (
        f"Your margin under outcome fees, as each page counts it: {said}.{unpriced} "
        "Each step adds up to the next page's figure."
    )


def criteria(row: Row) -> str:
    """How many success criteria are met, missed and not known, and whose reviews are past."""
    found = or_zero(row.get("criteria"))
    if not found:
        return "No success criterion is written down yet: an engagement without one can't be said to succeed."
    met, missed, open_ = (or_zero(row.get(name)) for name in ("criteria_met", "criteria_missed", "criteria_unknown"))
    said = f"{count(met)} of {plural(found, 'criterion', 'criteria')} of {plural(row['clients'], 'client')} "
    said += f"{'is' if met == 1 else 'are'} met"
    said += f", {count(missed)} missed" if missed else ""
    said += f", of {count(open_)} the value isn't known" if open_ else ""
    past = or_zero(row.get("reviews_past"))
    return f"{said}." + (f" {plural(past, 'review')} {'is' if past == 1 else 'are'} past." if past else "")


def is_priced(rows: Sequence[Row]) -> bool:
    """Whether an outcome price is known of any client that proposals are about."""
    return not rows or any(row.get(name) != 0 for row in rows for name in ("ready", "fix_first"))


def _unpriced(rows: Sequence[Row]) -> str:
    """What stands for an outcome price where no client can be priced."""
    said = "No client can be priced: an outcome fee is here plain cost at your target margin, credits not known"
    today = rows[0].get("current_pays")
    return f"{said}." if is_missing(today) else f"{said}; today's fees are {money(today)}."


def scenarios(rows: Sequence[Row]) -> str:
    """Which proposal leaves the provider most, and what clients would pay for it."""
    priced = [row for row in rows if not is_missing(row["margin_left"])]
    if not priced:
        return "No proposal can be priced on these months: that takes managed hours and recurring revenue, or a price."
    best = max(priced, key=lambda row: row["margin_left"])
    left, pays = money(best["margin_left"]), money(best["customer_pays"])
    said = f"{best['name']} leaves most, {left} of the {pays} that "
    said += "the client pays." if best["verdict"] is not None else "clients pay."
    if not is_priced(rows):
        alone = f"It leaves {left} of {pays}." if len(rows) == 1 else said
        return f"{_unpriced(rows)} {alone}"
    if len(rows) == 1:
        return f"An outcome price as assumed leaves {left} of {pays}: write down a proposal to compare it with."
    least = min(priced, key=lambda row: row["customer_pays"])
    return f"{said} Cheapest to buy is {least['name']}, {money(least['customer_pays'])}." if least != best else said

"""What is said of clients against their tiers: who earns less, how much of it is what, and of one client why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vitals.formats import count, is_missing, listed, money, money_short, or_zero, percent_whole, plural
from vitals.ui.words import caveats, prices

Row = Mapping[str, Any]
WHO_LOST = "The largest losses, before bench, and what such a client does otherwise than its tier."
MOST_NAMED = 3
PARTS = {
    "price": "Price",
    "tools": "Tools",
    "demand": "Tickets filed",
    "handling": "Time per ticket",
    "effort": "Hours",
    "seniority": "Cost of an hour",
    "gap": "Gap to its tier",
}
"""The parts of a gap as a reader knows them."""
LEAST_IN_TIER = 3
NO_TIER = "(no tier)"
"""What queries call the tier of clients without one."""
REASONS = {
    "price": ("pays {} the tier's price", "pays {} than the tier's price"),
    "tools": ("has tools that cost {} as much", "has tools that cost {}"),
    "demand": ("files {} the tier's tickets", "files {} tickets"),
    "handling": ("takes {} the tier's time for a ticket", "takes {} time for a ticket"),
    "effort": ("takes {} the tier's hours", "takes {} hours"),
    "seniority": ("is served by people who cost {} as much an hour", "is served by people who cost {} an hour"),
}
"""How a client differs from its tier: by so many times, and by so many per cent."""
SOME_ALWAYS = "A tier's figure is that of all its clients together, so some always lie below it: how far matters."
HOW_TO_READ = (
    "The parts add up to the gap. Price and tools are for a user and month; tickets and time per ticket are what its "
    "hours are made of. Red costs, blue earns."
)
SPREAD = "A tier whose clients lie far apart is not delivered alike, or not sold alike: its median says little of each."
REST = (
    "Before bench; only what names the agreement counts. A client's row without one is the rest of its margin: the "
    "lines and hours that name none."
)
TODAYS_USERS = (
    "Recurring work alone: no projects, no resale, nothing billed on top. Users are those of today, since no file says "
    "how many there were before."
)


def headline(row: Row, worst: Sequence[Row], label: str) -> str:
    """How many clients earn less than their tier would, how much together, and the worst by name."""
    if not or_zero(row.get("clients")):
        return _none_compared(row, label)
    below, label = or_zero(row["clients_below"]), caveats.months(row, label)
    if not below:
        return f"Each of {plural(row['clients'], 'client')} earned in {label} what its tier would."
    said = f"{count(below)} of {plural(row['clients'], 'client')} earned less in {label} than their tier would"
    named = [f"{client['client']} {money_short(abs(client['gap']))}" for client in worst[:MOST_NAMED]]
    if below == 1:
        return f"{said}: {named[0]}."
    return f"{said}, {money(row['gap_below'])} together: most of all {listed(named)}."


def spread(tiers: Sequence[Row]) -> str:
    """What the spread of a tier's margins says, and which tiers are too small to have one."""
    small = [str(row["service_tier"]) for row in tiers if row["clients"] < LEAST_IN_TIER]
    few = f" Fewer than three clients, so neither median nor spread says anything: {', '.join(small)}." if small else ""
    return f"{SPREAD}{few}"


def _none_compared(row: Row, label: str) -> str:
    if row.get("months_covered") == 0:
        return f"No month of {label} can be compared: none has both invoices and hours that are complete."
    if row.get("has_hours_cost") is False:
        return "What the hours cost is not known, so no client can be compared with its tier. Load time entries."
    takes = "a list of clients with their users, and three of a tier with recurring revenue"
    return f"No client can be compared with its tier: that takes {takes}."


def of_gaps(row: Row) -> str:
    """What the gaps count: the months, today's users, and who is not compared."""
    left, small = or_zero(row.get("left_out")), row.get("small_tiers")
    parts = [SOME_ALWAYS, TODAYS_USERS, caveats.covered(row)]
    if left:
        verb = "is" if left == 1 else "are"
        why = "for want of users, recurring revenue or a tier of three"
        parts.append(f"{plural(left, 'client')} with revenue {verb} not compared, {why}.")
    if small:
        parts.append(f"Fewer than three clients to compare: {small}.")
    return " ".join(filter(None, parts))


def one_gap(parts: Sequence[Row], client: Row, label: str) -> str:
    """What a client earns more or less than its tier would, and by what most."""
    gap: Any = next((part["amount"] for part in parts if part["is_total"]), None)
    if is_missing(gap):
        return not_compared(client)
    than = f"than its tier{_named(client)} would"
    said = f"{client['client']} earned {money(abs(gap))} {'more' if gap > 0 else 'less'} in {label} {than}"
    reasons = why(parts)
    return f"{said}: it {reasons}." if reasons else f"{said}."


def why(parts: Sequence[Row]) -> str:
    """What a client does otherwise than its tier that explains its gap, the most first; empty where nothing stands out.

    That it pays the tier's price is said beside it.
    """
    found = sorted((part for part in parts if part["is_reason"]), key=lambda part: -abs(part["amount"]))
    reasons = [reason for reason in map(_reason, found) if reason]
    return listed(list(filter(None, (_usual_price(parts), *reasons)))) if reasons else ""


def briefly(parts: Sequence[Row], client: Row) -> str:
    """One client's gap in a line, below a headline that says of which months."""
    reasons = why(parts)
    said = f"{client['client']}{_named(client)}: {money(abs(client['gap']))} less"
    return f"{said}. It {reasons}." if reasons else f"{said}."


def loss(parts: Sequence[Row], client: Row) -> str:
    """What one client lost in a line, below a headline that says of which months, and what it does otherwise."""
    share: Any = client.get("gross_margin_pct")
    of_revenue = "" if is_missing(share) else f", {percent_whole(share)} of its revenue"
    reasons = why(parts) or "doesn't stand out in its tier, or can't be compared with it"
    return f"{client['client']}: {money(client['gross_margin'])}{of_revenue}. It {reasons}."


def _named(client: Row) -> str:
    """The tier's name in brackets; those without one are a tier of no name."""
    tier = str(client["service_tier"])
    return "" if tier == NO_TIER else f" ({tier})"


def not_compared(client: Row) -> str:
    """Why a client has no gap: it has no row, its tier is small, or what its hours cost isn't known."""
    few: Any = client.get("clients_in_tier")
    if is_missing(few):
        return "With its tier it can't be compared: no file states its users, or it has no recurring revenue."
    if few < LEAST_IN_TIER:
        return f"Its tier{_named(client)} has {plural(few, 'client')} to compare: it takes three."
    return "With its tier it can't be compared: what its hours cost is not known."


def fee_to_tier(client: Row, assumed: Row) -> str:
    """By how much its fee would have to rise to earn what its tier would; empty where nothing lacks."""
    rise: Any = client.get("fee_to_tier")
    if is_missing(rise):
        return ""
    beyond = f" That is {prices.steep(assumed)}." if client.get("is_steep") else ""
    above = f"A fee {percent_whole(rise)} above its average of these months"
    return f"{above} would have earned what its tier would, all else alike.{beyond}"


def agreements(rows: Sequence[Row]) -> str:
    """What agreements left that lines and entries name, or which of the two names none."""
    named = [row for row in rows if row["is_named"]]
    if not named:
        return "No invoice line and no time entry names an agreement, so what one leaves is not known."
    known = [row for row in named if not is_missing(row["gross_margin"])]
    if not known:
        silent = "invoice lines" if all(is_missing(row["revenue"]) for row in named) else "time entries"
        return f"No client has both: {silent} name no agreement, so what one leaves is not known."
    lost = [row for row in known if row["gross_margin"] < 0]
    said = f"{count(len(lost))} of {plural(len(known), 'agreement')} cost more than they brought"
    if not lost:
        return f"{said}. {REST}"
    amount, worst = sum(-row["gross_margin"] for row in lost), lost[0]
    alone = f"; {worst['agreement']} of {worst['client']} alone {money(-worst['gross_margin'])}"
    return f"{said}, {money(amount)} together{alone if len(lost) > 1 else ''}. {REST}"


def _usual_price(parts: Sequence[Row]) -> str:
    """That the price is the tier's, where it explains nothing."""
    price = next((part for part in parts if part["part"] == "price"), None)
    return "pays the tier's price" if price and price["is_alike"] and not price["is_reason"] else ""


def _reason(part: Row) -> str:
    """What the client does otherwise than its tier, after the word "it"; empty where the tier has nothing of it."""
    if is_missing(part["ratio"]):
        return ""
    by_times, by_share = REASONS[str(part["part"])]
    if part["ratio"] >= 2:
        return by_times.format(f"{part['ratio']:.1f} times")
    less = "fewer" if "{} tickets" in by_share or "{} hours" in by_share else "less"
    return by_share.format(f"{percent_whole(abs(part['change']))} {'more' if part['change'] > 0 else less}")


def without_cost(clients: int) -> str:
    """Of how many clients no invoice line says what tools and resale cost, where others' do; empty without any."""
    if not clients:
        return ""
    whose, margin = ("1 client", "its margin is") if clients == 1 else (plural(clients, "client"), "their margins are")
    return f"No invoice line of {whose} says what tools and resale cost (a dash): {margin} before these costs."

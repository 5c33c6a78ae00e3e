"""What to do first: a sentence for each row of metrics.actions, how its money is reckoned, and what all of it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vitals import formats
from vitals.catalogue import number
from vitals.formats import count, is_missing, money, or_zero, percent, percent_whole, plural
from vitals.ui.words import caveats, prices

Row = Mapping[str, Any]
LEAST_MONTHS = 3
FIRST = {
    "price": "Reprice {}",
    "tools": "Trim the tools of {}, or reprice",
    "demand": "Find why {} files so many tickets, or reprice",
    "handling": "Find why a ticket of {} takes so long, or reprice",
    "effort": "Find why {} takes so many hours, or reprice",
    "seniority": "Give the work of {} to a lower level, or reprice",
}
AGAINST = {
    "price": "a user pays {} of what the tier's do",
    "demand": "a user opens {} times the tier's tickets",
    "handling": "a ticket takes {} times the tier's hours",
    "seniority": "an hour costs {} times the tier's",
}
RECKONED = {
    "reach_tier": "What it earns less than its tier for a user and month x its users and months, over {}.",
    "reach_target": "The fee at which its service cost leaves the target margin, less what it pays, over {}.",
    "cover_cost": "Its direct cost and labour beyond its revenue, over {}.",
    "bill_out_of_scope": "Hours that were out of scope and not billed x the assumed bill rate, over {}.",
}
DUE = {
    "settle_notice": "{} a year at stake, no gain: the recurring revenue of these contracts a month x 12.",
    "collect": "{}, once: what is not paid of invoices whose due date has gone by, credit notes not taken off.",
}
"""How the money is reckoned of what a date makes urgent."""
CALLED = {
    "reach_tier": "{} a month more would let it earn what its tier does",
    "reach_target": "{} a month more would bring it to the target margin",
    "cover_cost": "{} a month more would stop the loss on it",
    "bill_out_of_scope": "its work out of scope, not billed, comes to {} a month",
}
"""Why to call a client, by what there is to do."""
NO_MONEY = {
    "move_hours": "Hours beyond the band that fit below it elsewhere. No money: the payroll stays as it is.",
    "hold_review": "Revenue that waits for a review is no gain: it is said, and ranks nothing.",
}


def said(row: Row, assumed: Row) -> str:
    """What to do, and what it would bring a month."""
    subject, amount = row["subject"], money(row.get("money_a_month"))
    match row["kind"]:
        case "reach_tier":
            return _repriced(row, _first(row), f"to reach its tier's margin{_against(row)}", assumed)
        case "reach_target":
            target = percent_whole(assumed.get("target_gross_margin"))
            return _repriced(row, f"Reprice {subject}", f"to reach the target margin of {target}", assumed)
        case "cover_cost":
            return _repriced(row, f"Reprice {subject}", "to stop losing money on it", assumed)
        case "bill_out_of_scope":
            return f"Bill {subject} for work out of scope: {formats.hours(row['hours'])}, {amount} a month."
        case "settle_notice":
            return _settled(row)
        case "collect":
            return f"Collect {money(row['money_a_year'])} that is overdue{_owed(row)}."
        case "move_hours":
            return f"Move {formats.hours(row['hours'])} a week from {subject} to {row['partner']}, if the skills fit."
    return f"Hold the review of {subject}{_waiting(row)}."


def _repriced(row: Row, first: str, aim: str, assumed: Row) -> str:
    """What to do for a higher fee: from what to what, by what share, and whether one renewal carries it."""
    rise, beyond = prices.rise(row, assumed)
    if not rise:
        return f"{first}: {money(row.get('money_a_month'))} a month {aim}."
    return f"{first} {rise}, {aim}.{f' That rise is {beyond}.' if beyond else ''}"


def _first(row: Row) -> str:
    reason = row.get("reason")
    return FIRST["price" if is_missing(reason) else str(reason)].format(row["subject"])


def _against(row: Row) -> str:
    """How far the client is from its tier in what costs most; empty where that is no ratio."""
    reason, ratio = row.get("reason"), row.get("ratio")
    if is_missing(ratio) or reason not in AGAINST:
        return ""
    return "; " + AGAINST[reason].format(percent(ratio) if reason == "price" else f"{ratio:.1f}")


def _settled(row: Row) -> str:
    """Until when contracts can be given notice, and what hangs on them."""
    others, by, amount = or_zero(row.get("more")), formats.day(row["notice_by"]), money(row["money_a_month"])
    if not others:
        return f"Settle the contract of {row['subject']} before its last day of notice, {by}: {amount} a month."
    return (
        f"Settle {count(others + 1)} contracts before their last day of notice, first that of {row['subject']} by "
        f"{by}: {amount} a month."
    )


def _owed(row: Row) -> str:
    """Who owes most of what is overdue."""
    others = or_zero(row.get("more"))
    if not others:
        return f" from {row['subject']}"
    return f" from {plural(others + 1, 'client')}, {money(row['of_subject'])} of it from {row['subject']}"


def _urged(row: Row) -> str:
    """Why to call whom a date makes urgent."""
    if row["kind"] == "collect":
        return f"{money(row['of_subject'])} of what it owes is overdue, the most of any client"
    return f"its contract's last day of notice is {formats.day(row['notice_by'])}, the first of those that come soon"


def _waiting(row: Row) -> str:
    exposed, more = row.get("exposed_a_month"), or_zero(row.get("more"))
    parts = [] if is_missing(exposed) else [f"{money(exposed)} of recurring revenue a month waits for it"]
    parts += [f"{plural(more, 'more client')} {'is' if more == 1 else 'are'} overdue"] if more else []
    return f": {', and '.join(parts)}" if parts else ""


def reckoned(row: Row) -> str:
    """What it would bring a year, and how that is reckoned."""
    if is_missing(row.get("money_a_year")):
        return NO_MONEY[row["kind"]]
    if row["kind"] in DUE:
        return DUE[row["kind"]].format(money(row["money_a_year"]))
    how = RECKONED[row["kind"]].format(plural(row["months"], "covered month"))
    return f"{money(row['money_a_year'])} a year. {how}"


def ranked(rows: Sequence[Row], clients: Row) -> str:
    """What the list is ranked by."""
    if not rows:
        return caveats.unread(clients, "What to do first") or "Nothing by these numbers."
    if not _valued(rows):
        return "None of these brings money of its own."
    return (
        "By the money a year that could be gained, that is at stake or overdue: a client may stand here that makes "
        "money, and less than it should. What brings no money of its own stands last."
    )


def at_stake(rows: Sequence[Row], clients: Row) -> str:
    """What it costs a year, or why that can't be reckoned; and who loses money and is in none of it."""
    beyond = _beyond(rows, clients)
    return f"{_at_stake(rows, clients)} {beyond}".rstrip()


def _beyond(rows: Sequence[Row], clients: Row) -> str:
    """The clients that lose money and aren't listed, such as one that is hardly ever billed; empty without any."""
    lose = or_zero(rows[0].get("losing_beyond") if rows else clients.get("loss_clients"))
    if not lose or caveats.unread(clients):
        return ""
    more = "more client" if _gaining(rows) else "client"
    why = "no fee to raise is known: it left" if lose == 1 else "no fee to raise is known: they left"
    return f"{plural(lose, more)} lost money; {why}, or paid in too few months. See Client margin."


def _at_stake(rows: Sequence[Row], clients: Row) -> str:
    """What it costs a year, or why that can't be reckoned."""
    if _gaining(rows):
        who = plural(rows[0]["clients_in_all"], "client")
        of = caveats.made_a_year(clients.get("months_covered")).replace(", a year made", ", made")
        return (
            f"At stake are {money(rows[0]['money_in_all'])} a year{of}: what {who} would bring more at the tier's or "
            "target margin, without a loss, or with work out of scope billed, whichever is most."
        )
    capture: Any = clients.get("time_capture")
    if clients.get("labour_basis") == "none":
        return "Load time entries or tickets to see what it costs a year."
    if or_zero(clients.get("months_covered")) < LEAST_MONTHS:
        return f"What it costs a year is not reckoned from fewer than {LEAST_MONTHS} covered months."
    if not is_missing(capture) and capture < number("time_capture").low:
        return f"What it costs a year cannot be read: {percent_whole(capture)} of the time at work is written down."
    if why := caveats.unread(clients, "What it costs a year"):
        return why
    return "By these numbers no client that still pays is below its tier or the target."


def _valued(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if not is_missing(row.get("money_a_year"))]


def _gaining(rows: Sequence[Row]) -> list[Row]:
    return [row for row in _valued(rows) if row["kind"] in CALLED]


def call(rows: Sequence[Row]) -> str:
    """Whom to call on Monday: the client with the most money, else the one whose review is owed."""
    valued = _valued(rows)
    if valued and valued[0]["kind"] in DUE:
        return f"On Monday call {valued[0]['subject']}: {_urged(valued[0])}."
    if len(valued) > 1:
        asked = CALLED[valued[0]["kind"]].format(money(valued[0]["money_a_month"]))
        return f"On Monday call {valued[0]['subject']}: {asked}, the most of any client."
    if valued:
        return f"On Monday call {valued[0]['subject']}: {reckoned(valued[0])}"
    for row in rows:
        if row["kind"] == "hold_review":
            return f"On Monday call {row['subject']}: its review is overdue."
    return "These numbers name nobody to call on Monday."

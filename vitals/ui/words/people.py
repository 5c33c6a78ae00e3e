"""What the pages about people say, in a sentence from the rows of queries; the caller escapes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from vitals import formats
from vitals.catalogue import number
from vitals.ui.words import caveats

Row = Mapping[str, Any]
MOST_NAMED = 3
WATCH_RULE = (
    "Two months in a row are the rule, up to the last: saturated is over the healthy band, idle under it; unread is "
    "under it with too little written down to say so. One month alone is holidays, or a project."
)
LEVEL_RULE = (
    "A category needs the level that does most of its hours in these months; whoever is above it does that level's "
    "work. Where each level does about a third, this says little."
)
HALF_RULE = (
    "The clients of whose hours, 40 or more, a technician worked at least half, and the categories of which one "
    "technician ended nearly all tickets; of fewer hours whose they are says little. Where nobody stands here, nobody "
    "does."
)
UNLOGGED = "logged no hour"
"""What the queries say of whoever wrote nothing down."""
FEW_ESCALATIONS = 10
"""Of fewer, whose they are says little."""
_SAYS_ACCOUNT = "time entries whose work type says account management or sales"


def technician(row: Row, label: str) -> str:
    """Where a technician's time stands against the band, and by how many hours."""
    name: Any = row["technician"]
    share: Any = row["utilisation_net"]
    if formats.is_missing(share) and row.get("no_room") == UNLOGGED:
        return f"{name} logged no hour in {label}: how much of that time went to clients is not known."
    if formats.is_missing(share):
        return f"Of {name} no month in {label} has both hours and a known capacity."
    band = number("utilisation_net").band
    said = f"{caveats.unread_band(row)} {formats.percent(share)} of {name}'s {_net(row)} in {label} went to clients"
    said = said.lstrip()
    if row["hours_over_band"] > 0:
        return f"{said}: {formats.hours(row['hours_over_band'])} over the {band} band."
    where = "below" if share < number("utilisation_net").low else "inside"
    if row.get("no_room"):
        return f"{said}, {where} the {band} band."
    return f"{said}, {where} the {band} band; {formats.hours(row['hours_of_room'])} more would fit."


def unlogged(row: Row) -> dict[str, str]:
    """That nothing written down is not nothing done, beside the cards that would say so; empty where some is."""
    said = "Nothing is written down: not known, rather than none."
    return dict.fromkeys(("utilisation_net", "hours_over_band"), said) if row.get("no_room") == UNLOGGED else {}


def _net(row: Row) -> str:
    """What the hours are that utilisation is of: net ones, or those of the contract where no leave is known."""
    known: Any = row.get("net_share")
    is_whole = not formats.is_missing(known) and known >= 1
    return "contracted hours (no leave or holiday is on file)" if is_whole else "net hours"


def capture(row: Row) -> str:
    """That time which isn't written down looks like room; empty where enough is."""
    share: Any = row.get("time_capture")
    if formats.is_missing(share) or share >= number("time_capture").low:
        return ""
    return f"{formats.percent(share)} of the time at work is written down: the rest looks like room, and may be none."


def room(name: Any, everyone: Sequence[Row]) -> str:
    """Who of the others could take on client hours, and who is left out of them; empty where there is nobody else."""
    others = [row for row in everyone if row["technician"] != name]
    gone = [f"{row['technician']} ({row['no_room']})" for row in others if row.get("no_room")]
    left_out = f" Left out: {formats.listed(gone)}." if gone else ""
    free = [row for row in others if not formats.is_missing(row["hours_of_room"]) and row["hours_of_room"] > 0]
    if not free:
        return f"Nobody else is known to have room below the upper end of the band.{left_out}" if others else ""
    named = [f"{row['technician']} {formats.hours(row['hours_of_room'])}" for row in free[:MOST_NAMED]]
    more = f" and {formats.count(len(free) - MOST_NAMED)} more" if len(free) > MOST_NAMED else ""
    return f"Room below the upper end of the band: {', '.join(named)}{more}.{left_out}"


def missing(rows: Sequence[Row]) -> str:
    """Of whom hours are probably missing, in which months, and how little is on file; empty where nothing is odd."""
    said = []
    names = list(dict.fromkeys(row["technician"] for row in rows))
    for name in names[:MOST_NAMED]:
        months = [row for row in rows if row["technician"] == name]
        found = [f"{formats.month(row['month_start'])} ({formats.percent_whole(row['hours_share'])})" for row in months]
        said.append(f"{name}, {formats.listed(found)}")
    more = f"; {formats.count(len(names) - MOST_NAMED)} more" if len(names) > MOST_NAMED else ""
    if not said:
        return ""
    return f"Hours are probably missing (of the usual, with no leave on file): {'; '.join(said)}{more}."


def watched(rows: pd.DataFrame) -> str:
    """Who is out of the band for two months or more, by name; empty where nobody is."""
    said = []
    for state in ("saturated", "idle"):
        names = list(rows.loc[rows["state"] == state, "technician"])
        if names:
            more = f" and {formats.count(len(names) - MOST_NAMED)} more" if len(names) > MOST_NAMED else ""
            said.append(f"{state}: {', '.join(names[:MOST_NAMED])}{more}")
    return f"For two months or more {'; '.join(said)}." if said else ""


def realised(row: Row) -> str:
    """Of how many hours the realisation is, or what to add."""
    if not formats.or_zero(row.get("billed_hours")):
        return "Load time entries with what was billed for them, for work that no agreement covers."
    share = formats.percent_whole(row["billed_share"])
    return f"Of {formats.hours(row['billed_hours'])} that no agreement covers, {share} of the client hours."


def roles(row: Row) -> str:
    """Who does whose work?"""
    if formats.is_missing(row.get("senior_account_hours")) and not _above(row):
        return f"Whose work it is, no file says: load technicians with their levels, and {_SAYS_ACCOUNT}."
    return " ".join(part for part in (_account(row), _above(row)) if part)


def _account(row: Row) -> str:
    hours: Any = row.get("senior_account_hours")
    if not formats.or_zero(row.get("senior_hours")):
        return ""
    if formats.is_missing(hours):
        return f"Load {_SAYS_ACCOUNT} to see how much of that seniors and owners do."
    share = formats.percent_whole(row["senior_account_share"])
    return f"Seniors and owners spent {formats.hours(hours)} on account work, {share} of their time."


def _above(row: Row) -> str:
    hours: Any = row.get("above_hours")
    if formats.is_missing(hours) or not formats.or_zero(row.get("ticket_hours")):
        return ""
    if not hours:
        return "No ticket was worked on above the level that usually does its category."
    share = formats.percent_whole(row["above_share"])
    said = (
        f"{formats.hours(hours)} of work on tickets, {share}, was done above the level that does most of its category"
    )
    cost: Any = row.get("above_cost")
    return f"{said}." if formats.or_zero(cost) <= 0 else f"{said}, and cost {formats.money(cost)} more."


def most_above(row: Row) -> str:
    """Who has most of the work that a lower level usually does, or what to add."""
    if row.get("most_technician") and not formats.is_missing(row.get("above_hours")):
        hours = formats.hours(row["most_hours"])
        return f"Most of it: {row['most_technician']}, {hours}, mostly on {row['most_category']}."
    if formats.is_missing(row.get("above_hours")):
        return "Load technicians of two levels or more, and tickets with categories, to see work above its level."
    return ""


def room_ahead(row: Row) -> str:
    """Is there room for next quarter?"""
    return f"{caveats.unread_band(row, 'What fits')} {_room_ahead(row)}".strip()


def _room_ahead(row: Row) -> str:
    if formats.is_missing(row.get("expected_hours")):
        known = formats.or_zero(row.get("months"))
        return f"Hours are complete for {formats.plural(known, 'month')}: a trend needs six, so nothing is forecast."
    if formats.is_missing(row.get("hours_left")):
        return "No service technician is employed in the next three months, as far as the technicians file says."
    ahead = f"{formats.month(row['first_ahead'])} to {formats.month(row['last_ahead'])}"
    left: Any = row["hours_left"]
    hours, spread = formats.hours(abs(left)), formats.hours(row["spread_hours"])
    people = formats.number(round(abs(row["people_left"]), 1))
    people += " technician does" if people == "1" else " technicians do"
    if row["verdict"] == "room":
        return f"There is room for {hours} more of client work from {ahead}: about what {people}."
    if row["verdict"] == "short":
        return f"{hours} of client work have nobody to do them from {ahead}: about what {people}."
    side = "more" if left >= 0 else "fewer"
    return (
        f"Too close to call: from {ahead} {hours} {side} fit than are to be expected, and the trend misses by {spread}."
    )


def trend(row: Row) -> str:
    """What the forecast assumes, and of how many months it is."""
    if formats.is_missing(row.get("slope")):
        return ""
    slope: Any = row["slope"]
    moved = f"{'rise' if slope > 0 else 'fall'} by {formats.hours(abs(slope))} a month"
    share = formats.percent_whole(row["net_share"])
    left = f"{share} of contracted time is left after leave and holidays, as in these months"
    if row["net_share"] >= 1:
        left = "all of contracted time is worked, since no leave or holiday is on file"
    months = f"{formats.plural(row['months'], 'month')} to {formats.month(row['last_month'])}"
    high = formats.percent_whole(number("utilisation_net").high)
    return (
        f"Assumed: client hours, {formats.hours(row['hours_a_month'])} a month over the {months}, go on to {moved}; "
        f"{left}; up to {high} of it goes to clients."
    )


def dependence(row: Row) -> str:
    """What hangs on one person?"""
    if not formats.or_zero(row.get("clients")):
        return "No client has hours in these months."
    clients, hang = formats.plural(row["clients"], "client"), formats.or_zero(row.get("clients_on_one"))
    alone = formats.or_zero(row.get("categories_on_one"))
    kinds = f"; {formats.plural(alone, 'category', 'categories')} only one person does" if alone else ""
    few = _too_few(row)
    if row.get("clients_judged") == 0:
        partial = row.get("has_whole_months") is False
        why = "no month is complete for hours" if partial else "none has 40 hours"
        return f"On whom {clients} hang{'s' if row['clients'] == 1 else ''} cannot be judged: {why}{kinds}."
    if not hang:
        return f"Of {clients} none has half of its hours, of 40 or more, from one technician{kinds}.{few}"
    verb = "has" if hang == 1 else "have"
    said = (
        f"{formats.count(hang)} of {clients} {verb} half of {'its' if hang == 1 else 'their'} hours, of 40 or more, "
        "from one technician"
    )
    money: Any = row.get("exposed_mrr")
    if not formats.is_missing(money):
        share = formats.percent_whole(row["exposed_share"])
        said += f", with {formats.money(money)} of monthly revenue, {share} of all"
    most: Any = row.get("most_clients")
    if formats.is_missing(most):
        return f"{said}{kinds}.{few}"
    whose = "" if hang == 1 else " for all of them" if most == hang else f" for {formats.count(most)}"
    return f"{said}{kinds}. {row['most_technician']} is that technician{whose}.{few}"


def _too_few(row: Row) -> str:
    """How many clients have too few hours to say whose they are; empty if none has."""
    few = formats.or_zero(row.get("clients")) - formats.or_zero(row.get("clients_judged", row.get("clients")))
    if not few:
        return ""
    share: Any = row.get("unjudged_share")
    of_all = "" if formats.is_missing(share) else f", with {formats.percent(share)} of recurring revenue"
    return f" {formats.count(few)} of them {'has' if few == 1 else 'have'} fewer hours and can't be judged{of_all}."


def owner(row: Row) -> str:
    """What the owner does: hours, escalations, and the desk without the owner."""
    ended = formats.or_zero(row.get("owner_ended"))
    if formats.is_missing(row.get("owner_hours_share")) and not ended:
        return "No technicians file names an owner: what the business needs the owner for is not known."
    said = f"Owners ended {formats.plural(ended, 'ticket')} and logged no hour: their part isn't known"
    if not formats.is_missing(row.get("owner_hours_share")):
        said = f"Owners did {formats.percent(row['owner_hours_share'])} of the client hours"
    escalations: Any = row.get("escalations")
    if not formats.is_missing(escalations):
        few = ", too few to judge" if escalations < FEW_ESCALATIONS else ""
        said += (
            f" and took {formats.count(row['owner_escalations'])} of {formats.plural(escalations, 'escalation')}{few}"
        )
    ratio: Any = row.get("absence_ratio")
    if formats.is_missing(ratio):
        return f"{said}. Whether the desk runs without them can't be tested: too few days on which all are away."
    days = formats.plural(row["absence_days"], "day")
    return f"{said}. On {days} without them the desk ended {formats.percent_whole(ratio)} of the usual tickets."

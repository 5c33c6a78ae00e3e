"""What the pages about the desk say of demand, backlog and quality: one plain sentence; the caller escapes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from vitals import formats
from vitals.catalogue import number
from vitals.formats import count, is_missing, or_zero, percent, percent_whole, plural
from vitals.formats import number as decimal

Row = Mapping[str, Any]
FEW_CATEGORIES = 8
"""With so few of them a category is no cause: whatever a client asks for comes back."""
FEW = 30
"""Of fewer tickets a share is said with its bounds and not judged."""
ALIKE = (
    "Of the difference in effort between tickets of a category, the part that goes with who did them; above the upper "
    "limit the work depends on the person. Categories with one technician of five tickets or more have none."
)
MEASURES = (
    "Automated, no alerts: incidents and requests that automation resolved without any hours and that nobody opened "
    "again; an alert that opens and closes by itself saves no work. Rated at all: of those ended."
)
CARDS = {
    "first_contact_rate": "ended at first contact", "reopen_rate": "opened again", "escalation_rate": "escalated",
    "csat_positive_pct": "rated happy",
}  # fmt: skip
"""A card of the page -> the measure that says of how many tickets it is."""


def demand(row: Row, label: str) -> str:
    """Where does the work come from?"""
    tickets = or_zero(row.get("reactive_tickets"))
    if not tickets:
        return f"No reactive ticket was opened in {label} in a month that the tickets are complete for."
    said = f"{plural(tickets, 'reactive ticket')} of {plural(row['clients'], 'client')} took {_hours(row)} in {label}"
    if or_zero(row.get("largest_share")):
        said += f"; {row['largest_client']} alone {percent_whole(row['largest_share'])} of that"
    each: Any = row.get("heaviest_hours")
    if is_missing(each) or not row.get("heaviest_client"):
        return f"{said}."
    usual = decimal(row["reactive_hours_per_user"])
    return f"{said}. {row['heaviest_client']} takes {decimal(each)} h a user and month, all together {usual}."


def _hours(row: Row) -> str:
    return formats.hours(row["reactive_hours"]) if or_zero(row["reactive_hours"]) else "hours that no file says"


def without_users(row: Row, lacks: str) -> str:
    """What to add where nobody knows how many users the clients have, with what else is missing."""
    if or_zero(row.get("user_months")) or not or_zero(row.get("reactive_tickets")):
        return ""
    more = f", and {lacks}," if lacks else ""
    return f"Load clients with their users and devices{more} to see what each of them asks for."


def untyped(row: Row) -> str:
    """That no ticket says what kind of work it was; empty where any does."""
    if row.get("says_kind") or not or_zero(row.get("reactive_tickets")):
        return ""
    return "No ticket says its type, so that all of them count as reactive, planned work among them."


def causes(row: Row, categories: pd.DataFrame) -> str:
    """How much comes back, and how far that can be read."""
    found = or_zero(row.get("causes"))
    if not found:
        return "No client came three times with the same category in a quarter."
    said = (
        f"{plural(found, 'cause')}, a client's tickets of one category, came three times or more in a quarter; most of "
        f"all {row['largest_client']}, {row['largest_category']}: {plural(row['largest_tickets'], 'ticket')}"
    )
    said += f" and {formats.hours(row['largest_hours'])}." if or_zero(row.get("largest_hours")) else "."
    if len(categories) > FEW_CATEGORIES:
        return said
    return (
        f"{said} With {plural(len(categories), 'category', 'categories')} almost everything comes back: finer ones "
        "would say more."
    )


def backlog(row: Row, label: str) -> str:
    """Does the desk keep up?"""
    if not or_zero(row.get("months")):
        return f"No month of {label} is complete for tickets: what was open at its end is not known."
    flow = f"{plural(row['opened'], 'ticket')} came in and {count(row['ended'])} were ended"
    after, begins = row["open_at_end"], row.get("begins_on")
    if is_missing(begins):
        return f"{_moved(row['open_before'], after)}: {flow}{_old(row)}."
    verb = "was" if after == 1 else "were"
    return f"Of tickets opened since {formats.month(begins)} {count(after)} {verb} open at the end: {flow}{_old(row)}."


def _moved(before: int, after: int) -> str:
    if after == before:
        return f"The backlog stayed at {plural(after, 'ticket')}"
    return f"The backlog {'grew' if after > before else 'fell'} from {count(before)} to {plural(after, 'ticket')}"


def _old(row: Row) -> str:
    """How many of the open ones are old: a lower bound where the list of tickets begins within the months."""
    old = or_zero(row["open_over_30_days"])
    if not row["open_at_end"]:
        return ""
    if not old:
        return "; none of the open ones is more than 30 days old"
    bound = "" if is_missing(row.get("begins_on")) else "at least "
    return f"; {bound}{count(old)} of the open ones {'is' if old == 1 else 'are'} more than 30 days old"


def begun(row: Row) -> str:
    """What can't be told where the list of tickets begins within the chosen months; empty where it begins earlier."""
    begins: Any = row.get("begins_on")
    if is_missing(begins):
        return ""
    return (
        f"The files hold no ticket opened before {formats.month(begins)}: what was open then, and what was ended of "
        "it, is not known, so the first months can't tell whether the backlog grew, and what is over 30 days old is a "
        "lower bound. Load older tickets to see both."
    )


def reached(row: Row, label: str) -> str:
    """Where the tickets end before the chosen months do; empty where they don't."""
    last: Any = row.get("last_month")
    if is_missing(last) or label.endswith(formats.month(last)):
        return ""
    return f"As of the end of {formats.month(last)}, the last of these months that the tickets are complete for."


def counted_backlog(row: Row, desk: Row) -> dict[str, str]:
    """Of how many tickets the rates of the page are, and that none of them tells how long the open ones will take."""
    if not or_zero(row.get("months")):
        return {}
    ended, opened = or_zero(desk.get("tickets_ended")), or_zero(desk.get("tickets_opened"))
    open_ = plural(row["open_at_end"], "open ticket")
    pace = f"{count(row['ended'])} ended on {plural(row['business_days'], 'business day')}"
    return {
        "days_to_clear": f"{open_}, {pace}: at that pace, with nothing new, and however hard the open ones are.",
        "close_rate": f"{count(ended)} ended, whenever they were opened; {count(opened)} opened.",
    }


def counted_incidents(row: Row) -> dict[str, str]:
    """Of how many incidents the median is, and how many are still open, which it leaves out."""
    if is_missing(row.get("median_business_hours")):
        return {}
    said = f"Of {plural(row['incidents'], 'incident')} resolved in these months."
    open_ = or_zero(row.get("open_incidents"))
    left = f" {count(open_)} still open at their end {'is' if open_ == 1 else 'are'} not in it." if open_ else ""
    return {"all_median_business_hours": f"{said}{left}"}


def all_incidents(row: Row) -> str:
    """That requests and changes are among the incidents where no ticket says its type; empty where any does."""
    says: Any = row.get("says_type")
    if is_missing(says) or says:
        return ""
    return "No ticket says its type, so every one counts as an incident, requests and changes among them."


def _by_measure(measures: pd.DataFrame) -> dict[str, Row]:
    return {row["measure"]: row for row in formats.rows(measures) if not is_missing(row["rate"])}


def _bounds(row: Row) -> str:
    return f"{percent(row['rate_low'])} to {percent(row['rate_high'])}"


def quality(measures: pd.DataFrame) -> str:
    """Is the work done right the first time?"""
    known = _by_measure(measures)
    parts = [_share(known[name], said) for name, said in SAID.items() if name in known]
    if not parts:
        return "No file says how tickets went: whether they were opened again, escalated, or rated by the client."
    return f"{'; '.join(parts)[:1].upper()}{'; '.join(parts)[1:]}.{_automated(known)}"


SAID = {
    "opened again": "were opened again", "ended at first contact": "were ended at the first contact",
    "rated happy": "were rated happy",
}  # fmt: skip


def _share(row: Row, said: str) -> str:
    found = f"{percent(row['rate'])} of {plural(row['tickets'], 'ticket')} {said}"
    return found if row["tickets"] >= FEW else f"{found} (too few to judge: {_bounds(row)})"


def _automated(known: Mapping[str, Row]) -> str:
    """Whether what automation resolved stays resolved, beside what people did; empty where no file says."""
    machine, human = known.get("automated, reopened"), known.get("opened again")
    if not machine or not human:
        return ""
    high = number("reopen_rate").high
    verdict = "" if machine["rate_low"] <= max(high, human["rate"]) else ": more than of those that people ended"
    return f" Of what automation resolved {percent(machine['rate'])} was opened again{verdict}."


def counted(measures: pd.DataFrame) -> dict[str, str]:
    """For each card of how many tickets it is, and where the true share lies."""
    known = _by_measure(measures)
    return {
        card: f"Of {plural(known[name]['tickets'], 'ticket')}; the true share lies in {_bounds(known[name])}."
        for card, name in CARDS.items()
        if name in known
    }

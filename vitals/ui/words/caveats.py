"""How far a page's numbers can be read: what makes them provisional, or carry no verdict at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vitals import formats
from vitals.catalogue import number
from vitals.formats import count, is_missing, money, or_zero, percent, percent_whole, plural

Row = Mapping[str, Any]
MOST_ASSUMED = 0.5
"""Where more of the hours is costed at the assumption, the verdict says so."""
YEAR = 12
MOST_UNSAID, LEAST_PAID = 0.1, 0.5
"""Where more of the hours of clients on a fee are billable by their mark alone, and less of their cost is billed by the
hour, they may be the fee's."""


def unread(row: Row, what: str = "The margin") -> str:
    """Why the hours on file carry no margin, before any figure; empty if they do."""
    because: Any = row.get("unread_because")
    return "" if is_missing(because) or not because else f"{what} cannot be read: {because}."


def unread_band(row: Row, what: str = "The band") -> str:
    """Why the hours on file say nothing of the band, before any figure; empty if they do."""
    capture: Any = row.get("time_capture")
    if is_missing(capture) or capture >= number("read_time_capture").low:
        return ""
    return f"{what} cannot be read: only {percent_whole(capture)} of the time at work is written down."


def assumed(row: Row) -> str:
    """That most hours are costed at the assumption, before a verdict that rests on it; empty if most aren't."""
    share: Any = row.get("assumed_share")
    if is_missing(share) or share <= MOST_ASSUMED:
        return ""
    return f"What an hour costs is assumed for {percent_whole(share)} of them."


def at_assumed_cost(row: Row) -> str:
    """What of hours and payroll is costed at the assumption, for every headline that rests on most of it; else empty.

    Such as: 100 % of the hours and 80 % of the payroll at an assumed cost.
    """
    shares = {"the hours": row.get("assumed_share"), "the payroll": row.get("assumed_pay_share")}
    most = [f"{percent_whole(share)} of {of}" for of, share in shares.items() if or_zero(share) > MOST_ASSUMED]
    return f"{formats.listed(most)} at an assumed cost" if most else ""


def of_coverage(row: Row) -> str:
    """That hours marked billable may be covered by the fee, so that managed figures are too good; empty if not."""
    share, paid = or_zero(row.get("hours_share")), or_zero(row.get("paid_share"))
    if row.get("is_answered") or share <= MOST_UNSAID or paid >= LEAST_PAID:
        return ""
    return (
        f"What clients on a fee leave cannot be read here: {percent_whole(share)} of their hours are marked billable "
        f"and cost {money(row['unsaid_cost'])}, but {money(row['by_the_hour'])} was billed by the hour. If the fee "
        "covers them, managed margins and outcome prices are worse than shown: say which under Assumptions."
    )


def is_without_tools(row: Row) -> bool:
    """Whether no invoice line says what tools and resale cost."""
    has: Any = row.get("has_direct_cost")
    return not is_missing(has) and not has


def of_margins(row: Row) -> str:
    """What makes the margins incomplete or provisional; empty if nothing does."""
    parts = [part for part in (bench(row), covered(row), _thin(row), _gaps(row)) if part]
    if or_zero(row.get("assumed_rate_hours")):
        share = f" ({percent(row['assumed_share'])})" if not is_missing(row.get("assumed_share")) else ""
        parts.append(
            f"The margins are incomplete: {formats.hours(row['assumed_rate_hours'])}{share} "
            "are costed at the assumed rate."
        )
    has_labour = row.get("labour_basis") != "none"
    if is_without_tools(row) and has_labour:
        parts.append("No invoice line says what tools and resale cost, so all margins are before these costs.")
    if row.get("labour_basis") == "tickets":
        parts.append("Labour comes from the hours on tickets, because no time entries are loaded.")
    if row.get("labour_basis") == "time entries and tickets":
        parts.append(
            "Before the first and after the last month with time entries, labour comes from the hours on tickets."
        )
    parts += [said] if (said := of_classes(row)) else []
    if or_zero(row.get("clients_without_labour")) and has_labour:
        parts.append(
            f"{plural(row['clients_without_labour'], 'client')} with revenue has no labour at all."
            if row["clients_without_labour"] == 1
            else f"{plural(row['clients_without_labour'], 'client')} with revenue have no labour at all."
        )
    return " ".join(parts)


def made_a_year(months: Any) -> str:
    """Of how many months money for a year is made; empty where it is of a whole one, or nobody counted them."""
    return "" if is_missing(months) or not 0 < months < YEAR else f", a year made of {plural(months, 'covered month')}"


def bench(row: Row) -> str:
    """What the bench is and what it cost, or that nobody knows it; empty where no labour is known."""
    if "bench_labour" not in row or row.get("labour_basis") == "none" or row.get("months_covered") == 0:
        return ""
    if is_missing(row["bench_labour"]):
        return "What the bench costs, paid hours that reach no client, is not known without a list of technicians."
    capture: Any = row.get("time_capture")
    is_unread = not is_missing(capture) and capture < number("read_time_capture").low
    seen = f"are not written down on clients (of the time at work {percent_whole(capture)} is)" if is_unread else ""
    cost = f"The bench, paid hours that {seen or 'reached no client'}, cost {money(row['bench_labour'])}"
    said = f"{cost}: a margin after bench bears it, one before bench leaves it out."
    if not or_zero(row.get("assumed_payroll")):
        return said
    people = plural(row["assumed_people"], "person", "people")
    return f"{said} {money(row['assumed_payroll'])} of the payroll is at the assumed rate ({people})."


def covered(row: Row) -> str:
    """How many of the months the margins count; empty if all."""
    asked, covered = row.get("months_asked"), row.get("months_covered")
    if is_missing(asked) or is_missing(covered) or covered == asked:
        return ""
    verb = "is" if covered == 1 else "are"
    first: Any = row.get("covered_from")
    span = "" if is_missing(first) else f", {formats.months_between(first, row['covered_to'])}"
    said = f"{count(covered)} of {plural(asked, 'month')} {verb} counted{span}"
    return f"{said}: those that invoices and hours both cover."


def of_a_card(row: Row) -> str:
    """What a margin that stands on a card alone rests on: which months, whether it can be read, and assumed costs."""
    assumed = at_assumed_cost(row)
    said = (covered(row), unread(row), f"With {assumed}." if assumed else "")
    return " ".join(filter(None, said))


def of_a_rate(row: Row) -> dict[str, str]:
    """That what an hour earns is of the hours on file, where these carry no margin; empty where they do."""
    return {"company_effective_hourly_rate": "Of the hours on file: more of them lower it."} if unread(row) else {}


def months(row: Row, label: str) -> str:
    """The months that margins really count, of those chosen; as chosen where all of them count, or none."""
    first: Any = row.get("covered_from")
    last: Any = row.get("covered_to")
    if not covered(row) or is_missing(first) or is_missing(last):
        return label
    span = formats.months_between(first, last)
    counted = or_zero(row["months_covered"])
    return span if counted == formats.months_apart(first, last) + 1 else f"{count(counted)} months of {span}"


def _thin(row: Row) -> str:
    """Covered months that hold much less than the others; empty if none does."""
    months = row.get("thin_months")
    return f"Less than half of the usual hours or revenue: {months}." if months else ""


def _gaps(row: Row) -> str:
    """That hours of technicians are probably missing, so that margins look too good; empty where none are."""
    months = or_zero(row.get("gap_months"))
    if not months:
        return ""
    return (
        f"Hours of a technician are probably missing in {plural(months, 'month')}: margins look better than they were."
    )


def of_classes(row: Row) -> str:
    """How much revenue has a class that nobody confirmed, or none; empty if all is confirmed."""
    parts = []
    if or_zero(row.get("suggested_revenue")):
        parts.append(
            f"{money(row['suggested_revenue'])} of revenue rests on suggested classes that nobody has confirmed."
        )
    unclassified = or_zero(row.get("unclassified_revenue"))
    credits = or_zero(row.get("stray_credits", min(unclassified, 0)))
    billed = unclassified - credits
    if billed:
        parts.append(f"{money(billed)} of revenue has no class.")
    if credits:
        parts.append(f"Credits of {money(-credits)} have no class: they are taken off revenue and in no share of it.")
    return " ".join(parts)


def of_time_sheets(row: Row) -> str:
    """How far the time sheets can be trusted, and what they don't say."""
    low, on_top = or_zero(row.get("low_capture")), row.get("is_on_top_alone")
    floor = percent_whole(number("time_capture").low)
    said = f"{plural(low, 'technician')} logged less than {floor} of the available time (hollow marks): " if low else ""
    parts = [f"{said}read those with care."] if low else []
    if not is_missing(on_top) and on_top:
        parts.append(
            "No entry says what an agreement covers: billable utilisation is of work billed on top alone, and its "
            "benchmark is not."
        )
    gross, net = row.get("gross_hours"), row.get("net_hours")
    if or_zero(gross) and gross == net:
        parts.append("No leave or holiday is on file: net hours are contracted hours here, so ratios look lower.")
    return " ".join(parts)


def of_tickets(row: Row) -> str:
    """Of how many of the months there are tickets; empty if of all, or of none."""
    asked, held = row.get("months_asked"), row.get("months_with_tickets")
    if is_missing(asked) or is_missing(held) or held in (0, asked):
        return ""
    return f"Tickets are on file for {count(held)} of these {plural(asked, 'month')}: nothing is known of the others."

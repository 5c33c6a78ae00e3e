"""The last slides of a pack: how its figures are made, what they leave out, what was not supplied, every ticket."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from vitals import formats
from vitals.exports.pack.facts import Facts, Row
from vitals.exports.pack.slides import Column, Slide, Table

DEFINITIONS = (
    ("In time", "Tickets opened in the quarter that met their target, by all that can be judged at its end."),
    ("First answer, resolution", "Business time of incidents that people resolved; pauses taken off resolution."),
    ("Median, P90", "Half of them, and nine in ten of them, took no longer."),
    ("User hours lost", "Hours of critical and high-priority incidents resolved x users x the share assumed stopped."),
    ("A user and month", "Tickets / (users of today x months of the quarter that the tickets reach)."),
    ("Comes back", "At least three tickets of one category in a quarter; of the last four those whole on file."),
    ("Happy ratings", "Ratings above neutral / all ratings of tickets that ended in the quarter."),
    ("Hours worked", "Every hour written down for you in the quarter's months; its bars add up to them."),
    ("Billed", "Net of tax, each line spread over the months that it pays for."),
    ("Planned work", "Hours on changes, projects and other work that nobody's trouble set off / hours on tickets."),
)  # fmt: skip
NOT_SUPPLIED = {
    "since last time": ("Since last time", "no action of an earlier review is written down"),
    "success criteria": ("Success criteria", "none is written down"),
    "executive summary": ("Executive summary", "nothing is known of the quarter"),
    "business impact": ("Business impact", "no critical or high-priority incident was opened or resolved"),
    "demand": ("Demand", "no ticket was opened"),
    "responsiveness": ("Responsiveness", "no ticket has a target or was resolved"),
    "satisfaction": ("Satisfaction", "no ticket was rated"),
    "reliability": ("Reliability and security", "no measures of outcome such as uptime, patching or backups"),
    "spend": ("Spend", "no invoice line is on file for the client"),
    "value delivered": ("Value delivered", "no hours"),
    "contract": ("Contract", "no agreement in force"),
    "next steps": ("Decisions and actions", "none is written down"),
}
INCOMPLETE = ("Spend", "no month of the quarter is complete for invoices")
OF_TICKETS = ("business impact", "demand", "responsiveness", "satisfaction")
NO_TICKETS = "no month of the quarter is complete for tickets"
ALWAYS = (("Assets and lifecycle", "warranties and replacements are in none of these files"),)
ROWS = 18
STOOD = {"met": "in time", "missed": "late", "open": "open, late"}


def definitions() -> Iterator[Slide]:
    """How the figures of the slides are made."""
    yield Slide(
        "appendix", "Appendix", "How these figures are made",
        table=Table((Column("Figure", 2), Column("How it is made", 7)), DEFINITIONS),
        speaker="For questions; not for presenting.",
    )  # fmt: skip


def left_out(facts: Facts, absent: Collection[str]) -> Iterator[Slide]:
    """What is in no figure; of each section that was wanted and isn't there why."""
    excluded = tuple(
        (row["reason"], formats.plural(row["tickets"], "ticket")) for row in facts.rows("exclusions") if row["tickets"]
    )
    why_not = {
        **NOT_SUPPLIED,
        **({} if facts.cover["invoice_months"] else {"spend": INCOMPLETE}),
        **({} if facts.cover["ticket_months"] else {name: (NOT_SUPPLIED[name][0], NO_TICKETS) for name in OF_TICKETS}),
    }
    missing = tuple((label, f"Not supplied: {why}.") for label, why in (*map(why_not.__getitem__, absent), *ALWAYS))
    yield Slide(
        "appendix", "Appendix", "What these figures leave out, and what was not supplied",
        table=Table((Column("What", 5), Column("Why, or how many", 4)), (*excluded, *missing)),
        speaker="For questions; not for presenting.",
    )  # fmt: skip


def tickets(facts: Facts) -> Iterator[Slide]:
    """Every ticket of the quarter, a slide for so many."""
    rows, quarter = facts.rows("ticket_list"), facts.quarter.name
    columns = (
        Column("Ticket", 1.8), Column("Opened", 1.3), Column("Priority", 1.2), Column("Category", 3),
        Column("Resolved", 1.3), Column("In time", 1.1),
    )  # fmt: skip
    starts, in_all = range(0, len(rows), ROWS), rows[0]["rows_in_all"] if rows else 0
    for place, start in enumerate(starts, 1):
        part = tuple(map(_ticket, rows[start : start + ROWS]))
        of = f" ({place} of {len(starts)})" if len(starts) > 1 else ""
        beyond = in_all - len(rows) if place == len(starts) else 0
        more = f"{formats.plural(beyond, 'more ticket')} not listed here." if beyond else ""
        yield Slide(
            "appendix", "Appendix", f"{formats.plural(in_all, 'ticket')} opened in {quarter}{of}",
            table=Table(columns, part), footnote=more, speaker="For questions; not for presenting.",
        )  # fmt: skip


def _ticket(row: Row) -> tuple[str, ...]:
    named = ("" if row[name] == "(none)" else row[name] for name in ("priority", "category"))
    standing = STOOD.get(row["standing"], formats.MISSING)
    opened, resolved = formats.day(row["opened_at"]), formats.day(row["resolved_at"])
    priority, category = map(formats.text, named)
    return formats.text(row["ticket_id"]), opened, priority, category, resolved, standing

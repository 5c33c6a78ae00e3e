"""Turns what happened at the invented MSP into the exports that its PSA and accounting system would write."""

from __future__ import annotations

from datetime import date, datetime

from . import absences, reviews
from .billing import plan_of, quoted_share
from .blocks import RATE, block_of
from .clock import us_date, us_stamp
from .effort import Entry
from .others import OWNER, days_off
from .sheets import Sheet
from .tickets import Ticket
from .world import clients, holidays, world

TICKETS = (
    "Ticket Number", "Nexus Ticket Number", "External Customer Ticket Ref", "Title", "Company", "Created",
    "Complete Date", "Issue Type", "Sub-Issue Type", "Status", "Parent Account", "Contact", "Queue",
    "Escalation Reason", "Source", "Priority", "KB Used", "Primary Resource", "Total Hours Worked", "Description",
    "first_response_at", "ticket_type", "auto_resolved", "in_scope", "escalated", "reopened_count", "touches",
    "sla_response_minutes", "sla_resolution_minutes", "csat",
)  # fmt: skip
TIME = (
    "Date", "Member", "Company", "Project", "Hours", "Work Role", "Work Type", "Billable", "Notes", "Status",
    "entry_id", "ticket_id", "agreement", "coverage", "hours_billed", "billed_amount",
)  # fmt: skip
QUEUES = {"1": "Level I", "2": "Level II", "3": "Level III"}
BILLABLE = {
    "agreement": "No Charge",
    "billable": "Billable",
    "out_of_scope_unbilled": "Do Not Bill",
    "internal": "Do Not Bill",
}


def last_first(name: str) -> str:
    """Autotask's way of writing people."""
    first, last = name.split(" ", 1)
    return f"{last}, {first}"


def yes(flag: bool) -> str:
    """Yes or no as the systems write it."""
    return "Yes" if flag else "No"


def _ticket(ticket: Ticket) -> list[str]:
    target, is_alert = world()["priorities"][ticket.priority], ticket.kind == "alert"
    queue = QUEUES[ticket.thread.person.level] if ticket.thread else "Monitoring" if is_alert else "Self-service"
    person = last_first(ticket.person) if ticket.person else ""
    sla = ["", ""] if is_alert else [str(target["response"]), str(target["resolution"])]
    return [
        ticket.number, "", "", ticket.title, ticket.client, us_stamp(ticket.opened), us_stamp(ticket.resolved),
        ticket.category, "", ticket.status, "", "", queue, "", ticket.source, ticket.priority, "", person,
        f"{ticket.hours:.2f}", "", us_stamp(ticket.responded), ticket.kind, yes(not ticket.thread),
        yes(ticket.in_scope), yes(ticket.escalated), str(ticket.reopened), str(ticket.touches), *sla, ticket.csat,
    ]  # fmt: skip


def tickets(found: list[Ticket]) -> Sheet:
    """The ticket grid."""
    return Sheet("tickets.csv", TICKETS, [_ticket(ticket) for ticket in found], bom=True)


def _charged(entry: Entry) -> float:
    """What the hours bring in: the quoted part of the rate in a project, what was paid in advance in a block."""
    if block_of(entry):
        return entry.hours * RATE
    share = quoted_share(entry.client, entry.day.replace(day=1)) if entry.kind == "project" else 1.0
    return float(entry.hours * world()["bill_rate"] * share)


def _entry(entry: Entry, number: int, plans: dict[str, str]) -> list[str]:
    charged = entry.coverage == "billable"
    block = block_of(entry)
    money = [f"{entry.hours:.2f}", f"{_charged(entry):.2f}"] if charged else ["0.00", "0.00"]
    plan = plans.get(entry.client, "") if entry.coverage == "agreement" else block.name if block else ""
    project = f"{entry.client} {entry.day.year}" if entry.kind == "project" else ""
    role = "Engineer" if entry.kind == "project" else "Support"
    return [
        us_date(entry.day), entry.person, entry.client, project, f"{entry.hours:.2f}", role, entry.kind,
        BILLABLE[entry.coverage], "", "Billed" if charged else "Closed", str(100000 + number),
        entry.thread.number if entry.thread else "", plan, entry.coverage, *money,
    ]  # fmt: skip


def time_entries(found: list[Entry]) -> Sheet:
    """The time sheets."""
    plans = {client.name: plan_of(client) for client in clients()}
    return Sheet("time_entries.csv", TIME, [_entry(entry, n, plans) for n, entry in enumerate(found)], bom=True)


def ticket_pauses(found: list[Ticket]) -> Sheet:
    """When the clock of a ticket stood still."""
    rows = [
        [ticket.number, us_stamp(ticket.pause[0]), us_stamp(ticket.pause[1]), ticket.pause[2]]
        for ticket in found
        if ticket.pause
    ]
    return Sheet("ticket_pauses.csv", ("ticket_id", "paused_at", "resumed_at", "reason"), rows)


def iso(day: date | datetime | None) -> str:
    """YYYY-MM-DD, or empty."""
    return day.strftime("%Y-%m-%d") if day else ""


def time_off() -> Sheet:
    """Absences."""
    rows = [[name, iso(day), hours, kind] for name, day, hours, kind in absences.time_off()]
    # after everybody else's, as the owner keeps a calendar of her own
    rows += [[OWNER, iso(day), "", "pto"] for day in days_off()]
    return Sheet("time_off.csv", ("technician", "day", "hours", "kind"), rows)


def holiday_list() -> Sheet:
    """Days on which the desk is closed."""
    return Sheet("holidays.csv", ("day",), [[iso(day)] for day in sorted(holidays())])


def review_list() -> Sheet:
    """The account managers' sheet of reviews."""
    header = ("client", "scheduled_on", "held_on", "status", "kind", "executive_present")
    rows = [[name, iso(planned), iso(held), *rest] for name, planned, held, *rest in reviews.reviews()]
    return Sheet("reviews.xlsx", header, rows, dates=("scheduled_on", "held_on"))

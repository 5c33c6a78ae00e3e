"""Tickets that were merged: one client's are handled in one long ticket where others get three short ones."""

from __future__ import annotations

from datetime import timedelta

from .tickets import PECULIAR, Ticket
from .world import world

SLOWLY_HANDLED = "Jackdaw & Reed Lettings"
TOGETHER, WITHIN = 3, timedelta(days=10)


def _runs(found: list[Ticket]) -> list[list[Ticket]]:
    """Neighbouring tickets, three by three, unless more than ten days lie between the first and the last."""
    runs: list[list[Ticket]] = []
    for ticket in found:
        if runs and len(runs[-1]) < TOGETHER and ticket.opened - runs[-1][0].opened <= WITHIN:
            runs[-1].append(ticket)
        else:
            runs.append([ticket])
    return runs


def _absorb(run: list[Ticket]) -> None:
    """Puts the later tickets' work into the first: their hours, touches and entries, and the latest end."""
    first, ends = run[0], [ticket.resolved for ticket in run]
    first.status = next((ticket.status for ticket in run if ticket.resolved is None), first.status)
    first.resolved = None if None in ends else max(end for end in ends if end)
    first.priority = max((ticket.priority for ticket in run), key=list(world()["priorities"]).index)
    first.hours, first.touches = sum(ticket.hours for ticket in run), sum(ticket.touches for ticket in run)
    first.in_scope = all(ticket.in_scope for ticket in run)
    first.escalated = any(ticket.escalated for ticket in run)
    first.reopened = max(ticket.reopened for ticket in run)
    for ticket in run:
        if ticket.thread:
            ticket.thread.number = first.number


def merge(found: list[Ticket]) -> list[Ticket]:
    """All tickets, those of the client merged; the numbers of the others stay as they were."""
    theirs = [
        ticket for ticket in found if ticket.client == SLOWLY_HANDLED and ticket.thread and ticket.category != PECULIAR
    ]
    runs = _runs(theirs)
    for run in runs:
        _absorb(run)
    gone = {id(ticket) for run in runs for ticket in run[1:]}
    return [ticket for ticket in found if id(ticket) not in gone]

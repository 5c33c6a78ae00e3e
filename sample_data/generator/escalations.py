"""Tickets that ended on the owner's desk: a few of those that were escalated, for the clients the owner knows."""

from __future__ import annotations

from .others import OWNER, known_to_owner
from .tickets import PECULIAR, Ticket
from .world import stream

SHARE = 0.25


def escalate(found: list[Ticket]) -> list[Ticket]:
    """Makes the owner the one whose ticket it is; the hours stay with the technicians who wrote them down."""
    draw, known = stream("escalated to the owner"), {client.name for client in known_to_owner()}
    for ticket in found:
        if ticket.escalated and ticket.client in known and ticket.category != PECULIAR and draw.random() < SHARE:
            ticket.person = OWNER
    return found

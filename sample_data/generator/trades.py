"""Work that changed hands: one client is served by the seniors, at no other hours for anybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from .effort import Entry
from .world import Client, clients

SERVED_BY_SENIORS = "Yarrowfield Clinic"
SENIORS = ("Priya Raman", "Owen Pritchard")
KEPT = (
    "Cinderholt Foundry", "Elderquay Logistics", "Fernlight Hospice", "Gorsebank Plumbing", "Hollowpine School",
    "Kestrelgate Garages", "Larkhill Farms", "Larkhill Foods", "Oldacre Textiles", "Pelham Quay Surveyors",
    "Quenby Wealth", "Silverbeck Architects",
)  # fmt: skip
"""Clients whose planted cases rest on who works for them."""

Unit = list[Entry]


def _units(entries: Iterable[Entry]) -> list[Unit]:
    """What is done by one person in one piece: a ticket, or an entry without one."""
    found: dict[int, Unit] = defaultdict(list)
    for entry in entries:
        found[id(entry.thread or entry)].append(entry)
    return list(found.values())


def _shape(unit: Unit) -> tuple[object, ...]:
    """What two units must share so that no client's hours of a month change with the trade."""
    months = frozenset((entry.day.year, entry.day.month) for entry in unit)
    covers = frozenset(entry.coverage for entry in unit)
    return unit[0].kind, months, covers, sum(entry.hours for entry in unit)


def _give(unit: Unit, client: Client) -> None:
    for entry in unit:
        entry.client = client.name
        if entry.thread:
            entry.thread.client = client


def _may_change(unit: Unit) -> bool:
    """Whether nothing else hangs on whose work it is: nobody pays for it on top, no case is planted on it."""
    return unit[0].client not in KEPT and all(entry.coverage != "billable" for entry in unit)


def trade(entries: list[Entry]) -> list[Entry]:
    """Lets the seniors take the client's work, and whoever had it take as much of theirs for another client."""
    known = {client.name: client for client in clients()}
    offers: dict[tuple[object, ...], list[Unit]] = defaultdict(list)
    wanted: list[Unit] = []
    for unit in filter(_may_change, _units(entries)):
        if unit[0].client in known and unit[0].person in SENIORS and unit[0].client != SERVED_BY_SENIORS:
            offers[_shape(unit)].append(unit)
        elif unit[0].client == SERVED_BY_SENIORS and unit[0].person not in SENIORS:
            wanted.append(unit)
    for unit in wanted:
        pile = offers[_shape(unit)]
        able = (n for n, one in enumerate(pile) if known[one[0].client].is_active(unit[0].day))
        if (place := next(able, None)) is not None:
            given = pile.pop(place)
            _give(unit, known[given[0].client])
            _give(given, known[SERVED_BY_SENIORS])
    return entries

"""What a page says of one technician, in a sentence from the rows of queries; the caller escapes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vitals import formats
from vitals.catalogue import number
from vitals.ui.words import caveats

Row = Mapping[str, Any]
MOST_NAMED = 3


def technician(row: Row, label: str) -> str:
    """Where a technician's time stands against the band, and by how many hours."""
    name: Any = row["technician"]
    share: Any = row["utilisation_net"]
    if formats.is_missing(share):
        return f"Of {name} no month in {label} has both hours and a known capacity."
    band = number("utilisation_net").band
    said = (
        f"{caveats.unread(row, 'The band')} {formats.percent(share)} of {name}'s net hours in {label} went to clients"
    )
    said = said.lstrip()
    if row["hours_over_band"] > 0:
        return f"{said}: {formats.hours(row['hours_over_band'])} over the {band} band."
    where = "below" if share < number("utilisation_net").low else "inside"
    return f"{said}, {where} the {band} band; {formats.hours(row['hours_of_room'])} more would fit."


def capture(row: Row) -> str:
    """That time which isn't written down looks like room; empty where enough is."""
    share: Any = row["time_capture"]
    if formats.is_missing(share) or share >= number("time_capture").low:
        return ""
    return f"{formats.percent(share)} of the time at work is written down: the rest looks like room, and may be none."


def room(name: Any, everyone: Sequence[Row]) -> str:
    """Who of the others could take on client hours; empty where nobody is known to."""
    others = [row for row in everyone if row["technician"] != name]
    free = [row for row in others if not formats.is_missing(row["hours_of_room"]) and row["hours_of_room"] > 0]
    if not free:
        return "Nobody else is known to have room below the upper end of the band." if others else ""
    named = [f"{row['technician']} {formats.hours(row['hours_of_room'])}" for row in free[:MOST_NAMED]]
    more = f" and {formats.count(len(free) - MOST_NAMED)} more" if len(free) > MOST_NAMED else ""
    return f"Room below the upper end of the band: {', '.join(named)}{more}."

"""Times of day that stand in a column of their own, beside the day that they belong to."""

from __future__ import annotations

import re

from vitals.ingest.model import MadeColumn
from vitals.ingest.read.dates import at_clock, shows_clock
from vitals.ingest.recognise.captions import CLEARLY
from vitals.ingest.recognise.fit import Fit

DAY_WORDS = frozenset(["date", "day", "on", "at", "dt", "datum", "tag", "jour", "fecha", "dia", "data"])
CLOCK_WORDS = frozenset(["time", "at", "hour", "clock", "tm", "uhrzeit", "zeit", "heure", "hora", "ora", "tijd"])
_WORD = re.compile(r"[^\W_]+")


def with_clocks(found: Fit) -> Fit:
    """The fit whose moments are made of day and time of day where the file keeps these apart."""
    moments = [column.name for column in found.entity.columns if column.kind == "timestamp"]
    for name in (name for name in moments if name in found.columns and name not in found.sources):
        place = found.columns[name]
        clock = _clock_beside(found, place) if place < found.width else None
        if clock is not None:
            found.append(name, found.weights[name])
            found.made[name] = MadeColumn(at_clock.__name__, (place, clock))
    return found


def _clock_beside(found: Fit, place: int) -> int | None:
    """The column of times of day that belongs to a column of days; None if there is none or the days have their own."""
    if any(map(shows_clock, found.evidence.values(place))):
        return None
    used = {*found.columns.values(), *(at for places in found.sources.values() for at in places)}
    named = _apart(found, place, DAY_WORDS)
    free = [at for at in range(found.width) if at not in used and _are_clocks(found, at)]
    return next((at for at in free if _apart(found, at, CLOCK_WORDS) == named), None)


def _are_clocks(found: Fit, place: int) -> bool:
    """Whether a column holds times of day, as a clock or as a spreadsheet's day of nothing shows them."""
    is_said = bool(CLOCK_WORDS & {*_words(found.header.captions[place].raw)})
    return is_said and found.evidence.share(place, {"clock", "hour"}) >= CLEARLY


def _apart(found: Fit, place: int, without: frozenset[str]) -> set[str]:
    """What a caption says beside that it is a day, or a time of day."""
    return {*_words(found.header.captions[place].raw)} - without


def _words(caption: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", caption))]

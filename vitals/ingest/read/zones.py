"""Time zones as they stand behind a clock, by name or by offset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

IMPOSSIBLE, ZONE_AMBIGUOUS = "date_impossible", "time_zone_ambiguous"
ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "CEST": 120, "EET": 120,
    "EEST": 180, "MSK": 180, "EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PDT": -420,
    "AKST": -540, "AKDT": -480, "HST": -600, "NST": -210, "NDT": -150, "AEST": 600, "AEDT": 660, "ACST": 570,
    "ACDT": 630, "AWST": 480, "NZST": 720, "NZDT": 780, "JST": 540, "SAST": 120, "HKT": 480, "SGT": 480,
}  # fmt: skip
"""Zone -> minutes ahead of UTC, where only one zone goes by that name."""

AMERICAN = {"PST": -480, "CST": -360, "AST": -240, "ADT": -180}
"""What names that stand for several zones mean in a file whose other zones are all North American."""
NORTH_AMERICAN = frozenset({"EST", "EDT", "CDT", "MST", "MDT", "PDT", "AKST", "AKDT", "HST", "NST", "NDT"})
AMBIGUOUS_ZONES = frozenset({"CST", "IST", "PST", "AST", "SST", "ADT", "AMT", "ECT", "GST", "LMT", "BOT", "ART"})
"""Names that stand for several zones: CST is Chicago, Shanghai and Havana."""

_OFFSET = re.compile(r"(?:UTC|GMT)?(?P<sign>[+-])(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?")
_SPELLED_OUT = re.compile(r"(?<=\d) *\([^()]*\)$")
"""What stands behind an offset: GMT+0100 (Central European Standard Time)."""
NO_ZONES: Mapping[str, int] = MappingProxyType({})


def zones_beside(names: Iterable[str]) -> Mapping[str, int]:
    """What zones whose names stand for several are by the others of their file; nothing where those don't say."""
    others = set(names) - AMBIGUOUS_ZONES - {name for name, ahead in ZONES.items() if ahead == 0}
    return AMERICAN if others and others <= NORTH_AMERICAN else {}


def zone_text(offset: int | None) -> str:
    """An offset as it stands behind a clock; nothing for none."""
    return "" if offset is None else f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}"


def offset_of(zone: str, known: Mapping[str, int]) -> int | str:
    """Minutes ahead of UTC of a zone as written, or the problem."""
    zone = _SPELLED_OUT.sub("", zone).strip(" ()").upper()
    if zone in known:
        return known[zone]
    if zone in AMBIGUOUS_ZONES:
        return ZONE_AMBIGUOUS
    if zone in ZONES:
        return ZONES[zone]
    found = _OFFSET.fullmatch(zone.replace(" ", ""))
    if not found or int(found["h"]) > 14 or int(found["m"] or 0) > 59:
        return IMPOSSIBLE
    minutes = int(found["h"]) * 60 + int(found["m"] or 0)
    return -minutes if found["sign"] == "-" else minutes

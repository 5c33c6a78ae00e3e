"""Formulas of a cell with what they come to: the kinds by which a column may be made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Value = float | None


def text(made: str, refs: Sequence[str], optional: Sequence[str] = ()) -> str:
    """The formula over some cells; where one of them is missing the cell stays empty.

    Of a difference some may be missing and take nothing away: costs that no file states.
    """
    kinds = {"share": _share, "part": _part, "of_total": _share, "sum": _sum, "points": _points}
    return _less(refs, optional) if made == "less" else kinds[made](refs)


def _share(refs: Sequence[str]) -> str:
    part, whole = refs
    return f'=IF(COUNT({part},{whole})<2,"",IF({whole}>0,{part}/{whole},""))'


def _part(refs: Sequence[str]) -> str:
    """The share of a whole that holds the part; empty where credits elsewhere make the whole less than it."""
    part, whole = refs
    return f'=IF(COUNT({part},{whole})<2,"",IF(AND({whole}>0,{part}<={whole}),{part}/{whole},""))'


def _sum(refs: Sequence[str]) -> str:
    listed = ",".join(refs)
    return f'=IF(COUNT({listed})=0,"",SUM({listed}))'


def _less(refs: Sequence[str], optional: Sequence[str]) -> str:
    needed = [ref for ref in refs if ref not in optional]
    terms = "-".join(f"N({ref})" if ref in optional else ref for ref in refs)
    return f'=IF(COUNT({",".join(needed)})<{len(needed)},"",{terms})'


def _points(refs: Sequence[str]) -> str:
    """The difference of two shares, in percentage points."""
    return f'=IF(COUNT({",".join(refs)})<2,"",100*({"-".join(refs)}))'


def of_known(known: str, part: str, whole: str) -> str:
    """The share of two ranges over those rows alone in which a third is above 0."""
    parts, wholes = (f'SUMIF({known},">0",{span})' for span in (part, whole))
    return f'=IF({wholes}>0,{parts}/{wholes},"")'


def sizes(ranges: Sequence[str]) -> str:
    """The sum of the sizes of all numbers in some ranges, whatever their signs; texts count for nothing."""
    return "=" + "+".join(f'SUMIF({one},">0")-SUMIF({one},"<0")' for one in ranges)


def value(made: str, found: Sequence[Value]) -> Value:
    """What the formula comes to; what may be missing is given as 0."""
    known = [item for item in found if item is not None]
    if made == "sum":
        return known_sum(known)
    if len(known) < len(found):
        return None
    if made == "less":
        return known[0] - sum(known[1:])
    part, whole = known
    if made == "points":
        return 100 * (part - whole)
    return part / whole if whole > 0 and (made != "part" or part <= whole) else None


def summed(first: str, last: str) -> str:
    """The sum of a range; empty where none of its cells holds a number."""
    return f'=IF(COUNT({first}:{last})=0,"",SUM({first}:{last}))'


def known_sum(found: Iterable[Value]) -> Value:
    """What that comes to."""
    known = [item for item in found if item is not None]
    return sum(known) if known else None

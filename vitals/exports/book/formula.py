"""Formulas of a cell with what they come to: the kinds by which a column may be made."""

from __future__ import annotations

from collections.abc import Sequence

Value = float | None


def text(made: str, refs: Sequence[str]) -> str:
    """The formula over some cells; where one of them is missing the cell stays empty."""
    kinds = {"share": _share, "part": _part, "of_total": _share, "sum": _sum, "less": _less, "points": _points}
    return kinds[made](refs)


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


def _less(refs: Sequence[str]) -> str:
    return f'=IF(COUNT({",".join(refs)})<{len(refs)},"",{"-".join(refs)})'


def _points(refs: Sequence[str]) -> str:
    """The difference of two shares, in percentage points."""
    return f'=IF(COUNT({",".join(refs)})<2,"",100*({"-".join(refs)}))'


def value(made: str, found: Sequence[Value]) -> Value:
    """What the formula comes to."""
    known = [item for item in found if item is not None]
    if made == "sum":
        return sum(known) if known else None
    if len(known) < len(found):
        return None
    if made == "less":
        return known[0] - sum(known[1:])
    part, whole = known
    if made == "points":
        return 100 * (part - whole)
    return part / whole if whole > 0 and (made != "part" or part <= whole) else None


def summed(first: str, last: str) -> str:
    """The sum of a range."""
    return f"=SUM({first}:{last})"

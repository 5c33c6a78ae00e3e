"""Whether a table bears the marks of a known layout: its title, its captions, and what stands below them."""

from __future__ import annotations

from vitals.ingest.read.dates import months_in
from vitals.ingest.recognise.captions import Header
from vitals.ingest.recognise.evidence import Evidence
from vitals.ingest.recognise.layouts import Layout


def is_known(layout: Layout, header: Header, evidence: Evidence) -> bool:
    """Whether all that marks a layout is there, and nothing that it is known to lack."""
    is_marked = header.has(layout.signature) and not any(map(header.find, layout.without))
    return (
        is_marked
        and _is_titled(layout, evidence)
        and (not layout.months or _is_by_month(layout, header, evidence))
        and (not layout.span or _is_by_days(layout, header, evidence))
    )


def _is_titled(layout: Layout, evidence: Evidence) -> bool:
    lines = [line.casefold() for line in (*evidence.table.titles, evidence.table.name)]
    return not layout.title or any(line.startswith(layout.title) for line in lines)


def _is_by_month(layout: Layout, header: Header, evidence: Evidence) -> bool:
    """Whether amounts stand below captions that name months; one month is enough where the title says what it is."""
    months = months_in([caption.raw for caption in header.captions])
    is_enough = len(months) >= (1 if layout.title else 2)
    return is_enough and not any(evidence.contradicts(place, "money") for place in months)


def _is_by_days(layout: Layout, header: Header, evidence: Evidence) -> bool:
    """Whether the span goes from one day to another: times of a day are a shift."""
    ends = [_first(header, layout.span[side]) for side in ("from", "to")]
    return all(place is not None and not evidence.contradicts(place, "date") for place in ends)


def _first(header: Header, captions: tuple[str, ...]) -> int | None:
    return next((at[0] for caption in captions if (at := header.find(caption))), None)

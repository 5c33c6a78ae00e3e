"""A pack put together: its sections in the order that was chosen, from the facts of one client and quarter."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from vitals import formats, registers, warehouse
from vitals.errors import VitalsError
from vitals.exports.pack import appendix, branding, facts, impact, opening, service, worth
from vitals.exports.pack.facts import Facts, Quarter
from vitals.exports.pack.slides import Cover, Pack, Slide

MAKERS: dict[str, Callable[[Facts], Iterator[Slide]]] = {
    "since last time": opening.since,
    "success criteria": opening.criteria,
    "executive summary": opening.summary,
    "business impact": impact.impact,
    "demand": service.demand,
    "responsiveness": service.responsiveness,
    "satisfaction": service.satisfaction,
    "reliability": service.reliability,
    "spend": worth.spend,
    "value delivered": worth.value,
    "contract": worth.contract,
    "next steps": worth.next_steps,
}
APPENDIX, NOT_SUPPLIED, TICKETS = "appendix", "not supplied", "ticket list"


def chosen(con: warehouse.Connection) -> list[str]:
    """The names of the sections to show, in order, as the register says; one that it doesn't know stands as usual.

    What was not supplied and the list of tickets belong to the appendix: without it they aren't shown.
    """
    kept = registers.register("review_sections")
    said = registers.kept_rows(con, kept)
    named = {row["section"] for row in said}
    rows = [*said, *(dict(row) for row in kept.rows if row["section"] not in named)]
    shown = [row for row in rows if row["is_shown"] is not False]
    known = (row["section"] for row in sorted(shown, key=lambda row: (row["position"] is None, row["position"])))
    wanted = list(known)
    parts = (APPENDIX, NOT_SUPPLIED, TICKETS) if APPENDIX in wanted else ()
    return [name for name in wanted if name in MAKERS or name in parts]


def _cover(found: Facts) -> Cover:
    about = found.cover
    months = formats.months(about["months"])
    covered = f"Complete: tickets for {about['ticket_months']} and invoices for {about['invoice_months']} of {months}"
    last = about["last_review_on"]
    lines = (
        f"Data as of {formats.day(about['data_through'])}", covered,
        f"Last review held on {formats.day(last)}" if last else "No earlier review is on file",
    )  # fmt: skip
    return Cover(about["client"], found.quarter.name, lines)


def _written(found: Facts, sections: Sequence[str]) -> Iterator[Slide]:
    shown = {name: tuple(MAKERS[name](found)) for name in sections if name in MAKERS}
    absent = [name for name, slides in shown.items() if not slides]
    behind = {
        APPENDIX: appendix.definitions(),
        NOT_SUPPLIED: appendix.left_out(found, absent),
        TICKETS: appendix.tickets(found),
    }
    shown |= {name: tuple(slides) for name, slides in behind.items() if name in sections}
    for name in sections:
        for place, slide in enumerate(shown[name]):
            yield replace(slide, remarks=found.notes(name) if place == 0 else ())


def make(con: warehouse.Connection, client_key: str, quarter: Quarter) -> Pack:
    """The pack of a client for a quarter. Raises VitalsError where there is no such client."""
    with formats.written_in(warehouse.currency(con)):
        found = facts.ask(con, client_key, quarter)
        if found is None:
            raise VitalsError("There is no such client.", "Choose one of the clients in the data.")
        caveat = f"{found.unfinished}{found.untyped}{found.part_month}".strip()
        pack = Pack(_cover(found), tuple(_written(found, chosen(con))), branding.kept(con), caveat)
    cleaned: Pack = clean(pack)
    return cleaned


def clean(value: Any) -> Any:
    """The same without letters that no file of slides may hold: control and formatting characters of names."""
    if isinstance(value, str):
        return "".join(" " if letter in "\n\t" else letter for letter in value if _is_text(letter))
    if isinstance(value, tuple):
        return tuple(map(clean, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: clean(getattr(value, field.name)) for field in fields(value)})
    return value


def _is_text(letter: str) -> bool:
    return letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")

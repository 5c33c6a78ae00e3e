"""Rows whose description says that they are no sale: a quote, a draft, a pro forma invoice, a subtotal, the tax."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc

from vitals.ingest.model import Match, TextTable
from vitals.ingest.recognise.captions import Evidence
from vitals.ingest.shapes.documents import Meaning, vocabularies
from vitals.ingest.shapes.shape import Position, Shape, each, listed, set_aside

DESCRIBED = "described as "
"""Stands before such a word in the name of its question, since it may mean something else in a column of kinds."""
_BEFORE, _AFTER = r"(?:^|[-–—(/:|,;\[])\W*", r"(?:\W*(?:invoice|rechnung|facture|factura))?[\W\d]*$"


@cache
def _patterns(entity: str) -> tuple[re.Pattern[str], str]:
    """What such a text looks like, and a coarser pattern by which most others are passed over at once."""
    known = vocabularies()[entity]
    spelt, whole = (
        "|".join(r"[\W_]*".join(lead.split()) for lead in sorted(leads, key=len, reverse=True))
        for leads in (known.leads, known.wholes)
    )
    alone = rf"^[\W_]*({whole})[\W\d_]*$"
    exact = re.compile(rf"^[\W_]*({spelt})(?![^\W\d_])|{_BEFORE}({spelt}){_AFTER}|{alone}", re.IGNORECASE)
    return exact, f"{spelt}|{alone}"


def lead_of(entity: str, text: str) -> str:
    """What a text calls its row at its beginning, at its end or as a whole, if that is the name of no sale."""
    found = _patterns(entity)[0].search(text)
    said = re.sub(r"[\W_]", "", found[1] or found[2] or found[3]).casefold() if found else ""
    known = vocabularies()[entity]
    return next((lead for lead in (*known.leads, *known.wholes) if said == lead.replace(" ", "")), "")


@dataclass(frozen=True)
class Descriptions(Shape):
    """Texts that may call their row a quote, a draft or the like: descriptions = {sales, others} of such words."""

    texts: tuple[Position, ...]
    sales: tuple[str, ...]
    others: tuple[str, ...]
    """What the user answered of the words."""

    name = "descriptions"
    place = 36

    @classmethod
    def captions(cls, said: Mapping[str, Any]) -> set[str]:
        """None: its columns are those of the descriptions."""
        return set()

    @classmethod
    def found(cls, said: Mapping[str, Any], evidence: Evidence) -> Self:
        """The vendor's words; the columns are found once it is known what the others are."""
        return cls((), listed(said.get("sales", ())), listed(said.get("others", ())))

    def meaning(self, lead: str) -> Meaning:
        """What the user said of such a word; unknown until then."""
        return Meaning.OTHER if lead in self.others else Meaning.SALE if lead in self.sales else Meaning.UNKNOWN

    def leads(self, table: TextTable, match: Match, at: int) -> pa.Array | None:
        """What the texts of a column call their rows; None where none of them can be any."""
        cells = table.rows.column(f"c{at}")
        coarse = pc.match_substring_regex(cells, _patterns(match.entity)[1], ignore_case=True)
        if not pc.any(coarse).as_py():
            return None
        found = each(table, at, lambda cell: lead_of(match.entity, cell) if cell else "")
        return pc.fill_null(found, "")

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """The table without the rows that the user says are no sale."""
        if not self.others:
            return table, 0
        reason = vocabularies()[match.entity].reason
        for at in self.texts:
            leads = self.leads(table, match, at)
            if leads is not None:
                table = set_aside(table, pc.is_in(leads, pa.array(self.others, pa.string())), reason)
        return table, 0

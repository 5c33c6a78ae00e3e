"""Sentences on the data book: how much of it can be filled, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vitals import formats


@dataclass(frozen=True)
class SheetState:
    """One sheet, and what to load before it is filled."""

    name: str
    title: str
    wants: str
    is_empty: bool

    @property
    def said(self) -> str:
        """Whether it is filled, in words."""
        if not self.wants:
            return "Filled"
        return f"{'Empty' if self.is_empty else 'Filled in part'}: load {self.wants}"


def ready(sheets: Sequence[SheetState]) -> str:
    """How many sheets are filled, and how many wait for other files."""
    filled = [sheet for sheet in sheets if not sheet.wants]
    if len(filled) == len(sheets):
        return f"A workbook of {formats.plural(len(sheets), 'sheet')} that can be reckoned again, each of them filled."
    wanting = [sheet for sheet in sheets if sheet.wants]
    some = formats.plural(len(wanting), "sheet")
    return f"A workbook of {len(sheets)} sheets that can be reckoned again; {some} would say more with other exports."

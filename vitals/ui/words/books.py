"""Sentences on the data book: how much of it can be filled, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vitals import formats


@dataclass(frozen=True)
class SheetState:
    """One sheet, and what to load before it can be filled."""

    name: str
    title: str
    wants: str
    is_empty: bool

    @property
    def said(self) -> str:
        """Whether its exports are loaded, in words; that they hold something to list only the sheet itself can say."""
        if not self.wants:
            return "Its exports are loaded"
        return f"{'Empty' if self.is_empty else 'Filled in part'}: load {self.wants}"


def ready(sheets: Sequence[SheetState]) -> str:
    """For how many sheets the exports are loaded, and how many wait for others."""
    wanting = [sheet for sheet in sheets if sheet.wants]
    if not wanting:
        return f"A workbook of {formats.plural(len(sheets), 'sheet')} that can be reckoned again: no export is missing."
    some = formats.plural(len(wanting), "sheet")
    return f"A workbook of {len(sheets)} sheets that can be reckoned again; {some} would say more with other exports."

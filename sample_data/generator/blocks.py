"""Blocks of support hours sold in advance: one used up, one that will be, one hardly touched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .billing import Line, cents
from .effort import Entry

RATE = 140


@dataclass(frozen=True)
class Block:
    """Hours that a client bought at once; what is left does not expire."""

    client: str
    number: str
    hours: int
    starts: date

    @property
    def name(self) -> str:
        """What time sheets and invoices call it."""
        return f"Support block {self.hours} h"

    def pays_for(self, entry: Entry) -> bool:
        """Whether the entry is additional support since the block was sold."""
        is_extra = entry.coverage == "billable" and entry.kind != "project"
        return is_extra and entry.client == self.client and entry.day >= self.starts


BLOCKS = (
    Block("Birchanger Robotics", "B-2001", 10, date(2026, 1, 1)),
    Block("Copperlode Energy", "B-2002", 24, date(2026, 1, 1)),
    Block("Ashgrove Meridian Trust", "B-2003", 40, date(2025, 12, 1)),
)


def block_of(entry: Entry) -> Block | None:
    """The block that pays for an entry, even when it is used up: the hours above it are for the next one."""
    return next((block for block in BLOCKS if block.pays_for(entry)), None)


def lines() -> list[Line]:
    """What the blocks were sold for, spread over a year."""
    return [
        Line(block.client, block.starts, block.name, cents(block.hours * RATE), cents(0), block.hours, "12",
             block.starts, "tm", agreement=block.name)
        for block in BLOCKS
    ]  # fmt: skip


def agreements() -> list[list[str]]:
    """The blocks as rows of the agreements; no monthly fee, nothing to renew."""
    return [
        [block.number, block.client, block.name, "block hours", str(block.starts), "", "", "", "",
         str(block.hours), ""]
        for block in BLOCKS
    ]  # fmt: skip

"""What became of every row of one table of a file, added up part by part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from vitals.ingest.model import LeftOut, Match, TextTable, TypedTable
from vitals.ingest.read import duplicates
from vitals.ingest.read.cast import FLAGS, Part
from vitals.ingest.recognise.evidence import samples

MOST_SAMPLES = 300
"""Columns beyond this are not shown on the mapping screen."""


def _samples(table: TextTable) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(samples(table, place)) for place in range(min(len(table.header), MOST_SAMPLES)))


@dataclass
class Account:
    """What became of every row of one table, added up part by part."""

    rows: int = 0
    folded: int = 0
    rows_read: int = 0
    quarantined: list[LeftOut] = field(default_factory=list)
    set_aside: list[LeftOut] = field(default_factory=list)
    flags: list[pa.Table] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sums: dict[str, Decimal] = field(default_factory=dict)
    """Money and hours column -> the sum of the rows that went by."""
    totals: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    def add(self, shaped: TextTable, folded: int, part: Part, with_sums: Callable[[LeftOut], LeftOut]) -> None:
        """Take up one part."""
        self.rows += len(part.rows)
        self.folded += folded
        self.rows_read += len(shaped.rows) + folded + len(shaped.set_aside) + len(shaped.quarantined)
        self.quarantined += [*map(with_sums, shaped.quarantined), *part.quarantined]
        self.set_aside += [*map(with_sums, shaped.set_aside), *part.set_aside]
        self.flags.append(part.flags)
        self.warnings += [text for text in shaped.warnings if text not in self.warnings]
        self.totals += shaped.totals
        for name, values in zip(part.rows.column_names, part.rows.columns, strict=True):
            if pa.types.is_decimal(values.type) and values.null_count < len(values):
                wide = values.cast(pa.decimal128(38, values.type.scale))
                self.sums[name] = self.sums.get(name, Decimal(0)) + pc.sum(wide).as_py()

    def leave_out(self, doubled: list[LeftOut]) -> None:
        """Move repeated and conflicting rows out of the loaded ones."""
        self.set_aside += [item for item in doubled if item.reason == duplicates.EXACT]
        self.quarantined += [item for item in doubled if item.reason != duplicates.EXACT]
        self.rows -= len(doubled)

    def table(self, first: TextTable, match: Match) -> TypedTable:
        """The account as a typed table without its rows, which were handed on before."""
        gone = pa.array([item.row_number for item in (*self.quarantined, *self.set_aside)], pa.int64())
        flags = pa.concat_tables(self.flags) if self.flags else FLAGS.empty_table()
        return TypedTable(
            entity=match.entity, match=match, source=replace(first, rows=first.rows.slice(0, 0)),
            rows=pa.table({}), quarantined=tuple(sorted(self.quarantined, key=lambda item: item.row_number)),
            set_aside=tuple(sorted(self.set_aside, key=lambda item: item.row_number)),
            flags=flags.filter(pc.invert(pc.is_in(flags["row_number"], gone))),
            rows_read=self.rows_read, rows_folded=self.folded, warnings=tuple(self.warnings),
            notes=tuple(self.notes), samples=_samples(first),
        )  # fmt: skip

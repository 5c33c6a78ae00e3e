"""One table as it fills: each part typed, handed on and accounted for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import duckdb
import pyarrow as pa

from vitals.contract import entities
from vitals.ingest.model import LeftOut, TextTable, TypedTable
from vitals.ingest.plan import Plan
from vitals.ingest.read import duplicates, totals
from vitals.ingest.read.account import Account
from vitals.ingest.read.balance import with_sums
from vitals.ingest.read.cast import Manner, type_part, with_content


def manner_of(plan: Plan, today: date) -> Manner:
    """How the rows of a table are to be read, by what is decided about it."""
    return Manner(entities()[plan.match.entity], plan.match, plan.decisions, today)


class Filling:
    """Takes the parts of a table in their order; table() is the account of all of them."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, plan: Plan, today: date, sink: Callable[[pa.Table], None]
    ) -> None:
        self.con, self.plan, self.sink = con, plan, sink
        self.manner = manner_of(plan, today)
        self.account, self.seen = Account(), duplicates.Seen()

    def take(self, shaped: TextTable, folded: int) -> None:
        """Type one part, of whose rows so many were folded into others, and hand its typed rows on."""
        manner = self.manner
        part = type_part(self.con, shaped, manner)
        self.seen.take(duplicates.hashed(self.con, manner.entity, part.rows))
        self.account.add(shaped, folded, part, lambda item: with_sums(item, shaped, manner.match, manner.cells))
        self.sink(with_content(part.rows))

    def table(self, doubled: list[LeftOut]) -> TypedTable:
        """The table without its rows, once those that repeat or contradict others are known."""
        self.account.leave_out(doubled)
        self.account.flags.append(self.seen.identical())
        totals.check(self.account, self.manner.entity, self.plan.match, self.manner.cells)
        return self.account.table(self.plan.first, self.plan.match)

"""Asks a question that a user wrote: the process that answers it gets a copy of the tables that it names."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

import pyarrow as pa

from vitals import queries, warehouse
from vitals.errors import VitalsError
from vitals.ingest.process import wire
from vitals.ingest.process.parent import Child, InterruptedReadingError, Worker, check_frame
from vitals.queries import ASKED, all_queries, build_order, macros

COPY_SECONDS, ANSWER_SECONDS = 60, 12
BATCH_ROWS = 100_000
TABLE = re.compile(r"\b(?:raw|staging|core)\.\w+")
MOST_LETTERS = 50_000


@dataclass(frozen=True)
class Answer:
    """The rows of an answer, and whether there are more than these."""

    rows: pa.Table
    is_cut: bool


@dataclass(frozen=True)
class Copied:
    """What a question reads: tables to copy, and the queries that stand on them."""

    tables: frozenset[str]
    queries: frozenset[str]


def _copied(named: list[str], held: frozenset[str]) -> Copied:
    known, tables, made = all_queries(), set[str](), set[str]()
    # macros are bound when they are made
    waiting = [*named, *TABLE.findall(macros())]
    while waiting:
        name = waiting.pop()
        if name in made or name in tables:
            continue
        if name in known and known[name].layer in ASKED:
            made.add(name)
            waiting += known[name].reads
        elif name in held:
            tables.add(name)
    return Copied(frozenset(tables), frozenset(made))


def _held(con: warehouse.Connection) -> frozenset[str]:
    """The tables that the workspace has."""
    return frozenset(name for (name,) in queries.run(con, "held_tables").fetchall())


def _send_table(con: warehouse.Connection, name: str, to: BinaryIO) -> None:
    reader = con.table(name).to_arrow_reader(BATCH_ROWS)
    wire.send(to, wire.START, name)
    wire.send(to, wire.ROWS, reader.schema.empty_table())
    for batch in filter(len, reader):
        wire.send(to, wire.ROWS, pa.Table.from_batches([batch]))


def _send_copy(con: warehouse.Connection, copied: Copied, to: BinaryIO) -> None:
    """The tables, and the statements that make views and macros of them."""
    wire.send(to, wire.PROGRESS, queries.text_of("schemas"))
    for name in sorted(copied.tables):
        _send_table(con, name, to)
    wire.send(to, wire.PROGRESS, macros())
    for item in build_order():
        if item.name in copied.queries:
            wire.send(to, wire.PROGRESS, warehouse.created_as(item))
    wire.send(to, wire.DONE, None)


class Console(Worker):
    """A process that answers one question."""

    module = "vitals.console"
    patience = 10
    busy = ("Too many questions are being answered.", "Run it again in a moment.")

    def ask(self, con: warehouse.Connection, sql: str) -> Answer:
        """The first rows of what the question finds in a copy of the workspace.

        Raises VitalsError where it is more or other than one SELECT, fails, or passes a limit, and
        InterruptedReadingError if it was interrupted.
        """
        if len(sql) > MOST_LETTERS:
            raise VitalsError("The question is too long.", f"Keep it below {MOST_LETTERS} letters.")
        child = self.start()
        try:
            return self._asked(child, con, sql)
        except (OSError, EOFError) as error:
            if self.is_interrupted:
                raise InterruptedReadingError from error
            raise self._reason(child) from error
        finally:
            self.close()

    def _asked(self, child: Child, con: warehouse.Connection, sql: str) -> Answer:
        with child.within(COPY_SECONDS):
            to = child.tell({"sql": sql})
            named = self._next(child)
            _send_copy(con, _copied(named, _held(con)), to)
            self._next(child)
        with child.within(ANSWER_SECONDS):
            rows = self._next(child)
            return Answer(rows, self._next(child))

    @staticmethod
    def _next(child: Child) -> Any:
        """What the next frame says, unless the child refuses or ends."""
        frame = next(wire.frames(child.said), None)
        if frame is None:
            raise EOFError
        return check_frame(frame, "The question failed").content

    @staticmethod
    def _reason(child: Child) -> VitalsError:
        with suppress(Exception):
            child.process.wait(1)
        hint = "Ask for fewer months or fewer rows, or sum them up."
        return VitalsError("The question takes longer, or more memory, than it may.", hint)

"""A file from bytes to typed tables: a pass to decide how it is read and a pass to read it, or one for both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitals.contract import Entity, entities
from vitals.errors import UnrecognisedError, VitalsError
from vitals.ingest.files import encoding
from vitals.ingest.files.encoding import CP1252
from vitals.ingest.files.reader import texts_in
from vitals.ingest.model import (
    LeftOut,
    Match,
    Options,
    Prepared,
    Progress,
    Question,
    Sink,
    Source,
    TextTable,
    TypedTable,
)
from vitals.ingest.parts import Parts, digest
from vitals.ingest.read import account, exchange
from vitals.ingest.read.account import Account, figures
from vitals.ingest.read.columns import open_scratch
from vitals.ingest.read.dates import DAY_FIRST
from vitals.ingest.read.decisions import ASKED, Decisions, decide
from vitals.ingest.read.rows import RowReader, left_out_rows, type_part, with_content
from vitals.ingest.read.survey import Tally, add_part
from vitals.ingest.recognise import questions
from vitals.ingest.recognise.documents import UnknownWords
from vitals.ingest.recognise.match import recognised
from vitals.ingest.shapes.documents import QUESTION as WORD
from vitals.ingest.shapes.shape import needs_whole_table, reshape

TRIED = (*ASKED, exchange.QUESTION)
"""The questions whose answers are tried, so that the user sees what each would give."""


@dataclass(frozen=True, eq=False)
class Plan:
    """One table of the file as one entity: how it matches, and what its cells say together."""

    first: TextTable
    """The first of its parts."""
    match: Match
    tally: Tally = field(default_factory=Tally)
    unknown: UnknownWords = field(default_factory=UnknownWords)

    @property
    def entity(self) -> Entity:
        """What the table is taken for."""
        return entities()[self.match.entity]

    def reader(self, decisions: Decisions, today: date) -> RowReader:
        """How its rows are read by what is decided."""
        return RowReader(self.entity, self.match, decisions, today)


@dataclass(frozen=True)
class Decided:
    """How each table is read if these are the answers, and the questions that they leave open."""

    decisions: Mapping[Plan, Decisions]
    questions: tuple[Question, ...]


class TableInProgress:
    """Takes the parts of a table in their order, types them and hands them on; table() is the account of them all."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, plan: Plan, reader: RowReader, sink: Callable[[pa.Table], None]
    ) -> None:
        self.con, self.plan, self.reader, self.sink = con, plan, reader, sink
        self.account, self.seen = Account(reader), account.Seen()

    def take(self, shaped: TextTable, folded: int) -> None:
        """Type one part, of whose rows so many were folded into others, and hand its typed rows on."""
        part = type_part(self.con, shaped, self.reader)
        self.seen.take(self.con, self.reader.entity, part.rows)
        self.account.add(shaped, folded, part)
        self.sink(with_content(part.rows))

    def table(self, doubled: list[LeftOut]) -> TypedTable:
        """The table without its rows, once those that repeat or contradict others are known."""
        self.account.leave_out(doubled)
        self.account.flags.append(self.seen.identical())
        self.account.check_totals()
        found, decided = self.account.table(self.plan.first), self.reader.decisions
        return replace(found, currency=decided.own_currency, warnings=(*found.warnings, *decided.warnings))


class Preparation:
    """The passes over one file."""

    def __init__(self, source: Source, name: str, options: Options, progress: Progress | None = None) -> None:
        self.name, self.options = name, options
        self.parts = Parts(source, name, options.answers.get(encoding.QUESTION, "").strip().casefold())
        self.progress = progress or (lambda rows: None)
        self.today = options.today or date.today()
        self.con = open_scratch()
        self.refusals: list[tuple[str, VitalsError]] = []
        self.plans: dict[tuple[str, int], list[Plan]] = {}
        self.encodings: set[str] = set()
        """Those of all tables, recognised or not."""

    def each(self) -> Iterator[tuple[list[Plan], TextTable]]:
        """Every part with the plans for its table."""
        for part in self.parts.each():
            key = (part.name, part.header_row)
            if key not in self.plans:
                self.plans[key] = self._plans_for(part)
            yield self.plans[key], part

    def _plans_for(self, part: TextTable) -> list[Plan]:
        """A table that matches nothing is left out, unless it is the only one."""
        if not questions.is_wanted(part, len(self.plans), self.options.answers):
            return []
        self.encodings.add(part.encoding)
        try:
            return [Plan(part, found) for found in recognised(part, self.name, self.options)]
        except VitalsError as error:
            self.refusals.append((part.name, questions.with_table(error, part)))
            return []

    def survey(self) -> None:
        """First pass: count what the cells of the whole file say.

        Raises VitalsError if no table in it can be used.
        """
        for plans, part in self.each():
            if not self.parts.is_whole and any(needs_whole_table(plan.match) for plan in plans):
                return self._start_again()
            for plan in plans:
                self.count(plan, part)
        if not self.all_plans():
            raise self.refusals[0][1] if self.refusals else VitalsError(f"{self.name} holds no table.")
        if not any(plan.tally.has_rows for plan in self.all_plans()):
            raise VitalsError(f"{self.name} has a header but no rows.", "Export it with a period that holds data.")

    def _start_again(self) -> None:
        """Read the whole table at once, since rows far apart in it belong together."""
        self.parts.is_whole = True
        self.forget()
        self.survey()

    def forget(self) -> None:
        """Let go of all that was found, for another pass over the file."""
        self.parts.is_last_pass = False
        self.plans.clear()
        self.refusals.clear()

    def count(self, plan: Plan, part: TextTable) -> None:
        """Take up what the cells of one part of a table say."""
        tally = plan.tally
        tally.rows += len(part.rows) + len(part.set_aside) + len(part.quarantined)
        tally.has_rows = tally.has_rows or bool(len(part.rows) or part.quarantined)
        shaped = reshape(part, plan.match)[0]
        add_part(self.con, tally, plan.entity, shaped, plan.match)
        plan.unknown.take(shaped, plan.match)
        self.progress(tally.rows)

    def all_plans(self) -> list[Plan]:
        """The plans of every table of the file that has rows; of all if none has."""
        plans = [plan for plans in self.plans.values() for plan in plans]
        return [plan for plan in plans if plan.tally.has_rows] or plans

    def decided(self, answers: Mapping[str, str]) -> Decided:
        """How each table is read if these are the answers."""
        decisions: dict[Plan, Decisions] = {}
        asked: dict[str, Question] = {}
        currency = self.options.currency
        for plan in self.all_plans():
            found = decide(plan.entity, plan.first, plan.match, plan.tally, answers, currency)
            currency = currency or found.own_currency
            decisions[plan] = found
            words = plan.unknown.questions(plan.entity.name)
            asked |= {item.name: item for item in (*plan.match.questions, *found.questions, *words)}
        return Decided(decisions, questions.in_turn([*asked.values()]))

    def questions(self, decided: Decided) -> list[Question]:
        """What must be asked before the file can be loaded, each answer with what it would give."""
        asked = [self._with_figures(item) if item.name in TRIED else item for item in decided.questions]
        if [item.name for item in asked] == [questions.CONFIRM]:
            gives = self._figures(decided.decisions)
            asked = [replace(asked[0], choices=dict.fromkeys(asked[0].choices, gives))]
        tables = [
            (plan.first, plan.match, self._figures({plan: decisions})) for plan, decisions in decided.decisions.items()
        ] if self._is_torn() else []  # fmt: skip
        if page := self.encoding_asked():
            # a caption or a word may be another once its letters are known
            asked = [item for item in asked if item.name != questions.CONFIRM and not item.name.startswith(WORD)]
        return [*page, *questions.which_sheets(tables, self.options.answers), *asked]

    def encoding_asked(self) -> list[Question]:
        """Ask for the encoding where it is in doubt."""
        if CP1252 not in self.encodings:
            return []
        asked = encoding.encoding_question(texts_in(self.parts.source, self.name), self.options.answers)
        return [asked] if asked else []

    def _is_torn(self) -> bool:
        named = [plan.match.entity for plan in self.all_plans()]
        return len(named) > len(set(named))

    def _with_figures(self, asked: Question) -> Question:
        """The question with what each answer would give, found by trying it; one still to be filled in gives none."""
        choices = {}
        for answer, words in asked.choices.items():
            tried = self.decided({**self.options.answers, asked.name: answer})
            is_open = any(item.name == asked.name for item in tried.questions)
            choices[answer] = words if is_open else f"{words}: {self._figures(tried.decisions)}"
        return replace(asked, choices=choices)

    def _figures(self, decisions: Mapping[Plan, Decisions]) -> str:
        """What would be loaded of tables by what is decided, in words; of several each says which it is."""
        said = []
        for plan, found in decisions.items():
            reader = plan.reader(found, self.today)
            rows = [type_part(self.con, shaped, reader).rows for shaped, _ in self._shaped(plan, found)]
            named = f"{plan.first.name}: " if len(decisions) > 1 else ""
            said.append(f"{named}{figures(plan.entity, rows)}")
        return "; ".join(said)

    def _shaped(self, plan: Plan, decisions: Decisions) -> Iterator[tuple[TextTable, int]]:
        """Second pass: the parts of one table, one row per record, and how many of their rows were folded."""
        yield from (_reshaped(part, plan, decisions) for plans, part in self.each() if plan in plans)

    def started(self, plan: Plan, decisions: Decisions, sink: Callable[[pa.Table], None]) -> TableInProgress:
        """A table of which no part was taken yet."""
        return TableInProgress(self.con, plan, plan.reader(decisions, self.today), sink)

    def table(self, plan: Plan, decisions: Decisions, sink: Callable[[pa.Table], None]) -> TypedTable:
        """Type one table, handing its rows to sink part by part; the rest of the account is returned."""
        progress = self.started(plan, decisions, sink)
        self.parts.is_last_pass = len(self.all_plans()) == 1
        for shaped, folded in self._shaped(plan, decisions):
            progress.take(shaped, folded)
            self.progress(progress.account.rows)
        return self.completed(progress)

    def completed(self, progress: TableInProgress) -> TypedTable:
        """The table once all its parts were taken: rows that repeat or contradict others are known only then."""
        return progress.table(self._doubled(progress, progress.seen.suspects()))

    def _doubled(self, progress: TableInProgress, suspects: np.ndarray) -> list[LeftOut]:
        """Repeated and conflicting rows with their text, for which the file is read once more."""
        if not len(suspects):
            return []
        reader, numbers = progress.reader, pa.array(suspects)
        again = [
            self._typed_again(shaped, reader, numbers) for shaped, _ in self._shaped(progress.plan, reader.decisions)
        ]
        found = account.repeated(self.con, reader.entity, pa.concat_tables([rows for _, rows in again]))
        return [item for shaped, rows in again for item in left_out_rows(shaped, rows, reader.entity, found)]

    def _typed_again(self, shaped: TextTable, reader: RowReader, numbers: pa.Array) -> tuple[TextTable, pa.Table]:
        kept = replace(shaped, rows=shaped.rows.filter(pc.is_in(shaped.rows["row_number"], numbers)))
        return kept, type_part(self.con, kept, reader).rows

    def outline(self, plan: Plan, decisions: Decisions) -> TypedTable:
        """A table as it was recognised, before its questions are answered."""
        reader = plan.reader(decisions, self.today)
        return Account(reader, rows_read=plan.tally.rows, warnings=list(plan.first.warnings)).table(plan.first)

    def warnings(self) -> list[str]:
        """What tables of the file were left out, and why."""
        empty = [plan.first.name for plans in self.plans.values() for plan in plans if not plan.tally.has_rows]
        refused = [f'"{name}" was left out: {error.message}' for name, error in self.refusals]
        return [*refused, *(f'"{name}" has a header but no rows.' for name in dict.fromkeys(empty))]


def typed_while_read(work: Preparation, sink: Sink) -> TypedTable | None:
    """The only table of a long text, typed by what its first part decides as long as all that follows decides the same.

    None, and no rows, if the file must be surveyed as a whole before it is typed.
    """
    if not work.parts.is_long_text:
        return None
    table = _typed(work, sink)
    if table is None:
        sink.drop()
        work.forget()
    return table


def _typed(work: Preparation, sink: Sink) -> TypedTable | None:
    progress: TableInProgress | None = None
    work.parts.is_last_pass = True
    for plans, part in work.each():
        plan = _only_plan(work)
        if plan is None or plans != [plan]:
            return None
        work.count(plan, part)
        decided = work.decided(work.options.answers)
        if decided.questions or (progress is None and work.encoding_asked()):
            return None
        if progress is None:
            progress = work.started(plan, decided.decisions[plan], partial(sink, 0, plan.match.entity))
        elif decided.decisions[plan] != progress.reader.decisions:
            return None
        progress.take(*_reshaped(part, plan, progress.reader.decisions))
    return work.completed(progress) if progress and progress.plan.tally.has_rows else None


def _reshaped(part: TextTable, plan: Plan, decisions: Decisions) -> tuple[TextTable, int]:
    """One row per record, and how many rows were folded; days that a shape makes are read in the order of the file."""
    made = ("service_from", *(name for shape in plan.match.shapes for name in shape.makes))
    order = next((decisions.orders[name] for name in made if name in decisions.orders), DAY_FIRST)
    return reshape(part, plan.match, order)


def _only_plan(work: Preparation) -> Plan | None:
    """The plan of the file's only table so far, if its rows can be read one after the other."""
    plans = work.all_plans()
    is_only = len(plans) == 1 and not work.refusals and not needs_whole_table(plans[0].match)
    return plans[0] if is_only else None


def prepare(source: Source, name: str, options: Options, sink: Sink, progress: Progress | None = None) -> Prepared:
    """Read a file in this process, handing on the rows of each table part by part.

    Raises VitalsError if it can't be used.
    """
    work = Preparation(source, name, options, progress)
    if table := typed_while_read(work, sink):
        return Prepared(name, *digest(source), (table,))
    try:
        work.survey()
    except UnrecognisedError:
        if asked := work.encoding_asked():
            return Prepared(name, *digest(source), (), tuple(asked))
        raise
    decided = work.decided(options.answers)
    asked = work.questions(decided)
    tables = [
        work.outline(plan, decisions) if asked else work.table(plan, decisions, partial(sink, index, plan.match.entity))
        for index, (plan, decisions) in enumerate(decided.decisions.items())
    ]
    return Prepared(name, *digest(source), tuple(tables), tuple(asked), tuple(work.warnings()))

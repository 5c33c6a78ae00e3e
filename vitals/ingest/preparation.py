"""The two passes over a file: one to decide how to read it, one to read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitals.contract import entities
from vitals.errors import VitalsError
from vitals.ingest.filling import Filling, manner_of
from vitals.ingest.model import LeftOut, Question, TextTable, TypedTable
from vitals.ingest.parts import Parts
from vitals.ingest.plan import Options, Plan, Progress, Source
from vitals.ingest.read import currency, duplicates
from vitals.ingest.read.account import Account
from vitals.ingest.read.balance import left_out_rows
from vitals.ingest.read.cast import Manner, type_part
from vitals.ingest.read.dates import DAY_FIRST
from vitals.ingest.read.decisions import ASKED, decide
from vitals.ingest.read.figures import in_words
from vitals.ingest.read.scratch import open_scratch
from vitals.ingest.read.survey import add_part
from vitals.ingest.recognise import questions
from vitals.ingest.recognise.match import recognised
from vitals.ingest.shapes.reshaping import needs_whole_table, reshape

TRIED = (*ASKED, currency.QUESTION)
"""The questions whose answers are tried, so that the user sees what each would give."""


class Preparation:
    """The two passes over one file."""

    def __init__(self, source: Source, name: str, options: Options, progress: Progress | None = None) -> None:
        self.name, self.options = name, options
        self.parts = Parts(source, name)
        self.progress = progress or (lambda rows: None)
        self.today = options.today or date.today()
        self.con = open_scratch()
        self.refusals: list[tuple[str, VitalsError]] = []
        self.plans: dict[tuple[str, int], list[Plan]] = {}

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
        if not any(plan.has_rows for plan in self.all_plans()):
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
        plan.rows_seen += len(part.rows) + len(part.set_aside) + len(part.quarantined)
        plan.has_rows = plan.has_rows or bool(len(part.rows) or part.quarantined)
        shaped = reshape(part, plan.match)[0]
        add_part(self.con, plan.profile, entities()[plan.match.entity], shaped, plan.match)
        self.progress(plan.rows_seen)

    def all_plans(self) -> list[Plan]:
        """The plans of every table of the file that has rows; of all if none has."""
        plans = [plan for plans in self.plans.values() for plan in plans]
        return [plan for plan in plans if plan.has_rows] or plans

    def settle(self, answers: Mapping[str, str]) -> list[Question]:
        """Decide how each table is read; the questions that stay open."""
        questions: list[Question] = []
        currency = self.options.currency
        for plan in self.all_plans():
            entity = entities()[plan.match.entity]
            plan.decisions = decide(entity, plan.first, plan.match, plan.profile, answers, currency)
            currency = currency or plan.decisions.own_currency
            questions += [*plan.match.questions, *plan.decisions.questions]
        return list({item.name: item for item in questions}.values())

    def questions(self) -> list[Question]:
        """What must be asked before the file can be loaded, each answer with what it would give."""
        answers = self.options.answers
        asked = self.settle(answers)
        decided = [self._with_figures(item) if item.name in TRIED else item for item in asked]
        self.settle(answers)
        tables = (
            [(plan.first, plan.match, self._figures([plan])) for plan in self.all_plans()] if self._is_torn() else []
        )
        return [*questions.which_sheets(tables, answers), *decided]

    def _is_torn(self) -> bool:
        named = [plan.match.entity for plan in self.all_plans()]
        return len(named) > len(set(named))

    def _with_figures(self, asked: Question) -> Question:
        """The question with what each answer would give, found by trying it; one still to be filled in gives none."""
        choices = {}
        for answer, words in asked.choices.items():
            still_open = self.settle({**self.options.answers, asked.name: answer})
            is_open = any(item.name == asked.name for item in still_open)
            choices[answer] = words if is_open else f"{words}: {self._figures(self.all_plans())}"
        return replace(asked, choices=choices)

    def _typed_rows(self, plan: Plan) -> list[pa.Table]:
        manner = manner_of(plan, self.today)
        return [type_part(self.con, shaped, manner).rows for shaped, _ in self._shaped(plan)]

    def _figures(self, plans: list[Plan]) -> str:
        said = [in_words(entities()[plan.match.entity], self._typed_rows(plan)) for plan in plans]
        # of several sheets, or files in an archive, each says which it is
        names = [f"{plan.first.name}: " if len(plans) > 1 else "" for plan in plans]
        return "; ".join(f"{name}{words}" for name, words in zip(names, said, strict=True))

    def _shaped(self, plan: Plan) -> Iterator[tuple[TextTable, int]]:
        """Second pass: the parts of one table, one row per record, and how many of their rows were folded."""
        order = plan.decisions.orders.get("day", DAY_FIRST)
        yield from (reshape(part, plan.match, order) for plans, part in self.each() if plan in plans)

    def table(self, plan: Plan, sink: Callable[[pa.Table], None]) -> TypedTable:
        """Type one table, handing its rows to sink part by part; the rest of the account is returned."""
        filling = Filling(self.con, plan, self.today, sink)
        self.parts.is_last_pass = len(self.all_plans()) == 1
        for shaped, folded in self._shaped(plan):
            filling.take(shaped, folded)
            self.progress(filling.account.rows)
        return self.completed(filling)

    def completed(self, filling: Filling) -> TypedTable:
        """The table once all its parts were taken: rows that repeat or contradict others are known only then."""
        table = filling.table(self._doubled(filling.plan, filling.seen.suspects()))
        return replace(table, currency=filling.plan.decisions.own_currency)

    def _doubled(self, plan: Plan, suspects: np.ndarray) -> list[LeftOut]:
        """Repeated and conflicting rows with their text, for which the file is read once more."""
        if not len(suspects):
            return []
        manner = manner_of(plan, self.today)
        again = [self._typed_again(shaped, manner, pa.array(suspects)) for shaped, _ in self._shaped(plan)]
        found = duplicates.repeated(self.con, manner.entity, pa.concat_tables([rows for _, rows in again]))
        return [item for shaped, rows in again for item in left_out_rows(shaped, rows, manner.entity, found)]

    def _typed_again(self, shaped: TextTable, manner: Manner, numbers: pa.Array) -> tuple[TextTable, pa.Table]:
        kept = replace(shaped, rows=shaped.rows.filter(pc.is_in(shaped.rows["row_number"], numbers)))
        return kept, type_part(self.con, kept, manner).rows

    def outline(self, plan: Plan) -> TypedTable:
        """A table as it was recognised, before its questions are answered."""
        account = Account(rows_read=plan.rows_seen, warnings=list(plan.first.warnings))
        return account.table(plan.first, plan.match)

    def warnings(self) -> list[str]:
        """What tables of the file were left out, and why."""
        empty = [plan.first.name for plans in self.plans.values() for plan in plans if not plan.has_rows]
        refused = [f'"{name}" was left out: {error.message}' for name, error in self.refusals]
        return [*refused, *(f'"{name}" has a header but no rows.' for name in dict.fromkeys(empty))]

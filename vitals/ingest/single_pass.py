"""A long text typed while it is read, by what its first part decides, as long as all that follows decides the same."""

from __future__ import annotations

from functools import partial

from vitals.ingest.filling import Filling
from vitals.ingest.model import TypedTable
from vitals.ingest.plan import Plan, Sink
from vitals.ingest.preparation import Preparation
from vitals.ingest.shapes.reshaping import needs_whole_table, reshape


def typed_while_read(work: Preparation, sink: Sink) -> TypedTable | None:
    """The only table of a long text; None, and no rows, if the file must be surveyed as a whole before it is typed."""
    if not work.parts.is_long_text:
        return None
    table = _typed(work, sink)
    if table is None:
        sink.drop()
        work.forget()
    return table


def _typed(work: Preparation, sink: Sink) -> TypedTable | None:
    filling: Filling | None = None
    work.parts.is_last_pass = True
    for plans, part in work.each():
        plan = _only_plan(work)
        if plan is None or plans != [plan]:
            return None
        work.count(plan, part)
        before = plan.decisions
        if work.settle(work.options.answers):
            return None
        if filling is None:
            filling = Filling(work.con, plan, work.today, partial(sink, 0, plan.match.entity))
        elif plan.decisions != before:
            return None
        filling.take(*reshape(part, plan.match))
    return work.completed(filling) if filling and filling.plan.has_rows else None


def _only_plan(work: Preparation) -> Plan | None:
    """The plan of the file's only table so far, if its rows can be read one after the other."""
    plans = work.all_plans()
    is_only = len(plans) == 1 and not work.refusals and not needs_whole_table(plans[0].match)
    return plans[0] if is_only else None

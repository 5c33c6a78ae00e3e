"""Proposals: what the workspace would say with other values of its assumptions, which stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import duckdb

from vitals import warehouse
from vitals.assumptions import assumptions

FIGURES = "metrics.scenario_figures"
AS_IT_STANDS = "As it stands"


@contextmanager
def supposing(con: warehouse.Connection, values: Mapping[str, float]) -> Iterator[None]:
    """Let assumptions have other values for the queries of the block, on this connection alone; nothing of it stays.

    For those that metrics read: the tables of staging and core stay as they were built.
    """
    con.execute("begin transaction")
    try:
        if values:
            warehouse.write_assumptions(con, values)
        yield
    finally:
        # an interrupt may have ended the transaction already
        with suppress(duckdb.TransactionException):
            con.execute("rollback")


def values_of(scenario: Mapping[str, Any]) -> dict[str, float]:
    """The assumptions that a proposal gives a value of its own."""
    own = {name: scenario.get(name) for name in assumptions()}
    return {name: float(value) for name, value in own.items() if value is not None}


def figures(con: warehouse.Connection, scenario: Mapping[str, Any], **asked: Any) -> dict[str, Any]:
    """What a proposal comes to: the row of its figures under its name and model."""
    with supposing(con, values_of(scenario)):
        (row,) = warehouse.rows(con, FIGURES, model=scenario["model"], **asked)
    return {"name": scenario["name"], "model": scenario["model"], **row}

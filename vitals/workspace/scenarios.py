"""Proposals: what the workspace would say with other assumptions and contract terms, which stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import duckdb

from vitals import warehouse
from vitals.assumptions import assumptions
from vitals.registers import register, write_register
from vitals.workspace import choices

FIGURES, TERMS = "metrics.scenario_figures", "metrics.scenario_terms"
OF_TERMS = "sla_"
"""What the names of a proposal's contract terms begin with: sla_credit_cap is the term credit_cap."""
AS_ASSUMED = "Outcome price as assumed"


def _write_terms(con: warehouse.Connection, terms: Mapping[str, Any]) -> None:
    """Let terms hold for every client, those with terms of their own too; what isn't said stays as it was agreed."""
    kept = register("sla_terms")
    rows = choices.register_rows(con, kept.name)
    everyone = [] if any(row["client"] is None for row in rows) else [{"client": None}]
    write_register(con, kept, kept.checked([{**row, **terms} for row in (*rows, *everyone)]))
    warehouse.rebuild_after(con, {kept.table})


@contextmanager
def supposing(
    con: warehouse.Connection, values: Mapping[str, float], terms: Mapping[str, Any] | None = None
) -> Iterator[None]:
    """Let assumptions and contract terms be others for the queries of the block, on this connection alone.

    Nothing of it stays. Of assumptions those that metrics read: no table is built anew for one.
    Raises VitalsError for a term outside the bounds of the register of terms.
    """
    con.execute("begin transaction")
    try:
        if values:
            warehouse.write_assumptions(con, values)
        if terms:
            _write_terms(con, terms)
        yield
    finally:
        # an interrupt may have ended the transaction already
        with suppress(duckdb.TransactionException):
            con.execute("rollback")


def values_of(scenario: Mapping[str, Any]) -> dict[str, float]:
    """The assumptions that a proposal gives a value of its own; those of service credits are contract terms."""
    own = {name: scenario.get(name) for name in assumptions() if not name.startswith(OF_TERMS)}
    return {name: float(value) for name, value in own.items() if value is not None}


def terms_of(scenario: Mapping[str, Any]) -> dict[str, Any]:
    """The contract terms that a proposal has of its own, by their names in the register of terms."""
    own = {field.name: scenario.get(OF_TERMS + field.name) for field in register("sla_terms").fields}
    for one in ("response_target", "resolution_target"):
        own[one] = scenario.get("sla_target") if own[one] is None else own[one]
    return {name: value for name, value in own.items() if value is not None}


def figures(con: warehouse.Connection, scenario: Mapping[str, Any], **asked: Any) -> dict[str, Any]:
    """What a proposal comes to: the row of its figures and of its contract terms under its name and model."""
    with supposing(con, values_of(scenario), terms_of(scenario)):
        (row,) = warehouse.rows(con, FIGURES, model=scenario["model"], **asked)
        (terms,) = warehouse.rows(con, TERMS, client_key=asked["client_key"])
    return {"name": scenario["name"], "model": scenario["model"], **row, **terms}

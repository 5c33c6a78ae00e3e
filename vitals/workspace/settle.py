"""Which stored rows count when several files tell of the same thing: raw rows never change, this list does."""

from __future__ import annotations

from vitals import statements, warehouse
from vitals.contract import entities
from vitals.ingest.read.duplicates import keyed_sql

REPLACES = "replaces_older_version"
REPLACE_QUESTION, REPLACE, ADD = "replace_invoice", "replace", "add"
KEYED = "keyed"


def lay_keyed(con: warehouse.Connection, entity: str) -> None:
    """Let the stored rows of an entity stand with their keys under the name that the statements read."""
    warehouse.lay(con, KEYED, f"from {keyed_sql(entities()[entity])}")


def settle(con: warehouse.Connection, entity: str) -> None:
    """Decide anew which rows of an entity count: the later version of a key, each keyless content as often as one file
    has it at the most, and the later rows of an invoice that is to be replaced."""
    statements.run(con, "unsettle", entity, flag=REPLACES)
    if not statements.value(con, "has_several_loads", entity):
        return
    lay_keyed(con, entity)
    statements.run(con, "settle_keyed", entity)
    if entities()[entity].document:
        statements.run(con, "settle_replaced_invoices", entity)
    statements.run(con, "settle_keyless", entity)
    statements.run(con, "flag_replacing", entity, flag=REPLACES)

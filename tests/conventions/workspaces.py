"""Two workspaces that every query is held against: an empty one, and one that holds the sample."""

from __future__ import annotations

from datetime import date
from typing import Any

from vitals import results
from vitals.queries import Query
from vitals.warehouse import Connection

EXAMPLES: dict[str, Any] = {"DATE": date(2025, 12, 1), "DOUBLE": 0.2, "INTEGER": 1, "BIGINT": 1, "BOOLEAN": True}


def arguments(con: Connection, query: Query) -> dict[str, Any]:
    """A value for each parameter: the default that a page would give it, else an example of its type."""
    if not query.params:
        return {}
    known = {name: value for name, value in results.defaults(con).items() if value is not None}
    return {name: known.get(name, EXAMPLES.get(sql_type)) for name, sql_type in query.params.items()}

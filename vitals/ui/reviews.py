"""Where each client's review stands: a client that never had one is said to have none, not to be years overdue."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from vitals import formats
from vitals.ui.page import session

NONE_ON_FILE = "no review on file"


def status(as_of: date) -> pd.DataFrame:
    """Every client with its review in words, in the order of the query."""
    rows = session.run("metrics.qbr_status", as_of=as_of)
    return rows.assign(standing=[_standing(row) for row in formats.rows(rows)])


def _standing(row: dict[str, Any]) -> str:
    """One client's review in words."""
    overdue: Any = row["days_overdue"]
    if row["cadence_days"] == 0 or not row["is_active"]:
        return "none owed"
    if formats.is_missing(row["last_held_on"]):
        return NONE_ON_FILE
    if formats.is_missing(overdue) or row["is_completed"]:
        return "in time"
    return f"{formats.days(overdue)} overdue" if overdue > 0 else "due now"

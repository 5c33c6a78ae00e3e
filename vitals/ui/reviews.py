"""Where each client's review stands: a client that never had one is said to have none, not to be years overdue."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from vitals import formats
from vitals.ui.page import session

NONE_ON_FILE = "no review on file"


def status(as_of: date) -> pd.DataFrame:
    """Every client with its review in words; the longest overdue first, then those without a review on file."""
    rows = session.run("metrics.qbr_status", as_of=as_of)
    is_new = rows["last_held_on"].isna()
    is_owed = (rows["days_overdue"] > 0).fillna(False)
    rows["rank"] = [0 if owed and not new else 1 if owed else 2 for owed, new in zip(is_owed, is_new, strict=True)]
    rows["days_waited"] = rows["days_overdue"].astype("float64").mask(is_new)
    rows["standing"] = [_standing(row) for row in rows.to_dict("records")]
    ranked = rows.sort_values(["rank", "days_overdue", "client"], ascending=[True, False, True], na_position="last")
    return ranked.reset_index(drop=True)


def _standing(row: dict[str, Any]) -> str:
    """One client's review in words."""
    if formats.is_missing(row["last_held_on"]):
        return NONE_ON_FILE
    overdue: Any = row["days_overdue"]
    return f"{formats.days(overdue)} overdue" if not formats.is_missing(overdue) and overdue > 0 else "in time"


def summary(as_of: date) -> dict[str, Any]:
    """The answer's row: the longest overdue is one that had a review; how many never had one."""
    found, rows = session.one("metrics.qbr_summary", as_of=as_of), status(as_of)
    owed = rows[rows["rank"] < 2]
    waiting = owed[owed["rank"] == 0].head(1).to_dict("records")
    never = owed.loc[owed["rank"] == 1, "client"]
    longest = waiting[0] if waiting else {"client": None, "days_overdue": None}
    return {
        **found,
        "longest_client": longest["client"],
        "longest_days": longest["days_overdue"],
        "never_reviewed": len(never),
        "never_client": never.iloc[0] if len(never) else None,
    }

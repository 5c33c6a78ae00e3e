"""What is said of one of the five signals: its state, from where on it fires, and what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vitals.formats import count, is_missing, percent

Row = Mapping[str, Any]
STATES = {"fires": ("Fires", "orange"), "clear": ("Clear", "blue"), "not_testable": ("Not testable", "gray")}
"""State -> its word and the colour beside it."""
BEHIND = {
    "margin_falls_while_revenue_grows": "The months compared",
    "new_clients_add_complexity": "The new clients",
    "seniors_do_account_work": "Level 3 and owners",
    "scope_creep_recurs": "The twelve months",
    "cannot_run_without_the_owner": "The owner's escalations",
}
"""Signal -> what its rows are."""
NEARNESS = {"just_above": "it is just above that", "on": "it is just there", "just_below": "it is just below that"}
PAST = {"just_above": "it is just past that", "just_below": "it is just short of that"}
"""How near its limit a signal is; of one that also fires below a limit."""


def limit(row: Row) -> str:
    """From where on a signal fires, as the assumptions stand, and whether it only just does."""
    words = NEARNESS | (PAST if row["signal"] == "cannot_run_without_the_owner" else {})
    nearness = row.get("nearness")
    return _from_where_on(row) + ("." if is_missing(nearness) else f"; {words[str(nearness)]}.")


def _from_where_on(row: Row) -> str:
    first, second = row["threshold"], row["second_threshold"]
    match row["signal"]:
        case "margin_falls_while_revenue_grows":
            fall, growth = percent(-first).split("\N{NO-BREAK SPACE}")[0], percent(second)
            return f"Fires from a fall of {fall} points on, where revenue grows by {growth} or more"
        case "new_clients_add_complexity":
            return f"Fires from {percent(first)} of the usual hours on"
        case "seniors_do_account_work":
            return f"Fires from {percent(first)} of their hours on"
        case "scope_creep_recurs":
            return f"Fires from {count(first)} such months on"
    return f"Fires from {percent(first)} of the escalations on, or where the desk ends {percent(second)} or less"

"""What is said of the five signals: each one's state and from where on it fires, and the verdict of them together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vitals.formats import count, is_missing, listed, or_zero, percent, plural

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
READINGS = {
    "none": "nothing of the way of working holds growth back on this data",
    "watch": "that is one to watch",
    "structural": "two or more together are structural",
    "redesign": "all of them ask for a redesign of the operating model",
}

LEFT = {
    "none": "none would be left",
    "watch": "one would be left, to be watched",
    "structural": "two or more would be left",
}
"""What the signals say without those that only just fire."""


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


def diagnosis(row: Row) -> str:
    """What do the signals say together, and how many could not be tested?"""
    tested, fired, open_ = (or_zero(row.get(name)) for name in ("tested", "fired", "not_testable"))
    if not tested:
        return "Not one of the five signals can be tested yet: each says what it waits for."
    verb = "fires" if fired == 1 else "fire"
    of_all = f"{count(fired)} of {plural(tested, 'signal')} that could be tested {verb}"
    found = f"{_signals(row['firing']).capitalize()} ({of_all})" if fired else of_all
    said = f"{found}: {READINGS[row['reading']]}."
    if open_ and not fired:
        others = f"Of the other {count(open_)} nothing is known, so neither is what holds growth back."
        return " ".join(filter(None, (f"{of_all}. {others}", _near(row))))
    left = f"{count(open_)} could not be tested." if open_ else ""
    return " ".join(filter(None, (said, _near(row), left)))


def _near(row: Row) -> str:
    """Which signals are so near their limit that the verdict hangs on it."""
    just, almost = row.get("just_firing"), row.get("just_clear")
    turns = not is_missing(just) and row["clear_reading"] != row["reading"]
    without = f"; if that is not counted {LEFT[row['clear_reading']]}" if turns else ""
    parts = [] if is_missing(just) else [f"At its limit or just above: {_signals(just)}{without}."]
    parts += [] if is_missing(almost) else [f"Just below its limit: {_signals(almost)}."]
    return " ".join(parts)


def _signals(names: Any) -> str:
    return listed(str(names).replace("_", " ").split(", "))

"""Files that bring nothing new: recognised, taken back if they are the same to the byte, and said so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vitals import workspace
from vitals.ui.page import session

Report = dict[str, Any]
REPEAT = "repeat"
"""What became of a file all of whose readable rows were loaded before."""


def _brings_nothing(report: Report) -> bool:
    already = (report.get("reasons") or {}).get("already_loaded")
    return report["load_id"] is not None and not report["rows_loaded"] and bool(already)


def _same_files() -> set[int]:
    """The loads of a file that an earlier load has brought to the byte."""
    accounts = session.run("metrics.load_accounts").sort_values("load_id")
    return set(accounts.loc[accounts.duplicated(["short_hash", "entity"]), "load_id"])


def _as_repeat(report: Report, same: set[int]) -> Report:
    if not _brings_nothing(report):
        return report
    is_same = report["load_id"] in same
    gone: Report = {"load_id": None, "rows_quarantined": 0, "warnings": []} if is_same else {}
    return {**report, **gone, "decision": REPEAT}


def settled(found: Sequence[Report]) -> list[Report]:
    """The reports, those of repeats marked; a file that is loaded already to the byte leaves no second load behind."""
    if not any(_brings_nothing(report) for report in found):
        return list(found)
    same = _same_files()
    gone = [report["load_id"] for report in found if _brings_nothing(report) and report["load_id"] in same]
    if gone:
        with session.writing() as cursor:
            workspace.undo(cursor, *gone)
    return [_as_repeat(report, same) for report in found]

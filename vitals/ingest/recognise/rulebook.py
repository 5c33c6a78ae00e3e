"""The rules about rows that a layout writes into a match, so that reshaping needs the match alone.

Keys of Match.rules that start with * are about rows, not about a contract column:

*rows     JSON list of {column, words, keeps, exact, reason}: rows that are no data of the entity
*fold     "4" or "4,9": rows with the same value in the first column are one record; the highest of the second counts
*group    "1": a row with only this cell filled names those that follow it
*empty    JSON list of words that mean an empty cell
*devices  "7": each row is a device of the client in this column
*cap      "10000" or "500,19": so many rows, or values of a column, mean that the vendor cut the export
*gross    "18,21,8,5": lines' amount and tax, their document's total and number: the tax is taken off where they hold it
*months   "2,3,4;5": each filled cell of the first columns is an amount of its month; their sum stands in the last
*span     "2,3,5,0": first and last day of an absence, its days and its hours in all (0 where there are none)
*worklog  "2;34,35,36": the ticket's key; cells that hold time entries
Column numbers count from 1, as people count them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from vitals.ingest.read.dates import months_in

if TYPE_CHECKING:
    from vitals.ingest.recognise.fit import Fit

TOTALS = ("Total", "Totals", "Grand Total")
WORKLOG_COLUMNS = ("entry_id", "ticket_id", "worked_on", "hours", "technician")


def write(found: Fit) -> None:
    """Put the layout's rules about rows into a fit; those of devices and work logs map columns too."""
    layout = found.layout
    if layout.empty:
        found.rules["*empty"] = json.dumps(layout.empty)
    if layout.cap:
        counted = [found.header.find(caption) for caption in layout.cap[1:]]
        found.rules["*cap"] = ",".join((layout.cap[0], *(str(at[0] + 1) for at in counted if at)))
    if layout.gross and all(map(found.header.find, layout.gross)):
        found.rules["*gross"] = ",".join(str(found.header.find(caption)[0] + 1) for caption in layout.gross)
    if layout.group:
        found.rules["*group"] = "1"
    _rows(found)
    _fold(found)
    shapes = ((layout.devices, _devices), (layout.worklog, _worklog), (layout.months, _months), (layout.span, _span))
    for is_said, shape in shapes:
        if is_said:
            shape(found)


def _rows(found: Fit) -> None:
    rules = []
    for rule in found.layout.rows:
        at = next((places for caption in rule.column if (places := found.header.find(caption))), [])
        if at:
            spec = {"column": at[0] + 1, "words": rule.words, "keeps": rule.keeps, "exact": rule.exact}
            rules.append({**spec, "reason": rule.reason})
    if rules:
        found.rules["*rows"] = json.dumps(rules)


def _fold(found: Fit) -> None:
    if not found.layout.fold:
        return
    captions = found.layout.columns[found.layout.fold["by"]]
    by = next((found.header.find(caption) for caption in captions if found.header.find(caption)), [])
    latest = found.header.find(found.layout.fold["latest"]) if "latest" in found.layout.fold else []
    if by:
        found.rules["*fold"] = ",".join(str(at[0] + 1) for at in (by, latest) if at)


def _devices(found: Fit) -> None:
    """Count devices per client, named by the first of the columns that isn't empty."""
    at = [position for caption in found.layout.devices for position in found.header.find(caption)[:1]]
    filled = [position for position in at if found.evidence.shapes(position)] or at
    found.put("client", filled[0], 1.0)
    found.rules["*devices"] = str(filled[0] + 1)
    found.put_made("endpoints", "count")


def _worklog(found: Fit) -> None:
    logs, key = (found.header.find(caption) for caption in found.layout.worklog)
    filled = [position for position in logs if found.evidence.values(position, None)]
    if not filled:
        return
    found.rules["*worklog"] = f"{key[0] + 1};{','.join(str(position + 1) for position in filled)}"
    for name in WORKLOG_COLUMNS:
        found.put_made(name, "seconds" if name == "hours" else "logged")


def _months(found: Fit) -> None:
    """One invoice for each client and month: both its date and its amount come from the columns of the months."""
    places = ",".join(str(at + 1) for at in months_in([caption.raw for caption in found.header.captions]))
    totals = [at + 1 for caption in TOTALS for at in found.header.find(caption)]
    found.rules["*months"] = f"{places};{totals[0] if totals else ''}"
    for name in ("invoiced_on", "amount"):
        found.put_made(name, f"of_month:{places}")


def _span(found: Fit) -> None:
    """An absence of several days: each day is a row, with its share of the hours."""
    sides = (found.layout.span.get(side, ()) for side in ("from", "to", "days", "hours"))
    at = [next((places[0] + 1 for caption in side if (places := found.header.find(caption))), 0) for side in sides]
    found.rules["*span"] = ",".join(map(str, at))
    found.put_made("day", f"of_span:{at[0]},{at[1]}")
    found.put_made("hours", f"of_span:{','.join(str(number) for number in at if number)}")


def sources(rules: Mapping[str, str]) -> set[int]:
    """The positions from which the rules make columns."""
    lists = [rule.partition(":")[2] for name, rule in rules.items() if not name.startswith("*")]
    numbers = [int(number) for listed in lists if listed for number in listed.split(",")]
    return {number - 1 for number in numbers if number}

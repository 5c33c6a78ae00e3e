"""What is said of a target as a buyer sees it: the largest findings, the bounds that it misses, and firms compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from vitals import formats
from vitals.formats import count, is_missing, listed, money, plural, words, written, written_in
from vitals.targets import LINES, MOST, UNREAD, Comparison, Line, Target

Row = Mapping[str, Any]
LARGEST = 3
STATES = {"fail": "Misses it", "not_testable": "Not testable", "pass": "Holds"}
"""Where a bound stands -> its word, in the order in which they are shown."""
NAMES = {"notice_soon": "Notice due soon", "below_tier": "Margins below tier", "overdue": "Overdue invoices"}
"""A kind of finding -> what it is called, where its key says too little."""
TOO_FEW = "Keep two workspaces at least, or load one and keep another: then they stand here side by side."
TELLS = (
    ("gross_margin_after_bench_pct", "company_gross_margin_pct"),
    ("gross_revenue_retention", "recurring_share"),
)
"""What the headline of a comparison tells: of each pair the first by which one is best."""
ORDINALS = {1: "1st", 2: "2nd", 3: "3rd"}


def _name(row: Row) -> str:
    """Whom a finding is about, or its kind where it is about the whole book."""
    of_the_book = NAMES.get(row["finding"]) or words(row["finding"])
    return of_the_book if is_missing(row["subject"]) else str(row["subject"])


def valued(findings: Sequence[Row]) -> list[Row]:
    """Those with money, the most first."""
    return [row for row in findings if not is_missing(row["money"])]


def findings(rows: Sequence[Row]) -> str:
    """How many findings there are, and which are the largest."""
    if not rows:
        return "These exports give an examiner nothing to write down."
    largest = [f"{_name(row)}, {money(row['money'])} of {row['money_is']}" for row in valued(rows)[:LARGEST]]
    if not largest:
        return f"{plural(len(rows), 'finding')}, none of them with money of its own."
    most = f"the largest {'is' if len(largest) == 1 else 'are'} {'; '.join(largest)}"
    return f"{plural(len(rows), 'finding')}: {most}."


def flags(rows: Sequence[Row], leavers: Sequence[Row]) -> str:
    """How many of the bounds that buyers set are held, and how many of them one client misses by its going."""
    many_of = {state: sum(row["state"] == state for row in rows) for state in STATES}
    tested = many_of["fail"] + many_of["pass"]
    said = f"Of {plural(tested, 'bound')} that buyers set and that could be tested {many_of['fail']} "
    verb = "is missed" if many_of["fail"] == 1 else "are missed"
    of_one = {row["flag"] for row in leavers if row["is_one_client"]}
    by_one = sum(row["state"] == "fail" and row["flag"] in of_one for row in rows)
    alone = f", {by_one} of them by the same client that left" if by_one > 1 else ""
    return f"{said}{verb}{alone}; {many_of['not_testable']} can't be tested on these exports."


def finding(row: Row) -> str:
    """One finding in a sentence; what a bound fails says itself what was measured."""
    if str(row["finding"]).startswith("flag_"):
        return str(row["says"])
    amount = "" if is_missing(row["money"]) else f": {money(row['money'])} of {row['money_is']}"
    return f"{_name(row)}{amount}. {row['says']}"


def with_words(flags_found: pd.DataFrame) -> pd.DataFrame:
    """The bounds, those missed first, with what was found, of how many, and where it stands in words."""
    shown = flags_found.sort_values("state", kind="stable", key=lambda states: states.map([*STATES].index))
    rows = formats.rows(shown)
    return shown.assign(
        found_said=[
            written(row["found"], str(row["format"] or "text"))
            + ("" if is_missing(row["cases"]) else f" ({count(row['cases'])} {row['counted']})")
            for row in rows
        ],
        standing=[STATES.get(row["state"], words(row["state"])) for row in rows],
    )


def named(findings_found: pd.DataFrame) -> pd.DataFrame:
    """The findings with money, each under a name that fits beside a bar."""
    shown = findings_found[findings_found["money"].notna()]
    return shown.assign(
        name=[_name(row) for row in formats.rows(shown)],
        amount=[money(value) for value in shown["money"]],
    )


def compared(found: Comparison) -> str:
    """Who is best at what matters most."""
    known = [[sentence for name in pair if (sentence := _best(found, name))] for pair in TELLS]
    said = [sentences[0] for sentences in known if sentences]
    many = f"{plural(len(found.targets), 'target')} over {found.months.label}"
    return f"{many}: {listed(said)}." if said else f"{many}: by no number is one of them alone the best."


def _best(found: Comparison, name: str) -> str:
    line = next(item for item in LINES if item.name == name)
    places = found.places(line)
    best = [target for target in found.targets if places.get(target.name) == 1]
    if len(best) != 1:
        return ""
    return f"{best[0].name} is best by {line.label[0].lower()}{line.label[1:]} ({figure(best[0], line)})"


def figure(target: Target, line: Line) -> str:
    """A number as it is written, in the currency of its target; words where its hours don't carry it."""
    if line.name in target.unread:
        return UNREAD
    with written_in(target.currency):
        return written(target.values[line.name], line.number.format)


def place(found: Comparison, line: Line, target: Target) -> str:
    """The number and where it stands among the others."""
    places = found.places(line)
    at, shown = places.get(target.name), figure(target, line)
    if not at:
        return shown
    shared = "equal " if list(places.values()).count(at) > 1 else ""
    return f"{shown} ({shared}{ORDINALS.get(at, f'{at}th')})"


def many(count: int) -> str:
    """That no more than ten are compared; empty where all are."""
    return f"The first {MOST} are chosen: no more are compared at once." if count > MOST else ""

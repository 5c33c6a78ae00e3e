"""What became of files and rows, in words: of one file, of the whole workspace, of a row that reaches no number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from vitals import formats
from vitals.contract import entities
from vitals.formats import count, is_missing, or_zero, plural
from vitals.workspace import Report

Row = Mapping[str, Any]


REASONS = {
    "conflicting_duplicate": ("waits for your choice", "wait for your choice"),
    "exact_duplicate": ("repeated row", "repeated rows"),
    "already_loaded": ("loaded before", "loaded before"),
    "other_version_chosen": ("version that you did not choose", "versions that you did not choose"),
    "other_currency": ("in another currency", "in another currency"),
    "draft_or_voided": ("draft or voided", "drafts or voided"),
    "not_revenue": ("row without revenue, as a draft or payment", "rows without revenue, as drafts or payments"),
    "not_approved": ("row of hours not approved", "rows of hours not approved"),
    "ended_without_a_day": ("ended agreement without a last day", "ended agreements without a last day"),
    "not_a_review": ("appointment that is no review", "appointments that are no reviews"),
}
"""Reasons for which a row is left out that are neither unreadable nor no data, one and many."""
WAITS = "conflicting_duplicate"
"""The one of them whose rows are in quarantine; those of the others are set aside."""


def rows_of(entity: str, rows: Any) -> str:
    """A count of rows by what they are: 1 ticket, 474 days of time off."""
    return plural(or_zero(rows), *(entities()[entity].noun if entity in entities() else ("row", "rows")))


def waiting(report: Report) -> int:
    """How many rows of a table wait until one of their versions is chosen."""
    return report.reasons.get(WAITS, 0)


def _left_out(report: Report) -> list[str]:
    """The rows that don't count, by what is to be done about them."""
    known = {name: report.reasons.get(name, 0) for name in REASONS}
    unread = report.rows_quarantined - known[WAITS]
    no_data = report.rows_set_aside - sum(known.values()) + known[WAITS]
    said = [f"{count(unread)} can't be read"] if unread else []
    said += [plural(rows, *REASONS[name]) for name, rows in known.items() if rows]
    return said + ([f"{count(no_data)} set aside as no data"] if no_data else [])


def has_money(report: Report) -> bool:
    """Whether the table has a column of amounts, though they may come to nothing."""
    entity = entities().get(report.entity or "")
    mapping = (report.columns.mapping if report.columns else None) or {}
    return (entity is not None and entity.money in mapping) or bool(report.money_read)


def _sums(report: Report) -> list[str]:
    """The amounts that count of those that could, then what totals and repeats hold, which is no part of either."""
    loaded, unread, aside = report.money_loaded, report.money_quarantined, report.money_set_aside
    said = [f"{formats.money_exact(loaded)} of {formats.money_exact(loaded + unread)}"] if has_money(report) else []
    # sums of another currency can't be written in ours
    is_ours = not report.reasons.get("other_currency")
    credited = report.money_credited
    said += (
        [f"{formats.money_exact(credited)} of it credit notes, which count as minus"] if credited and is_ours else []
    )
    said += [f"{formats.money_exact(aside)} in rows set aside"] if aside and is_ours else []
    return said + ([f"{formats.number(report.hours)} hours"] if report.hours else [])


def asked(reports: Sequence[Report]) -> str:
    """That a file waits for an answer; the question itself stands below."""
    rows = sum(report.rows_seen for report in reports)
    waiting = f"{plural(rows, 'row')} {'waits' if rows == 1 else 'wait'}" if rows else "it waits"
    return f"{reports[0].file}: {waiting} for your answer."


def _unloaded(report: Report) -> str:
    """Why nothing of a file counts."""
    return report.message if report.message.startswith(report.file) else f"{report.file}: {report.message}"


def repeated(reports: Sequence[Report], beside: Sequence[Report] = ()) -> str:
    """That tables of a file were loaded before, said once; they are named where others of the file beside were not."""
    tables = [report.table or "" for report in reports]
    is_part = any((report.table or "") not in tables for report in beside)
    which = ", ".join([reports[0].file, *(table for table in dict.fromkeys(tables) if table and is_part)])
    unread = sum(report.rows_quarantined for report in reports)
    said = f", and {plural(unread, 'row')} can't be used" if unread else ""
    return f"{which}: already loaded; nothing changed{said}."


def named(report: Report, with_table: bool) -> str:
    """The file, and which of its tables if there are several."""
    return f"{report.file}, {report.table}" if with_table and report.table else report.file


def brings_nothing(report: Report) -> bool:
    """Whether a table was taken up of which no row counts."""
    return not report.rows_loaded and bool(report.rows_read)


def receipt(report: Report, with_table: bool = False) -> str:
    """One line for a table: what it is, what became of its rows, whether the money balances."""
    if report.decision == "refuse":
        return _unloaded(report)
    if report.decision == "repeat":
        return repeated([report])
    loaded = f"{rows_of(report.entity or 'rows', report.rows_loaded)} loaded"
    if brings_nothing(report):
        return f"{named(report, with_table)}: {', '.join(['none of its rows counts', *_left_out(report)])}."
    source = "" if report.system in (None, "", "canonical") else f" ({report.system})"
    name = named(report, with_table)
    return f"{name}{source}: {', '.join([loaded, *_left_out(report), *_sums(report)])}."


EVIDENCE = {
    "seen_file": "whose captions were seen in a real export",
    "seen_code": "whose captions were seen in the code of a tool that reads or writes it",
    "vendor_docs": "whose captions stand in the vendor's documentation",
    "inferred": "whose captions are inferred and were not seen in an export: look at the columns",
}


def _months(account: Row) -> str:
    first, last = formats.month(account.get("first_month")), formats.month(account.get("last_month"))
    if formats.MISSING in (first, last):
        return ""
    gap = f"; no row in {account['missing_in']}" if or_zero(account.get("missing_months")) else ""
    return f"It covers {first if first == last else f'{first} to {last}'}{gap}."


def recognised(report: Report, account: Row) -> str:
    """What a table was taken for, on what evidence, how surely, and which months it covers."""
    kind, system = str(report.entity).replace("_", " "), report.system
    columns = report.columns
    known = EVIDENCE.get((columns.evidence if columns else None) or "")
    by = f"an export of {system}, {known}" if known else "captions that say what they mean"
    if system == "mapped by hand":
        by = "what you said of its columns"
    sure = columns.confidence if columns else None
    how_sure = f", {formats.percent_whole(sure)} sure" if sure is not None and system != "mapped by hand" else ""
    row = report.header_row
    where = f" The captions stand in row {row}." if row and row > 1 else ""
    return f"Read as {kind}, by {by}{how_sure}.{where} {_months(account)}".strip()


def both_sides(report: Report) -> list[str]:
    """Rows, money and hours read, and where each of them went."""
    rows = (report.rows_read, report.rows_loaded, report.rows_quarantined, report.rows_set_aside)
    money = (report.money_read, report.money_loaded, report.money_quarantined, report.money_set_aside)
    hours = (report.hours_read, report.hours, report.hours_quarantined, report.hours_set_aside)
    said = [_balance("Rows", count, *rows)]
    said += [_balance("Money", formats.money_exact, *money)] if has_money(report) else []
    said += [_balance("Hours", formats.number, *hours)] if report.hours_read else []
    return said


def _balance(what: str, written: Callable[[Any], str], read: float, *ends: float) -> str:
    loaded, unread, aside = map(written, ends)
    return f"{what}: {written(read)} read = {loaded} loaded + {unread} quarantined + {aside} set aside."


def under_way(files: int, is_sample: bool) -> str:
    """What is being loaded, and that nobody has to wait for it."""
    said = f"{plural(files, 'file')} {'is' if files == 1 else 'are'} being loaded"
    if is_sample:
        said = f"An invented MSP is being loaded: {plural(files, 'file')}, as its systems would export them"
    return f"{said}. Whichever page you open meanwhile is shown once that is done."


def start(contents: Any, waiting: int = 0, refused: int = 0, unnamed: int = 0, through: Any = None) -> str:
    """What the start page says of the workspace and how far its data reaches, and of the files that are not in it."""
    held = contents[contents["has_rows"].astype(bool)]
    open_ends = [f"{plural(waiting, 'file')} {'waits' if waiting == 1 else 'wait'} for your answer"] if waiting else []
    open_ends += [f"{plural(refused, 'file')} {'was' if refused == 1 else 'were'} refused"] if refused else []
    named = f"{plural(unnamed, 'file')} {'waits' if unnamed == 1 else 'wait'} until you say what is in which column"
    open_ends += [named] if unnamed else []
    rest = f" {' and '.join(open_ends)}." if open_ends else ""
    if held.empty:
        return rest.strip() or "Tickets, time, invoices, people: drop what your systems export, in any order."
    parts = [rows_of(row.entity, row.rows) for row in held.itertuples()]
    verb = "is" if len(parts) == 1 and held["rows"].iloc[0] == 1 else "are"
    until = "" if is_missing(through) else f", through {formats.day(through)}"
    return f"{formats.listed(parts)} {verb} loaded{until}.{rest}"


ENDS = {
    "rows_in_use": "in use",
    "rows_replaced": "replaced by another row",
    "rows_quarantined": "quarantined",
    "rows_set_aside": "set aside",
}


def _ends(loads: Any) -> str:
    """What became of the rows of some loads; the figures add up to the rows read."""
    said = {words: int(loads[name].sum()) for name, words in ENDS.items()}
    told = [f"{count(rows)} {words}" for words, rows in said.items() if rows or words == ENDS["rows_in_use"]]
    return formats.listed(told)


def trust(balances: Any, steps: Any, waiting: int = 0) -> str:
    """Can these numbers be trusted?"""
    live = balances[balances["undone_at"].isna()]
    if live.empty:
        return "Nothing is loaded yet."
    off = int((~live["is_balanced"].astype(bool)).sum())
    lost = int((~steps["is_balanced"].astype(bool)).sum()) if len(steps) else 0
    said = f"{plural(live['rows_read'].sum(), 'row was', 'rows were')} read: {_ends(live)}"
    if off:
        verb = "does" if off == 1 else "do"
        of_all = f"{plural(off, 'load')} of {count(len(live))}"
        return f"{said}; {of_all} {verb} not balance. Look at that before using any number."
    if lost:
        return f"{said}, but {plural(lost, 'step')} from there to the numbers lost something. Look at it first."
    choice = f" {plural(waiting, 'row')} {'waits' if waiting == 1 else 'wait'} for your choice." if waiting else ""
    return f"{said}. Every amount and hour in them is accounted for.{choice}"


def credited(amount: Any) -> str:
    """That credit notes were taken off the items' amounts, which the sum of their file may hold without a minus."""
    said = f"Credit notes of {formats.money_exact(amount)} are taken off these amounts; their file may add them up."
    return said if or_zero(amount) else ""


def classes(items: int, without: int) -> str:
    """How many items rest on a suggested class, and of how many nothing speaks for one."""
    suggested = items - without
    verb = "rests" if suggested == 1 else "rest"
    said = f"{plural(suggested, 'item')} {verb} on a suggestion from name and price; correct what is wrong."
    if not without:
        return said
    counts = "it counts in no class until you choose one" if without == 1 else "they count in no class until you do"
    if not suggested:
        return f"Nothing speaks for a class of {plural(without, 'item')}: {counts}."
    return f"{said} Nothing speaks for a class of {count(without)} more: {counts}."


WAITS_IN_WORDS = "Two rows of the file say different things about one key"
FATES = {
    "quarantined": "Quarantined (can't be read)",
    "waits": "Waits for your choice",
    "set_aside": "Set aside (totals, titles, repeats)",
    "replaced": "Replaced (another row counts)",
}


def fate(rows: pd.DataFrame) -> pd.Series:
    """What became of each row; of two versions of one row neither counts until one is chosen."""
    why = rows["reason"] if "reason" in rows else rows["words"]
    # lists: every page says it of fifty rows, for which pandas takes ten times as long
    ends = [
        "waits" if end == "quarantined" and said in (WAITS, WAITS_IN_WORDS) else end
        for end, said in zip(rows["fate"].tolist(), why.tolist(), strict=True)
    ]
    return pd.Series(ends, index=rows.index, dtype=object)


def with_fate(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their fate in words."""
    return rows.assign(fate=[FATES.get(end, end) for end in fate(rows)])


def place(before: int) -> str:
    """How many loads are before one's own."""
    return f"{plural(before, 'load')} before yours" if before else "Yours is the next to be read"

"""What the user decides and the workspace keeps: item classes, merged names, versions of a row, a client's prices."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from vitals import queries, warehouse
from vitals.assumptions import DESK_TIME_ZONE
from vitals.contract import choices_of, entities
from vitals.errors import VitalsError
from vitals.ingest.files.encoding import QUESTION as ENCODING_QUESTION
from vitals.ingest.model import Options, TypedTable
from vitals.ingest.read import exchange
from vitals.ingest.read.decisions import ASKED, ZONE
from vitals.ingest.read.numbers import SHARED
from vitals.ingest.recognise.amounts import HOLDS_TAX
from vitals.ingest.recognise.cycles import PAID_FOR
from vitals.ingest.recognise.figures import SPREAD
from vitals.ingest.recognise.mapping import fingerprint, to_dict
from vitals.ingest.recognise.questions import SHEETS
from vitals.ingest.shapes.documents import QUESTION as WORD
from vitals.registers import kept_rows, register, write_register
from vitals.workspace import store
from vitals.workspace.report import Report
from vitals.workspace.store import REPLACE_QUESTION

Connection = warehouse.Connection
KINDS = ("client", "technician")
WITH_VERSIONS = ("flags", "unused_rows", "loads", "quarantine")
"""What changes beside the rows themselves when another version of one counts."""


@dataclass(frozen=True)
class ItemClass:
    """How a distinct billing item is booked: its revenue class and over how many months a line is earned."""

    item_key: str
    revenue_class: str | None
    service_months: int | None


def _checked(item: ItemClass) -> ItemClass:
    known = choices_of("revenue_class")
    if item.revenue_class is not None and item.revenue_class not in known:
        raise VitalsError(f"{item.revenue_class!r} is no revenue class.", f"There are: {', '.join(known)}.")
    if item.service_months is not None and item.service_months < 0:
        raise VitalsError(f"{item.item_key}: service months can't be negative.", "Give 1 for a single month.")
    return item


def read_classes(path: Path) -> list[ItemClass]:
    """The item classes of a CSV file with the columns item, revenue_class and service_months.

    Raises VitalsError if the file or a row of it can't be used.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        return [_item_class(row) for row in rows]
    except (OSError, KeyError, ValueError) as error:
        hint = "It needs the columns item, revenue_class and service_months."
        raise VitalsError(f"The classes in {path} can't be read.", hint) from error


def _item_class(row: Mapping[str, str]) -> ItemClass:
    key = row.get("item_key") or row["item"]
    months = (row.get("service_months") or "").strip()
    return ItemClass(key, row["revenue_class"].strip() or None, int(months) if months else None)


def set_item_classes(con: Connection, items: Iterable[ItemClass]) -> None:
    """Confirm the classes of billing items; what rests on them is built anew.

    Raises VitalsError for an unknown class or negative months, before anything is kept.
    """
    checked = [_checked(item) for item in items]
    if not checked:
        return
    with warehouse.transaction(con):
        for item in checked:
            queries.run(con, "set_item_class", **vars(item))
        warehouse.rebuild_after(con, {"raw.item_classes"})


def forget_item_classes(con: Connection) -> None:
    """Take every confirmed class back: suggestions hold again."""
    with warehouse.transaction(con):
        queries.run(con, "forget_item_classes")
        warehouse.rebuild_after(con, {"raw.item_classes"})


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise VitalsError(f"Names of {kind} can't be merged.", f"There are: {', '.join(KINDS)}.")


def merge_names(con: Connection, kind: str, name_key: str, target_key: str) -> None:
    """Count everything under name_key for target_key from now on; names merged into name_key follow.

    Raises VitalsError for an unknown kind or a name merged with itself.
    """
    _check_kind(kind)
    if name_key == target_key:
        raise VitalsError(f"{name_key} is that name already.", "Choose two different names.")
    with warehouse.transaction(con):
        queries.run(con, "merge_names", kind=kind, name_key=name_key, target_key=target_key)
        warehouse.rebuild_after(con, {"raw.aliases"})


def part_names(con: Connection, kind: str, name_key: str) -> None:
    """Undo a merge: name_key stands for itself again."""
    _check_kind(kind)
    with warehouse.transaction(con):
        queries.run(con, "part_names", kind=kind, name_key=name_key)
        warehouse.rebuild_after(con, {"raw.aliases"})


def keep_apart(con: Connection, kind: str, name_key: str, other_key: str) -> None:
    """Remember that two names that look alike are two, so that they aren't offered again."""
    _check_kind(kind)
    first, second = sorted((name_key, other_key))
    with warehouse.transaction(con):
        queries.run(con, "keep_names_apart", kind=kind, name_key=first, target_key=second)
        warehouse.rebuild_after(con, {"raw.aliases"})


def offer_again(con: Connection, kind: str, name_key: str, other_key: str) -> None:
    """Take back that two names are two: they are offered again."""
    _check_kind(kind)
    first, second = sorted((name_key, other_key))
    with warehouse.transaction(con):
        queries.run(con, "offer_names_again", kind=kind, name_key=first, target_key=second)
        warehouse.rebuild_after(con, {"raw.aliases"})


def call_own(con: Connection, client_key: str) -> None:
    """Take a name for the MSP itself: its hours are internal, and it is no client."""
    with warehouse.transaction(con):
        queries.run(con, "call_own", client_key=client_key)
        warehouse.rebuild_after(con, {"raw.own_names"})


def call_client(con: Connection, client_key: str) -> None:
    """Take back that a name is the MSP itself."""
    with warehouse.transaction(con):
        queries.run(con, "call_client", client_key=client_key)
        warehouse.rebuild_after(con, {"raw.own_names"})


TOO_MUCH = 10**9
"""No price of a seat or fee of a month comes near it."""


def set_client_terms(con: Connection, client_key: str, seat_price: Decimal | None, outcome_fee: Decimal | None) -> None:
    """Keep a client's own seat price (a user and month) and outcome fee (a month); None takes one back."""
    if any(value is not None and value < 0 for value in (seat_price, outcome_fee)):
        raise VitalsError("A price can't be negative.", "Leave it empty to use the general one.")
    if any(value is not None and value >= TOO_MUCH for value in (seat_price, outcome_fee)):
        raise VitalsError(f"A price must be below {TOO_MUCH:,}.", "Leave it empty to use the general one.")
    with warehouse.transaction(con):
        queries.run(con, "set_client_terms", client_key=client_key, seat_price=seat_price, outcome_fee=outcome_fee)
        warehouse.rebuild_after(con, {"raw.client_terms"})


def pick_version(con: Connection, load_id: int, row_number: int, is_picked: bool = True) -> None:
    """Let one of several versions that a file has of one row count, or none of them again.

    Raises VitalsError if that row of the load contradicts no other.
    """
    with warehouse.transaction(con):
        entity = store.choose(con, load_id, row_number, is_picked)
        warehouse.rebuild_after(con, {f"raw.{name}" for name in (entity, *WITH_VERSIONS)})


COLUMN = "which_column_is_"
QUESTIONS = (
    "confirm_mapping", ENCODING_QUESTION, *ASKED, ZONE, exchange.QUESTION, SHEETS, SPREAD, PAID_FOR, HOLDS_TAX,
    REPLACE_QUESTION,
)  # fmt: skip


def _parted(key: str) -> tuple[str, str]:
    """The file that an answer is for, empty for all, and its question."""
    file, _, question = key.rpartition(":")
    return file, question


def _is_for(file: str, name: str) -> bool:
    return name in (file, Path(file).name)


def holding_for(name: str, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that hold for a file: those for all, then its own, given under its name or its path."""
    parted = [(*_parted(key), text) for key, text in answers.items()]
    for_all = {question: text for file, question, text in parted if not file}
    return {**for_all, **{question: text for file, question, text in parted if file and _is_for(file, name)}}


def check(answers: Mapping[str, str]) -> None:
    """Refuse answers to questions that are never asked, since such an answer would do nothing.

    Raises VitalsError for the first of them.
    """
    columns = {column.name for entity in entities().values() for column in entity.columns}
    known = (*QUESTIONS, *(f"{COLUMN}{name}" for name in sorted(columns)))
    for key in answers:
        question = _parted(key)[1]
        if question not in known and not question.startswith(WORD):
            near = get_close_matches(question, known, 1)
            hint = f'Is "{near[0]}" meant?' if near else f"Questions are {', '.join(QUESTIONS)} and {COLUMN}NAME."
            raise VitalsError(f'There is no question "{question}", so "{answers[key]}" answers nothing.', hint)


def _astray(answers: Mapping[str, str], names: Collection[str]) -> list[str]:
    """A sentence on each answer for a file that is not among those loaded."""
    files = {file: question for file, question in map(_parted, answers) if file}
    return [
        f'The answer to {question} is for "{file}", which is not among the files loaded here.'
        for file, question in files.items()
        if not any(_is_for(file, name) for name in names)
    ]


def with_astray(reports: list[Report], answers: Mapping[str, str], names: Collection[str]) -> list[Report]:
    """The reports of the files of these names, the first of which says which answers found no file."""
    said = _astray(answers, names)
    if not reports or not said:
        return reports
    first, *others = reports
    told = replace(first, message=" ".join([first.message, *said]), warnings=(*first.warnings, *said))
    return [told, *others]


DECIDED = ("which_column_is_", "confirm_mapping")
"""Answers that say which column is what."""


def mapping_of(table: TypedTable) -> dict[str, Any]:
    """A table's mapping as a file that can be given again, with the header that it belongs to."""
    return {"fingerprint": fingerprint(table.source), **to_dict(table.source, table.match)}


def mappings_of(con: Connection) -> dict[str, dict[str, Any]]:
    """Fingerprint of a header -> the mapping that holds for it."""
    return {name: json.loads(text) for name, text in queries.run(con, "mappings").fetchall()}


def keep_mapping(con: Connection, table: TypedTable, said: Options) -> None:
    """Keep the mapping of a table if the user had a hand in it."""
    if said.mapping or any(name.startswith(DECIDED) for name in said.answers):
        found = mapping_of(table)
        text = json.dumps(found, ensure_ascii=False)
        queries.run(con, "keep_mapping", table.entity, fingerprint=found["fingerprint"], mapping=text)


def words_of(con: Connection) -> dict[str, str]:
    """What the user said of words for a status or a kind of document, the latest answer to each."""
    answers = [json.loads(text) for (text,) in queries.run(con, "answers").fetchall()]
    return {name: said for found in answers for name, said in found.items() if name.startswith(WORD)}


def time_zone_of(con: Connection) -> dict[str, str]:
    """The time zone of the desk as an answer, if the user gave one."""
    kept = queries.run(con, "kept_text", name=DESK_TIME_ZONE).fetchall()
    return {ZONE: kept[0][0]} if kept else {}


def currency(con: Connection) -> str:
    """The currency of the workspace's amounts, a code before a mark that several share; nothing if none is known."""
    codes = [code for (code,) in queries.run(con, "currencies").fetchall()]
    return min(codes, key=lambda code: (code in SHARED, code), default="")


def keep_currency(con: Connection, load_id: int, code: str) -> None:
    """Remember in which currency a load's amounts are, if anything says which."""
    if code:
        queries.run(con, "keep_currency", load=load_id, currency=code)


def register_rows(con: warehouse.Connection, name: str, /, **where: Any) -> list[dict[str, Any]]:
    """The rows of a register in their order, those alone whose columns have the values of where; at first its own."""
    rows = kept_rows(con, register(name))
    return [row for row in rows if all(row[column] == value for column, value in where.items())]


def keep_register(con: warehouse.Connection, name: str, rows: Iterable[Mapping[str, Any]], /, **where: Any) -> None:
    """Let rows stand in a register instead of those whose columns have the values of where; without any, of all.

    Raises VitalsError, before anything is kept, for a value that can't stand and for one that stands twice.
    """
    kept = register(name)
    others = [row for row in register_rows(con, name) if any(row[column] != value for column, value in where.items())]
    checked = kept.checked([*others, *({**row, **where} for row in rows)])
    with warehouse.transaction(con):
        # one that is emptied holds again what it began with, for the queries as for the screen
        write_register(con, kept, checked or map(kept.read, kept.rows))
        warehouse.rebuild_after(con, {kept.table})

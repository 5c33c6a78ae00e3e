"""A file with several tables: which of them are data, and whether to load them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from vitals.ingest.model import Match, Question, TextTable

QUESTION, ALL, FIRST, BOTH = "which_sheets", "all", "first", "both"


def is_wanted(table: TextTable, before: int, answers: Mapping[str, str]) -> bool:
    """Whether the answer chooses this table, which stands behind so many others."""
    said = answers.get(QUESTION, ALL)
    # a sheet's own name may hold a comma
    names = {name.strip().casefold() for name in (said, *said.split(","))}
    if said.strip().casefold() in (ALL, BOTH):
        return True
    return before == 0 if FIRST in names else _label(before, table).casefold() in names


def _label(place: int, table: TextTable) -> str:
    return table.name or f"table {place + 1}"


def question(tables: Sequence[tuple[TextTable, Match, str]], answers: Mapping[str, str]) -> list[Question]:
    """Ask which tables to load where several hold the same entity; each comes with what it would give, in words."""
    by_entity: dict[str, list[int]] = defaultdict(list)
    for place, (_, found, _) in enumerate(tables):
        by_entity[found.entity].append(place)
    alike = next((places for places in by_entity.values() if len(places) > 1), [])
    if not alike or answers.get(QUESTION):
        return []
    gives = {_label(place, tables[place][0]): tables[place][2] for place in alike}
    sentence = (
        f"{len(alike)} tables of the file hold the same kind of rows ({', '.join(gives)}). Which are to be loaded?"
    )
    return [Question(QUESTION, sentence, {**gives, ALL: "; ".join(gives.values())})]

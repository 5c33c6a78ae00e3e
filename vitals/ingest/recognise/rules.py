"""The rules in words that mappings kept before units, made columns and shapes had places of their own: only read here.

A key was a column of the contract, or began with * and was about rows; columns were counted from 1, and 0 was none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

UNITS = {"hms": "hours", "hours": "hours", "minutes": "minutes", "seconds": "seconds", "days": "days"}
BY_SHAPE = {"of_month", "of_span", "logged", "count"}
"""What stood at the columns that a shape makes."""


def _numbers(text: str) -> list[int | None]:
    return [int(number) or None for number in text.split(",") if number]


def _as(*names: str) -> Callable[[str], dict[str, Any]]:
    return lambda text: dict(zip(names, _numbers(text), strict=False))


SHAPES: Mapping[str, Callable[[str], Any]] = {
    "rows": lambda text: {"rules": json.loads(text)},
    "fold": _as("by", "latest"),
    "group": lambda text: {},
    "empty": lambda text: {"words": json.loads(text)},
    "devices": lambda text: {},
    "cap": _as("most", "of"),
    "gross": _as("amount", "tax", "total", "number"),
    "months": lambda text: {"months": _numbers(text.partition(";")[0]), **_as("total")(text.partition(";")[2])},
    "span": _as("first", "last", "days", "hours"),
    "worklog": lambda text: {**_as("key")(text.partition(";")[0]), "logs": _numbers(text.partition(";")[2])},
}


def upgraded(columns: Mapping[str, Any], rules: Mapping[str, str]) -> dict[str, Any]:
    """The columns, units and shapes of a mapping with such rules, as they are kept now.

    Raises ValueError where a rule is none.
    """
    laid_out = {name: read(rules[f"*{name}"]) for name, read in SHAPES.items() if f"*{name}" in rules}
    found, units = dict(columns), dict[str, str]()
    for name in columns.keys() & rules.keys():
        word, _, numbers = rules[name].partition(":")
        if word in BY_SHAPE or (word == "seconds" and "worklog" in laid_out):
            del found[name]
        elif word in UNITS:
            units[name] = UNITS[word]
        else:
            found[name] = _made(columns[name], word, _numbers(numbers))
    return {"columns": found, "units": units, "shapes": laid_out}


def _made(source: Any, function: str, numbers: list[int | None]) -> Any:
    """A column as made by its function, as it was if it stood behind what it was made of; others the user chose."""
    if not numbers:
        raise ValueError(function)
    is_made = type(source) is int and source > max(number or 0 for number in numbers)
    return {function: numbers} if is_made else source

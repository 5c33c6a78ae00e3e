"""What a query's column is called on screen, in which form it is written and what it means: its caption."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from vitals import formats
from vitals.catalogue import Number, numbers
from vitals.queries import ResultColumn, query

FORMS = {
    "BOOLEAN": "yes_no",
    "TIMESTAMP": "moment",
    "DATE": "day",
    "BIGINT": "count",
    "INTEGER": "count",
    "DOUBLE": "number",
    "DECIMAL(28,2)": "money",
    "DECIMAL(28,4)": "money_exact",
    "DECIMAL(28,9)": "number",
}
"""How a value of a type is written, unless the catalogue says it."""
FORMS_OF_SHARES = {"_pct": "percent", "_share": "percent", "_hours": "hours"}
"""How a DOUBLE is written whose name ends so."""


@dataclass(frozen=True)
class Caption:
    """What is said of a column."""

    label: str
    form: str
    help: str


def _number(name: str, column: str) -> Number | None:
    """The number of the catalogue that the column holds, its own query's before that of another."""
    same = sorted(
        (item for item in numbers().values() if item.column == column),
        key=lambda item: name not in (item.query, item.trend),
    )
    return same[0] if same else None


def _label(column: str) -> str:
    """A column's name in words: is_due is Due, file_name is File."""
    return formats.words(column.removeprefix("is_").removesuffix("_name").removesuffix("_start"))


def _form(column: ResultColumn) -> str:
    if column.sql_type == "DATE" and "month" in column.name:
        return "month"
    ending = next((form for end, form in FORMS_OF_SHARES.items() if column.name.endswith(end)), "")
    return ending if ending and column.sql_type == "DOUBLE" else FORMS.get(column.sql_type, "text")


def _meaning(column: ResultColumn, label: str) -> str:
    """What the header says of the column, unless that is only its name again."""
    said = column.meaning
    return "" if said.removeprefix("the ").casefold() == label.casefold() else f"{said[:1].upper()}{said[1:]}"


@cache
def captions(name: str) -> dict[str, Caption]:
    """Column -> what the catalogue of numbers says of it, else what the query's header does."""
    found = {}
    for column in query(name).columns:
        number = _number(name, column.name)
        label = number.label if number else _label(column.name)
        help_text = number.formula if number else _meaning(column, label)
        found[column.name] = Caption(label, number.format if number else _form(column), help_text)
    return found

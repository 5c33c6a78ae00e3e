"""The questions that a header leaves open, each with what its answers would give."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from vitals.errors import VitalsError
from vitals.ingest.model import Question
from vitals.ingest.recognise import rulebook
from vitals.ingest.recognise.evidence import Evidence
from vitals.ingest.recognise.fits import Fit, caption_of

EXAMPLES = 3
OPEN = ("Open Balance", "Open Amount", "Outstanding Balance", "Outstanding Amount", "Outstanding")
OPEN_ONLY = (
    "Every row has an open balance, as in a report of receivables: paid invoices are missing, so that revenue would be "
    'too low. Better export "Sales by Customer Detail", or invoices of every status.'
)
MOST_NAMED = 4


def settle_doubts(found: Fit, answers: Mapping[str, str]) -> tuple[dict[str, int], list[Question]]:
    """The mapped columns with answers applied, and the questions that stay open."""
    columns, questions = dict(found.columns), []
    for name, positions in found.doubts.items():
        answer = answers.get(f"which_column_is_{name}")
        if answer is None:
            questions.append(_which_column(found, name, positions))
        else:
            columns[name] = _answered(name, answer, positions)
    return columns, questions


def _answered(name: str, answer: str, positions: list[int]) -> int:
    numbers = [str(position + 1) for position in positions]
    word = answer.casefold().removeprefix("column").strip()
    if word not in numbers:
        raise VitalsError(
            f'"{answer}" does not answer which_column_is_{name}.', f"Answer with one of {', '.join(numbers)}."
        )
    return int(word) - 1


def _which_column(found: Fit, name: str, positions: list[int]) -> Question:
    captions = {found.header.captions[position].raw.strip(): None for position in positions}
    called = " and ".join(f'"{caption}"' for caption in captions)
    wanted = caption_of(found.entity.column(name))
    return Question(
        f"which_column_is_{name}",
        f"{len(positions)} columns are called {called} and differ: which one is the {wanted}?",
        {str(position + 1): _gives(found.evidence, position, found.entity.column(name).kind) for position in positions},
    )


def _gives(evidence: Evidence, position: int, kind: str) -> str:
    """What taking this column would give: its sum, or its first values."""
    if kind in ("money", "hours", "number", "integer"):
        total = total_of(evidence.values(position, None))
        if total is not None:
            return f"column {position + 1}, sum {total:{',.2f' if kind == 'money' else ','}}"
    examples = "; ".join(evidence.values(position)[:EXAMPLES])
    return f"column {position + 1}: {examples}"


def total_of(values: list[str]) -> Decimal | None:
    """The sum of plainly written numbers; None where one is written in another way."""
    numbers = [_number(value) for value in values]
    return None if None in numbers else sum((number for number in numbers if number is not None), Decimal())


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.strip().replace(",", "").lstrip("$€£"))
    except InvalidOperation:
        return None


def holds_only_open(found: Fit) -> bool:
    """Whether each of these invoices is still to be paid, as in a report of receivables: the paid ones are missing."""
    if found.entity.name != "invoice_lines":
        return False
    places = [at for caption in OPEN for at in found.header.find(caption)]
    balances = found.evidence.values(places[0], None) if places else []
    return bool(balances) and all(read for read in map(_number, balances))


def confirm(found: Fit, columns: Mapping[str, int], opening: str) -> Question:
    """Ask whether a mapping that rests on a guess is right."""
    return Question(
        "confirm_mapping",
        f"{opening} Is it right that {_reading(found, columns)}?",
        {"yes": f"{found.evidence.table.rows.num_rows} rows are loaded with this mapping"},
    )


def _reading(found: Fit, columns: Mapping[str, int]) -> str:
    width = len(found.header.captions)
    needed = {column.name for column in found.entity.required}
    pairs = [
        f"{_called(found, [at]) if at < width else _called(found, _made_of(found, name))}"
        f" {'is' if at < width else 'gives'} {caption_of(found.entity.column(name))}"
        for name, at in columns.items()
        if at < width or (name in needed and _made_of(found, name))
    ]
    return ", ".join(pairs)


def _made_of(found: Fit, name: str) -> list[int]:
    """The positions of the columns that a made one is made of."""
    return sorted(rulebook.sources({name: found.rules.get(name, "")}))


def _called(found: Fit, positions: list[int]) -> str:
    captions = [found.header.captions[at].raw.strip() or f"column {at + 1}" for at in positions]
    if len(captions) > MOST_NAMED:
        return f'"{captions[0]}" to "{captions[-1]}"'
    return " with ".join(f'"{caption}"' for caption in captions)

"""What a header leaves open: asked with what each answer would give, or refused in the words of those who use it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NoReturn

from vitals.contract import Entity, entities
from vitals.errors import UnrecognisedError, VitalsError
from vitals.ingest.model import Match, Question, TextTable
from vitals.ingest.read import exchange
from vitals.ingest.read.account import first_rows, samples
from vitals.ingest.read.numbers import read_number
from vitals.ingest.recognise.captions import Evidence, form
from vitals.ingest.recognise.fit import Fit, caption_of
from vitals.ingest.recognise.guess import Figures, completed, figures_of, unread
from vitals.ingest.recognise.layouts import Layout
from vitals.ingest.shapes.made import net_of_rate, times
from vitals.ingest.shapes.months import Months, of_year

EXAMPLES = 3
OPEN = ("Open Balance", "Open Amount", "Outstanding Balance", "Outstanding Amount", "Outstanding")
OPEN_ONLY = (
    "Every row has an open balance, as in a report of receivables: paid invoices are missing, so that revenue would be "
    'too low. Better export "Sales by Customer Detail", or invoices of every status.'
)
HOURS: Figures = "hours"
MONEY: Figures = "money"
WORDS: Mapping[Figures, str] = {HOURS: "hours", MONEY: "amounts"}
REPEATED = (
    "The same amount stands on each line of an invoice, as if it were the invoice's total and not the line's: it would "
    "count once for each line."
)
WITH = " with "
TAKEN_OFF = {net_of_rate.__name__: " less the tax at the rate in ", times.__name__: " times "}
GIVES = {of_year.__name__: "by twelve gives"}
"""What stands between the names of the columns that an amount is made of."""
MOST_NAMED, MOST_UNREAD = 4, 6
INSTEAD = "Load the tickets, time entries, invoices, agreements or clients instead."
LONGEST = 40
MOST_COLUMNS = 200
DATA = {"date", "clock", "epoch", "number", "email", "icon", "flag"}
CONFIRM = "confirm_mapping"
WHICH = "which_column_is_"
SHEETS, ALL, FIRST, BOTH = "which_sheets", "all", "first", "both"


def in_turn(asked: Sequence[Question]) -> tuple[Question, ...]:
    """The questions without what becomes of each currency, where it is still open which amounts are meant."""
    amounts = {f"{WHICH}{entity.money}" for entity in entities().values() if entity.money}
    is_open = any(item.name in amounts for item in asked)
    return tuple(item for item in asked if not is_open or item.name != exchange.QUESTION)


def settle_doubts(found: Fit, answers: Mapping[str, str]) -> tuple[dict[str, int], list[Question]]:
    """The mapped columns with answers applied, and the questions that stay open."""
    columns, questions = dict(found.columns), []
    for name, positions in found.doubts.items():
        answer = answers.get(WHICH + name)
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
        WHICH + name,
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
    """The sum of numbers; None where one of the texts is none."""
    numbers = [read_number(value) for value in values]
    return None if None in numbers else sum((number for number in numbers if number is not None), Decimal())


def doubt(found: Fit) -> str:
    """Why an amount may be another than it seems, in a sentence; nothing where it is none."""
    by_month = next((shape for shape in found.shapes if isinstance(shape, Months)), None)
    if by_month and found.layout.evidence == "inferred":
        return f"{_called(found, list(by_month.months))} may hold money or hours; only money can be loaded by month."
    if found.entity.key == ("client",) and (left := unread(found)):
        return (
            f"This looks like {found.entity.file_noun}, which have no amounts: {_held(found, left, MONEY)}, and would "
            f'only be read if a column "Start Date" said from when each is paid, as in a list of agreements.'
        )
    if found.entity.has("monthly_fee") and (left := unread(found)):
        held = _held(found, left, MONEY)
        return f"This looks like {found.entity.file_noun} without a monthly fee: {held} of another time."
    return OPEN_ONLY if holds_only_open(found) else REPEATED if found.is_repeated else ""


def holds_only_open(found: Fit) -> bool:
    """Whether each of these invoices is still to be paid, as in a report of receivables: the paid ones are missing."""
    if not found.entity.document:
        return False
    places = [at for caption in OPEN for at in found.header.find(caption)]
    balances = found.evidence.values(places[0], None) if places else []
    return bool(balances) and all(read_number(text) for text in balances)


def confirm(found: Fit, told: Match, opening: str) -> Question:
    """Ask whether a mapping that rests on a guess is right."""
    return Question(
        CONFIRM,
        f"{opening} Is it right that {_said_of(found, told.columns)}?{_left_unread(found, told.unused)}",
        {"yes": "the rows are loaded with this mapping"},
    )


def _said_of(found: Fit, columns: Mapping[str, int]) -> str:
    width = len(found.header.captions)
    needed = {found.entity.money, found.entity.hours, *(column.name for column in found.entity.required)}
    pairs = [
        f"{_called(found, [at]) if at < width else _called(found, _made_of(found, name), _between(found, name))}"
        f" {'is' if at < width else GIVES.get(_function(found, name), 'gives')} {caption_of(found.entity.column(name))}"
        for name, at in columns.items()
        if at < width or (name in needed and _made_of(found, name))
    ]
    return ", ".join(pairs)


def _left_unread(found: Fit, unused: Sequence[int]) -> str:
    """Which columns nothing would be read from, those of figures first."""
    left = [at for at in unused if found.evidence.values(at)]
    left.sort(key=lambda at: not figures_of(found.evidence, at))
    if not left:
        return ""
    named = ", ".join(_called(found, [at]) for at in left[:MOST_UNREAD])
    more = f" and {len(left) - MOST_UNREAD} more" if len(left) > MOST_UNREAD else ""
    return f" Nothing would be read from {named}{more}."


def _made_of(found: Fit, name: str) -> list[int]:
    """The positions of the columns that a made one is made of."""
    return list(found.sources.get(name, ()))


def _function(found: Fit, name: str) -> str:
    made = found.made.get(name)
    return made.function if made else ""


def _between(found: Fit, name: str) -> str:
    made = found.made.get(name)
    return TAKEN_OFF.get(made.function, WITH) if made else WITH


def _called(found: Fit, positions: list[int], between: str = WITH) -> str:
    captions = [found.header.captions[at].raw.strip() or f"column {at + 1}" for at in positions]
    if len(captions) > MOST_NAMED:
        return f'"{captions[0]}" to "{captions[-1]}"'
    return between.join(f'"{caption}"' for caption in captions)


def refuse_useless(known: list[Layout]) -> None:
    """Refuse an export that is known and that nothing here uses."""
    by_vendor = [layout for layout in known if layout.evidence != "canonical"]
    telling = [layout for layout in by_vendor if layout.title] or by_vendor
    if telling and not any(layout.entity for layout in telling):
        first = telling[0]
        lacks = f'but has no column "{first.without[0]}"' if first.without else "which no number here is made from"
        raise VitalsError(f"This looks like {first.what}, {lacks}.", first.instead or INSTEAD)


def with_table(error: VitalsError, table: TextTable) -> VitalsError:
    """The refusal with what the user needs to map the table by hand; nothing where no line names the columns."""
    if is_headless(table):
        return error
    places = range(min(len(table.header), MOST_COLUMNS))
    cells = tuple(tuple(samples(table, at)) for at in places)
    rows = first_rows(table)
    if isinstance(error, UnrecognisedError):
        near, suggested = error.nearest, error.suggested
        return UnrecognisedError(error.message, error.hint, table.header, cells, rows, near, suggested)
    return UnrecognisedError(error.message, error.hint, table.header, cells, rows)


def is_headless(table: TextTable) -> bool:
    """Whether a first row of data was taken for a header."""
    filled = [cell for cell in table.header if cell and cell.strip()]
    return bool(filled) and sum(form(cell) in DATA for cell in filled) * 4 >= len(filled)


def refuse_lacking(own: Fit, other: Fit | None, named: Entity | None, table: TextTable) -> NoReturn:
    """Refuse a table without the columns that its entity needs, saying what it looks like instead."""
    _refuse_headless(table)
    lacks = _quoted(own)
    held = _held_instead(own)
    if named and other and _is_telling(other):
        raise VitalsError(
            f"This looks like {other.entity.file_noun}, not {named.file_noun}: it has no column {lacks}.",
            f"Load it as {other.entity.file_noun}, or choose another file.",
        )
    if named:
        raise VitalsError(
            f"This file has no column {lacks}, which {named.file_noun} need{held}.",
            "Export it again with that column, or say in the mapping which column holds it.",
        )
    said = f"This file is not recognised: it comes nearest to {own.entity.file_noun}, but has no column {lacks}{held}."
    raise _unrecognised(said, completed(own) if own.columns else None)


def refuse_unread(own: Fit, left: Mapping[int, Figures], nearest: Fit) -> NoReturn:
    """Refuse a table of whose figures nothing would be read, naming them and what they are nearest to."""
    said = f"{_held(own, left, HOURS)}{' and ' if len(set(left.values())) > 1 else ''}{_held(own, left, MONEY)}"
    lacks = f", but has no column {_quoted(nearest)}" if nearest.missing else ""
    is_other = own.entity != nearest.entity
    none = f", and {own.entity.file_noun} have none to read it into" if is_other else ""
    said = f"This file is not recognised: {said}{none}."
    raise _unrecognised(f"{said} It comes nearest to {nearest.entity.file_noun}{lacks}.", nearest)


def _unrecognised(said: str, nearest: Fit | None) -> UnrecognisedError:
    """The refusal with what the columns may be taken for, which only the user can say."""
    hint = "Say what it holds and map its columns, or export it again with them."
    if nearest is None:
        return UnrecognisedError(said, hint)
    suggested = {name: at for name, at in nearest.columns.items() if at < nearest.width}
    return UnrecognisedError(said, hint, nearest=nearest.entity.name, suggested=suggested)


def _held(own: Fit, left: Mapping[int, Figures], kind: Figures) -> str:
    places = [at for at, held in left.items() if held == kind]
    verb = "holds" if len(places) == 1 else "hold"
    return f"{_called(own, places, ' and ')} {verb} {WORDS[kind]}" if places else ""


def refuse_days(own: Fit, days: list[int]) -> NoReturn:
    """Refuse a sheet with a column for each day of a week, which has no row for each entry."""
    captions = [own.header.captions[at].raw.strip() for at in (days[0], days[-1])]
    raise VitalsError(
        f'This looks like a weekly timesheet: a column of hours for each day ("{captions[0]}" to "{captions[1]}").',
        "Export the detailed report instead, with a row, a date and a duration for each time entry.",
    )


def refuse_something_else(other: Fit, named: Entity, own: Fit) -> NoReturn:
    """Refuse a table that has the needed columns by chance and is plainly another entity."""
    other_rows, own_rows = other.entity.file_noun, named.file_noun
    raise VitalsError(
        f"This looks like {other_rows}, not {own_rows}: "
        f"{len(other.columns)} of its columns belong to {other_rows}, {len(own.columns)} to {own_rows}.",
        f"Load it as {other_rows}, or give a mapping if it really holds {own_rows}.",
    )


def _refuse_headless(table: TextTable) -> None:
    """Refuse a first row of data that was taken for a header."""
    if is_headless(table):
        raise VitalsError(
            "This file has no header row: its first line already holds data.",
            "Put a line with the names of the columns above it.",
        )


def _held_instead(own: Fit) -> str:
    """What the columns hold whose captions are right and whose values are not."""
    columns = [own.entity.column(name) for name in own.missing]
    places = [own.header.find(caption)[:1] for column in columns for caption in (column.name, *column.captions)]
    found = [at for place in places for at in place if at not in own.columns.values() and own.evidence.values(at)]
    holding = [f'"{own.header.captions[at].raw}" holds "{own.evidence.values(at)[0][:LONGEST]}"' for at in found[:1]]
    return f" (the column {holding[0]})" if holding else ""


def _is_telling(other: Fit) -> bool:
    return len(other.entity.required) > 1 or len(other.columns) > 1


def _quoted(own: Fit) -> str:
    captions = [f'"{caption_of(own.entity.column(name))}"' for name in own.missing]
    return captions[0] if len(captions) == 1 else f"{', '.join(captions[:-1])} or {captions[-1]}"


def is_wanted(table: TextTable, before: int, answers: Mapping[str, str]) -> bool:
    """Whether the answer chooses this table, which stands behind so many others."""
    said = answers.get(SHEETS, ALL)
    # a sheet's own name may hold a comma
    names = {name.strip().casefold() for name in (said, *said.split(","))}
    if said.strip().casefold() in (ALL, BOTH):
        return True
    return before == 0 if FIRST in names else _label(before, table).casefold() in names


def _label(place: int, table: TextTable) -> str:
    return table.name or f"table {place + 1}"


def which_sheets(tables: Sequence[tuple[TextTable, Match, str]], answers: Mapping[str, str]) -> list[Question]:
    """Ask which tables to load where several hold the same entity; each comes with what it would give, in words."""
    by_entity: dict[str, list[int]] = defaultdict(list)
    for place, (_, found, _) in enumerate(tables):
        by_entity[found.entity].append(place)
    alike = next((places for places in by_entity.values() if len(places) > 1), [])
    if not alike or answers.get(SHEETS):
        return []
    gives = {_label(place, tables[place][0]): tables[place][2] for place in alike}
    sentence = (
        f"{len(alike)} tables of the file hold the same kind of rows ({', '.join(gives)}). Which are to be loaded?"
    )
    return [Question(SHEETS, sentence, {**gives, ALL: "; ".join(gives.values())})]

"""Columns that are made of others, by functions that take and give the text of cells, None for empty."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import PurePosixPath

import pyarrow as pa

from vitals.ingest.model import MadeColumn, Match, Step, TextTable
from vitals.ingest.read.dates import DAY_FIRST, ISO, MONTH_FIRST, YEAR_FIRST, at_clock, in_utc, read_when
from vitals.ingest.read.durations import HOURS_STEP, PER_HOUR, read_hours
from vitals.ingest.read.numbers import read_number
from vitals.ingest.read.texts import is_empty
from vitals.ingest.read.zones import zone_text
from vitals.ingest.shapes.months import MONEY_STEP, monthly, months_paid, of_year
from vitals.ingest.shapes.shape import Cell, column, each, with_column

CREDIT = re.compile(r"credit|refund|gutschrift|avoir", re.I)
DOCUMENT = re.compile(
    "^(?:(?:sales )?(?:invoice|receipt)|credit ?memo|(?:sales )?credit ?note|refund(?: receipt)?)$", re.I
)
CODE = 3
"""Kinds of document are often coded, in so many letters at most."""
NO = {"no", "n", "false", "f", "0"}
NO_CHARGE = {"nocharge", "donotbill", "nb", "nonbillable", "nc", "unbillable", "notbillable"}
SURVEY = (
    (re.compile(r"not offered|unoffered|^offered", re.I), None),
    (re.compile(r"unhappy|bad|dissatisfied|not satisfied|poor|negative", re.I), "-1"),
    (re.compile(r"neutral|okay|^ok$", re.I), "0"),
    (re.compile(r"good|happy|satisfied|awesome|great|positive", re.I), "1"),
)
STARS = {"5": "1", "4": "1", "3": "0", "2": "-1", "1": "-1"}
TYPES = (
    ("alert", "alert|monitoring"),
    ("change", "change"),
    ("project", "project"),
    ("incident", "incident|problem|break.?fix|error"),
    ("request", "request|question|task|how.?to"),
)
DONE = {"done", "listo", "hecho", "completado", "finalizado", "terminé", "terminee", "fertig", "erledigt", "complete"}
HELD = {"yes", "y", "true", "x", "1", "held", "done", "complete", "completed", "took place", "✓", "✔"}
CANCELLED = re.compile(r"^\s*(?:canceled|cancelled|abgesagt|annulé|cancelado)\s*:", re.I)
REVIEW = re.compile(
    r"\b(?:q[1-4]\b(?:\s*(?:fy)?\d{2,4})?|qbrs?|tbrs?|ebrs?|quarterly|annual|strategic|technology|service|business|reviews?"
    r"|meeting|prep|canceled|cancelled|re|fw|fwd|updated|20\d\d)\b",
    re.I,
)
EDGES = " -–—:|/,@()[]&"
LINKS = re.compile(r"^(?:with|for|mit|avec)\s+|\s+(?:with|for)$", re.I)
LEAST_MINUTES, LONGEST_SHIFT = 5, 16
"""No break is that many hours long, and none so short in minutes."""
ROUNDED = Decimal("0.6")
"""By how many minutes hours of two decimals may differ from the minutes that they stand for."""
ORDERS = (MONTH_FIRST, DAY_FIRST, YEAR_FIRST)


def between(*cells: Cell) -> Cell:
    """Hours from start to end; unreadable ones stay as text, so that the row is quarantined with its words."""
    texts = [(cell or "").strip() for cell in cells]
    if not all(texts):
        return None
    half = len(texts) // 2
    start, end = " ".join(texts[:half]), " ".join(texts[half:])
    spans = [span for order in ORDERS for span in _span(start, end, order)]
    return _decimal(min(spans)) if spans else f"{start} to {end}"


def _span(start: str, end: str, order: str) -> list[timedelta]:
    """The span by one order of day and month, if both can be read and it doesn't run backwards.

    Where either order is possible the shorter span is meant: 03/04 to 03/05 is a night, not a month.
    """
    begun, ended = read_when(start, order), read_when(end, order)
    if (begun.offset is None) != (ended.offset is None):
        return []
    first, last = in_utc(begun), in_utc(ended)
    return [last - first] if first and last and last >= first else []


def between_clock(day: Cell, start: Cell, end: Cell) -> Cell:
    """Hours from one time of a day to another; an earlier end is past midnight, if the night is no longer than one."""
    if all(read_when(cell or "", DAY_FIRST).moment for cell in (start, end)):
        return between(start, end)
    found = between(day, start, day, end)
    if not found or " to " not in found:
        return found
    back = between(day, end, day, start)
    hours = 24 - Decimal(back) if back and " to " not in back else LONGEST_SHIFT + 1
    return format(hours, "f") if hours <= LONGEST_SHIFT else found


def between_less_break(day: Cell, start: Cell, end: Cell, pause: Cell) -> Cell:
    """Hours from one time of a day to another, less a break; a bare number of five and more counts minutes."""
    number = read_number(pause or "")
    is_minutes = number is not None and abs(number) >= LEAST_MINUTES
    return _less(between_clock(day, start, end), pause, "minutes" if is_minutes else "hours")


def between_less_minutes(day: Cell, start: Cell, end: Cell, pause: Cell) -> Cell:
    """Hours from one time of a day to another, less a break in minutes."""
    return _less(between_clock(day, start, end), pause, "minutes")


def _less(span: Cell, pause: Cell, unit: str) -> Cell:
    """Hours less a break; what can't be read stays as text, so that the row is quarantined with its words."""
    if not (pause or "").strip() or span is None:
        return span
    whole, off = read_number(span), read_hours((pause or "").strip(), unit)
    if whole is None or off is None or not 0 <= off <= whole:
        return f"{span} less {pause}"
    return format((whole - off).normalize(), "f")


def hours_and_minutes(hours: Cell, minutes: Cell) -> Cell:
    """Hours and the minutes beside them, or one length said in both; what is neither stays as text."""
    texts = [(cell or "").strip() for cell in (hours, minutes)]
    whole, part = (read_number(text or "0") for text in texts)
    if not any(texts):
        return None
    if whole is None or part is None or min(whole, part) < 0:
        return f"{hours} h {minutes} m?"
    if whole and abs(whole * 60 - part) <= ROUNDED:
        return texts[0]
    if part >= 60 or (part and whole != whole.to_integral_value()):
        return texts[1] + " min" if not whole else f"{hours} h {minutes} m?"
    return format((whole + part / 60).quantize(HOURS_STEP).normalize(), "f")


def _decimal(span: timedelta) -> str:
    return format((span // timedelta(seconds=1) / PER_HOUR["seconds"]).quantize(HOURS_STEP).normalize(), "f")


def times(quantity: Cell, unit: Cell, discount: Cell) -> Cell:
    """Quantity x unit amount less a discount in per cent; unreadable ones stay as text."""
    if not (quantity or "").strip() or not (unit or "").strip():
        return None
    factors = [read_number(text) for text in (quantity or "", unit or "", (discount or "0").strip(" %") or "0")]
    if None in factors:
        return f"{quantity} x {unit}"
    count, price, less = (factor or Decimal() for factor in factors)
    return format((count * price * (1 - less / 100)).normalize(), "f")


def net_amount(amount: Cell, tax: Cell, *parts: Cell) -> Cell:
    """The amount, less the tax where tax and parts together make the amount."""
    whole, charged = read_number(amount or ""), read_number(tax or "")
    numbers = [read_number(part or "0") or Decimal() for part in parts]
    if whole is None or not charged or whole != charged + sum(numbers):
        return amount
    return format(whole - charged, "f")


def without_tax(whole: Cell, *taxes: Cell) -> Cell:
    """A total less the taxes that it holds; where either is unreadable the total stays as it is."""
    total, charged = read_number(whole or ""), sum((read_number(tax or "") or Decimal() for tax in taxes), Decimal())
    return whole if total is None or not charged else format(total - charged, "f")


def net_of_rate(whole: Cell, rate: Cell) -> Cell:
    """A total less the tax in it at a rate, in per cent or as a fraction; what can't be read stays as text."""
    total, share = read_number(whole or ""), read_number((rate or "").strip(" %"))
    if total is None or not share:
        return whole if is_empty(rate) or share == 0 else f"{whole} with {rate}"
    percent = share if share >= 1 or "%" in (rate or "") else share * 100
    return format((total / (1 + percent / 100)).quantize(MONEY_STEP).normalize(), "f")


def from_cents(cell: Cell) -> Cell:
    """An amount that is counted in cents; what is no number stays as it is."""
    cents = read_number((cell or "").strip())
    return cell if cents is None else format((cents / 100).normalize(), "f")


def plus(*cells: Cell) -> Cell:
    """The sum of numbers, empty ones left out; what is no number stays as text."""
    filled = [cell.strip() for cell in cells if not is_empty(cell) and cell]
    numbers = [number for cell in filled if (number := read_number(cell)) is not None]
    if len(numbers) < len(filled):
        return " + ".join(filled)
    return format(sum(numbers, Decimal()), "f") if numbers else None


def minutes_after(start: Cell, minutes: Cell) -> Cell:
    """The moment so many minutes after an ISO one; empty where either is."""
    text = (start or "").strip()
    passed = read_number(minutes or "") if re.match(ISO, text) else None
    when = read_when(text, YEAR_FIRST)
    if when.moment is None or passed is None:
        return None
    return f"{when.moment + timedelta(minutes=float(passed)):%Y-%m-%d %H:%M:%S}{zone_text(when.offset)}"


def shared(hours: str, parts: int) -> list[str]:
    """Hours in even parts whose sum is exactly the whole; text that is no number stays whole with the first."""
    whole = read_number(hours)
    # a duration says its unit, which a bare number leaves to its column
    unit = "" if whole is not None else " h"
    whole = read_hours(hours) if whole is None and parts > 1 else whole
    if whole is None or parts == 1:
        return [hours] + [""] * (parts - 1)
    part = (whole / parts).quantize(HOURS_STEP)
    return [f"{part:f}{unit}"] * (parts - 1) + [f"{whole - part * (parts - 1):f}{unit}"]


def join(*cells: Cell) -> Cell:
    """The filled cells with a blank between."""
    return " ".join(cell.strip() for cell in cells if cell and cell.strip()) or None


def first_filled(*cells: Cell) -> Cell:
    """The first cell that says something."""
    return next((cell.strip() for cell in cells if cell and cell.strip()), None)


def credit_by_type(kind: Cell) -> Cell:
    """Whether the document is a credit note."""
    return None if not kind else "yes" if CREDIT.search(kind) else "no"


def inverted(cell: Cell) -> Cell:
    """The opposite of yes or no; an empty "non-billable" is billable."""
    return "yes" if not cell or cell.strip().casefold() in NO else "no"


def billable_word(cell: Cell) -> Cell:
    """Yes for Billable, no for what is not charged; anything else stays as it is."""
    word = re.sub(r"[^a-z]", "", (cell or "").casefold())
    return "yes" if word == "billable" else "no" if word in NO_CHARGE else cell


def stars_5(cell: Cell) -> Cell:
    """Five stars as three."""
    return STARS.get(cell.strip().removesuffix(".0"), cell) if cell else None


def good_bad(cell: Cell) -> Cell:
    """The words of a survey as -1, 0 or 1; what was not answered is empty, other words stay."""
    return next((meant for pattern, meant in SURVEY if pattern.search(cell)), cell) if cell else None


def icon_colour(cell: Cell) -> Cell:
    """The name of the file that a path of an icon ends in."""
    return PurePosixPath(cell.strip()).stem if cell and "/" in cell else cell


def resources_list(cell: Cell) -> Cell:
    """Several technicians in one cell, with semicolons between."""
    return "; ".join(part.strip() for part in re.split(r"[,;]", cell) if part.strip()) or None if cell else None


def ticket_type_word(cell: Cell) -> Cell:
    """The contract's word for a kind of ticket, else the export's."""
    return next((meant for meant, words in TYPES if re.search(words, cell, re.I)), cell) if cell else None


def path_first(cell: Cell) -> Cell:
    """The first step of a category's path."""
    return cell.partition(">")[0].strip() or None if cell else None


def path_rest(cell: Cell) -> Cell:
    """The path after its first step."""
    return cell.partition(">")[2].strip() or None if cell else None


def no_document_word(cell: Cell) -> Cell:
    """The text, unless it is only the kind of document."""
    return None if not cell or DOCUMENT.match(cell.strip()) or len(cell.strip()) <= CODE else cell


def five_days(cell: Cell) -> Cell:
    """Five days of a day's capacity."""
    return times("5", cell, None) if cell else None


def resolved_or_done(resolved: Cell, category: Cell, changed: Cell) -> Cell:
    """The moment of resolution, else the moment in which a finished ticket took its status."""
    if resolved and resolved.strip():
        return resolved
    return changed if category and category.strip().casefold() in DONE else None


def when_held(word: Cell, day: Cell) -> Cell:
    """The day, if the word says that it took place."""
    return day if word and word.strip().casefold() in HELD else None


def client_in_subject(subject: Cell) -> Cell:
    """What stays of a subject without the words of a review."""
    text = REVIEW.sub(" ", subject or "")
    previous = None
    while previous != text:
        previous = text
        text = LINKS.sub("", text.strip(EDGES))
    return re.sub(r"\s+", " ", text) or None


def cancelled_in_subject(subject: Cell) -> Cell:
    """Cancelled, where the calendar put that word before the subject."""
    return "cancelled" if CANCELLED.match(subject or "") else None


FUNCTIONS: dict[str, Callable[..., Cell]] = {
    function.__name__: function
    for function in (
        *(between_less_break, between_less_minutes, hours_and_minutes, at_clock),
        *(join, first_filled, net_amount, without_tax, between, between_clock, times, credit_by_type, inverted),
        *(billable_word, stars_5, good_bad, icon_colour, resources_list, ticket_type_word, path_first, path_rest),
        *(no_document_word, five_days, minutes_after, resolved_or_done, when_held, client_in_subject),
        *(cancelled_in_subject, net_of_rate, monthly, months_paid, from_cents, plus, of_year),
    )
}
SAID = {stars_5.__name__: "Satisfaction of 1 to 5 is read as happy (4 and 5), neutral (3) and unhappy (1 and 2)."}
"""What is said of a file whose cells are made by a function."""


class MadeColumns(Step):
    """The columns that are made of others, whatever the shape."""

    name = "made"
    place = 70

    def apply(self, table: TextTable, match: Match, order: str | None) -> tuple[TextTable, int]:
        """The table with every made column appended, in the order of their positions."""
        for name, made in sorted(match.made.items(), key=lambda pair: match.columns[pair[0]]):
            table = with_column(table, match.columns[name], _cells(table, made), name)
            said = [SAID[made.function]] if made.function in SAID else []
            table = replace(table, warnings=(*table.warnings, *said))
        return table, 0


def _cells(table: TextTable, made: MadeColumn) -> pa.Array:
    """The made cells; alike ones are made once."""
    function = FUNCTIONS[made.function]
    if len(made.sources) == 1 and made.sources[0] is not None:
        return each(table, made.sources[0], lambda cell: _filled(function(cell), (cell,)))
    make, absent = cache(function), [None] * table.rows.num_rows
    columns = [absent if position is None else column(table, position) for position in made.sources]
    return pa.array([_filled(make(*cells), cells) for cells in zip(*columns, strict=True)], pa.string())


def _filled(made: Cell, cells: tuple[Cell, ...]) -> Cell:
    """An empty cell, or none at all where the row is too short to have the cells that this one is made of."""
    return "" if made is None and any(cell is not None for cell in cells) else made

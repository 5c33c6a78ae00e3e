"""One cell read by its column's kind: the exact reader that every faster path must agree with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal

from vitals.contract import Column
from vitals.ingest.read import dates
from vitals.ingest.read.durations import DAY, read_hours
from vitals.ingest.read.numbers import COMMA, DOT, Written, decimal_sign, take_apart, value_of
from vitals.ingest.read.texts import MISSING, Reading, common_reading, read_choice, read_text, read_yes_no, stripped

CENT, STEP = Decimal("0.01"), Decimal("0.0001")
MOST_MONEY, MOST_HOURS, MOST_NUMBER = Decimal(10) ** 14, Decimal(10) ** 9, Decimal(10) ** 15
"""What the types hold; what is plausible in a column is far less."""
NOT_A_NUMBER, NOT_HOURS = "amount_not_a_number", "hours_not_readable"
DATE_OUT_OF_RANGE, OUT_OF_RANGE = "date_out_of_range", "out_of_range"
WHOLE_PERCENT = 1.5
"""A share above this is meant as a percentage: 25 is 0.25."""


def _in_a_year(today: date) -> datetime:
    is_leap_day = (today.month, today.day) == (2, 29)
    return datetime(today.year + 1, today.month, 28 if is_leap_day else today.day)


@dataclass(frozen=True)
class ColumnReader:
    """How the cells of one column are read: all that the reading rests on."""

    column: Column
    today: date
    is_needed: bool = False
    order: str = dates.UNKNOWN
    """Day or month first, where a date doesn't say."""
    sign: str = DOT
    """The decimal sign, where a number doesn't say."""
    unit: str = "hours"
    """What a bare number of hours counts."""
    is_zoned: bool = False
    """Whether most of its times carry a zone."""
    zones: Mapping[str, int] = field(default_factory=dict, hash=False)
    """Zones that go by an ambiguous name, where the file says which they are."""
    desk: tzinfo | None = None
    """The zone in which times that carry another are told; None for those as they are written."""
    day: Decimal = DAY
    """How many hours a length of a day is."""
    is_next_day: bool = False
    """Whether its days are written as the evenings before, by another zone's clock."""
    is_dropped: bool = False
    """Whether something else goes by its caption: none of its words is one of the choices."""
    known: dict[str, Reading] = field(default_factory=dict, compare=False, repr=False)
    """Texts that were read already, for a file says the same words in every part."""

    @property
    def range(self) -> tuple[datetime, datetime]:
        """The first moment and the first moment after those that the column's dates may lie in."""
        if not self.column.happened:
            return datetime(1950, 1, 1), datetime(2101, 1, 1)
        return datetime(2000, 1, 1), _in_a_year(self.today) + timedelta(days=1)


def _read_when(reader: ColumnReader, text: str) -> Reading:
    when = dates.read_when(dates.first_of_month(text) if reader.column.by_month else text, reader.order, reader.zones)
    if when.problem or when.moment is None:
        return Reading(problem=when.problem)
    first, after = reader.range
    if not first <= when.moment < after:
        return Reading(problem=DATE_OUT_OF_RANGE)
    flags = (when.flag,) if when.flag else ()
    if reader.is_zoned and when.offset is None:
        flags = (*flags, "no_time_zone_in_a_zoned_column")
    if reader.column.kind == "date":
        return Reading(when.moment.date() + timedelta(days=reader.is_next_day), flags=flags)
    return Reading(dates.on_clock(when, reader.desk), flags=flags)


def _format_flags(written: Written, sign: str) -> tuple[str, ...]:
    shown = decimal_sign(written.body)
    return ("mixed_number_format",) if {shown, sign} == {DOT, COMMA} else ()


def _number(reader: ColumnReader, text: str) -> tuple[Written, Decimal] | None:
    written = take_apart(text)
    value = value_of(written, reader.sign) if written else None
    return (written, value) if written and value is not None else None


def _read_money(reader: ColumnReader, text: str) -> Reading:
    found = _number(reader, text)
    if found is None:
        return Reading(problem=NOT_A_NUMBER)
    written, value = found
    if abs(value) >= MOST_MONEY:
        return Reading(problem=OUT_OF_RANGE)
    flags = _format_flags(written, reader.sign)
    flags = (*flags, "sub_cent") if value != value.quantize(CENT, ROUND_HALF_UP) else flags
    return Reading(value.quantize(STEP, ROUND_HALF_UP), flags=flags)


def _read_hours(reader: ColumnReader, text: str) -> Reading:
    hours = read_hours(text, reader.unit, reader.sign, reader.day)
    if hours is None:
        return Reading(problem=NOT_HOURS)
    if abs(hours) >= MOST_HOURS:
        return Reading(problem=OUT_OF_RANGE)
    written = take_apart(text)
    return Reading(hours, flags=_format_flags(written, reader.sign) if written else ())


def _read_number(reader: ColumnReader, text: str) -> Reading:
    found = _number(reader, text)
    if found is None or found[0].currency:
        return Reading(problem=NOT_A_NUMBER)
    written, value = found
    if abs(value) >= MOST_NUMBER:
        return Reading(problem=OUT_OF_RANGE)
    if reader.column.kind == "integer":
        whole = value == value.to_integral_value()
        return (
            Reading(int(value), flags=_format_flags(written, reader.sign)) if whole else Reading(problem=NOT_A_NUMBER)
        )
    return Reading(float(value), flags=_format_flags(written, reader.sign))


def _read_percent(reader: ColumnReader, text: str) -> Reading:
    bare = text.removesuffix("%")
    found = _number(reader, stripped(bare))
    if found is None or found[0].currency:
        return Reading(problem=NOT_A_NUMBER)
    if abs(found[1]) >= MOST_NUMBER:
        return Reading(problem=OUT_OF_RANGE)
    is_percentage = bare != text or found[1] > WHOLE_PERCENT
    return Reading(float(found[1] / 100 if is_percentage else found[1]), flags=_format_flags(found[0], reader.sign))


BY_KIND: dict[str, Callable[[ColumnReader, str], Reading]] = {
    "date": _read_when,
    "timestamp": _read_when,
    "money": _read_money,
    "hours": _read_hours,
    "number": _read_number,
    "integer": _read_number,
    "percent": _read_percent,
}


def _checked(reader: ColumnReader, reading: Reading) -> Reading:
    """The reading, unless the column holds no value below nothing."""
    problem = reader.column.refuse_negative
    return Reading(problem=problem) if problem and reading.value is not None and reading.value < 0 else reading


def read_cell(reader: ColumnReader, text: str) -> Reading:
    """What a cell's text says, by the kind of its column; a number beyond the column's range is a problem."""
    reading, column = read_sum(reader, text), reader.column
    is_beyond = column.plausible and reading.value is not None and not column.is_plausible(reading.value)
    return Reading(problem=OUT_OF_RANGE) if is_beyond else reading


def read_sum(reader: ColumnReader, text: str) -> Reading:
    """What a cell of a total's row says, which may be more than any row's own."""
    kind = reader.column.kind
    if kind == "boolean":
        return read_yes_no(text, reader.column, reader.is_needed)
    if kind == "choice":
        return MISSING if reader.is_dropped else read_choice(text, reader.column, reader.is_needed)
    if kind not in BY_KIND:
        return read_text(text, reader.column, reader.is_needed)
    text = stripped(text)
    common = common_reading(text, reader.is_needed)
    return common if common is not None else _checked(reader, BY_KIND[kind](reader, text))

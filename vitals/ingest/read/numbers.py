"""Numbers as people and systems write them: signs, currencies, and the two meanings of a dot and a comma."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from vitals.ingest.read.currencies import CODES, MARKS, one_of
from vitals.ingest.read.texts import ALIKE, matched_sql, unguarded

DOT, COMMA = ".", ","
AS_DECIMAL, AS_THOUSANDS = "decimal", "thousands"
_MARK = "|".join(re.escape(mark) for mark in sorted((*MARKS, *CODES), key=len, reverse=True))
_LEADING = re.compile(rf"^(?P<sign>[-+(]*) ?(?P<mark>{_MARK}) ?")
_TRAILING = re.compile(rf" ?(?P<mark>{_MARK})(?P<sign>[-)]*)$")
_PART_NUMBER = re.compile(r"R\d+")
_SIDE = re.compile(r"(?<=[\d.)-]) ?(CR|DR|Cr|Dr|cr|dr)\.?$")
_BODY = re.compile(r"\d[\d.,' ]*|[.,]\d+")
_EXPONENT = re.compile(r"(?P<body>\d+(?:[.,]\d+)?)[eE](?P<power>[+-]?\d{1,2})")
_ROUND = re.compile(r"[.,]--?$")
"""100,- and 100.-- are round sums in German and Swiss spelling."""
_GROUPED = re.compile(r"\d{1,3}(?:S\d{3})+|\d{1,2}(?:S\d{2})+S\d{3}")


WHOLE, CENTS = r"-?\d{1,12}", r"-?\d{1,12}(?:\.\d\d?)?"
"""Numbers that mean the same whatever the decimal sign, and those that do where it is the dot: what SQL may cast."""


class Written(NamedTuple):
    """A number taken apart: its digits and separators, its sign, the currency it names, its power of ten."""

    body: str
    is_negative: bool = False
    currency: str = ""
    power: int = 0


def _without_mark(text: str) -> tuple[str, str] | None:
    """The text without its currency and the currency's code; None if it names two: $5 USD is one, $5 EUR is none."""
    currency = ""
    for pattern in (_LEADING, _LEADING, _TRAILING, _TRAILING):
        found = pattern.search(text)
        if found:
            text = found["sign"] + text[found.end() :] if pattern is _LEADING else text[: found.start()] + found["sign"]
            both = one_of(MARKS.get(found["mark"], found["mark"]), currency)
            if both is None:
                return None
            currency = both
    return text, currency


def _without_sign(text: str) -> tuple[str, bool] | None:
    """The text without its sign and whether it was negative; None if it has several signs or half a bracket."""
    if text.startswith("(") and text.endswith(")"):
        inner = text[1:-1].strip()
        return None if inner[:1] in "+-(" else (inner, True)
    if text[:1] in ("-", "+"):
        return text[1:].strip(), text[0] == "-"
    if rounded := _ROUND.search(text):
        return text[: rounded.start() + 1], False
    return (text[:-1].strip(), True) if text.endswith("-") else (text, False)


def take_apart(text: str) -> Written | None:
    """The parts of a number as written; None if the text is no number at all."""
    text = unguarded(text.translate(ALIKE).strip()).removeprefix("'")
    side = _SIDE.search(text)
    marked = _without_mark(text[: side.start()] if side else text)
    signed = _without_sign(marked[0].strip()) if marked else None
    if signed is None or marked is None:
        return None
    body, is_negative = signed
    is_credit = side is not None and side.group(1).upper() == "CR"
    if found := _EXPONENT.fullmatch(body):
        return Written(found["body"], is_negative != is_credit, marked[1], int(found["power"]))
    return Written(body, is_negative != is_credit, marked[1]) if _BODY.fullmatch(body) else None


def _is_grouped(digits: str, separator: str) -> bool:
    return bool(_GROUPED.fullmatch(digits.replace(separator, "S")))


def decimal_sign(body: str) -> str | None:
    """The decimal sign that a body of digits shows: '.' or ',', '' if it shows none, None if it can be either.

    Raises ValueError if the separators stand where no number has them.
    """
    last = max(body.rfind(DOT), body.rfind(COMMA))
    if last < 0:
        return ""
    sign, other = body[last], COMMA if body[last] == DOT else DOT
    whole, part = body[:last], body[last + 1 :]
    if sign in whole:
        if _is_grouped(body, sign):
            return other
        raise ValueError(body)
    if other in whole or " " in whole or "'" in whole:
        return sign
    is_either = len(part) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    return None if is_either else sign


def _digits(body: str, sign: str) -> str:
    """The body in Decimal's own spelling; ValueError if its groups are no groups of three."""
    whole, _, part = body.partition(sign) if sign else (body, "", "")
    separators = {letter for letter in whole if not letter.isdigit()}
    if len(separators) > 1 or (part and not part.isdigit()):
        raise ValueError(body)
    if separators and not _is_grouped(whole, separators.pop()):
        raise ValueError(body)
    return "".join(letter for letter in whole if letter.isdigit()) + (f".{part}" if part else "")


def _either(body: str, sign: str) -> str:
    """The decimal sign of a body like 1.234, by the column's own or by the user's answer."""
    own = DOT if DOT in body else COMMA
    return {AS_DECIMAL: own, AS_THOUSANDS: ""}.get(sign, sign if sign == own else "")


def value_of(written: Written, sign: str = DOT) -> Decimal | None:
    """The number, where a separator that can be either is read by the column's decimal sign; None if it is none."""
    try:
        shown = decimal_sign(written.body)
        number = Decimal(_digits(written.body, _either(written.body, sign) if shown is None else shown))
    except (ValueError, InvalidOperation):
        return None
    number = number.scaleb(written.power)
    return -number if written.is_negative else number


def read_number(text: str, sign: str = DOT) -> Decimal | None:
    """The number that a cell holds, whatever its currency; None if it holds none."""
    written = take_apart(text)
    return value_of(written, sign) if written else None


def looks_like_number(text: str) -> bool:
    """Whether a cell is written like an amount or a share, whatever its sign and its currency."""
    return take_apart(text.rstrip("% ")) is not None and not _PART_NUMBER.fullmatch(text)


def money_sql(cell: str, sign: str) -> str:
    """SQL for an amount of a column whose decimal sign is known; null where the exact reader must decide."""
    return matched_sql(cell, CENTS if sign == DOT else WHOLE, f"try_cast({cell} as decimal(18,4))")

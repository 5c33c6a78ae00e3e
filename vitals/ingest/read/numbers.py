"""Numbers as people and systems write them: signs, currencies, and the two meanings of a dot and a comma."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from vitals.ingest.read.texts import ALIKE, is_empty, matched_sql, unguarded

_CODES = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD "
    "HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL "
    "LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR "
    "PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP "
    "TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG "
)
CODES = frozenset(_CODES.split())
DOLLARS = frozenset(["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD"])
SHARED = {"$": DOLLARS, "kr": frozenset({"SEK", "NOK", "DKK", "ISK"})}
"""Marks that several currencies share: a code beside the mark says which is meant."""

_SIGNS = {
    "€": "EUR", "£": "GBP", "￡": "GBP", "$": "$", "＄": "$", "¥": "JPY", "￥": "JPY", "円": "JPY", "元": "CNY",
    "₹": "INR", "₽": "RUB", "₺": "TRY", "₪": "ILS", "₩": "KRW", "원": "KRW", "₴": "UAH", "₦": "NGN", "₱": "PHP",
    "₫": "VND", "฿": "THB", "₡": "CRC", "₲": "PYG", "₸": "KZT", "₾": "GEL", "₼": "AZN", "GH₵": "GHS", "R": "ZAR",
    "R$": "BRL", "S/": "PEN", "S/.": "PEN", "US$": "USD", "US $": "USD", "$US": "USD", "$ US": "USD", "C$": "CAD",
    "CA$": "CAD", "$CA": "CAD", "$ CA": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "S$": "SGD", "HK$": "HKD",
    "NT$": "TWD", "MX$": "MXN",
}  # fmt: skip
_WORDS = {
    "kr": "kr", "kr.": "kr", "zł": "PLN", "zl": "PLN", "Kč": "CZK", "Kc": "CZK", "Fr.": "CHF", "SFr.": "CHF",
    "Rs.": "INR", "Rs": "INR", "Ft": "HUF", "lei": "RON", "лв": "BGN", "лв.": "BGN", "руб": "RUB", "руб.": "RUB",
    "грн": "UAH", "грн.": "UAH", "RM": "MYR", "Rp": "IDR", "Rp.": "IDR", "KSh": "KES", "Dhs": "AED", "Dhs.": "AED",
    "TL": "TRY",
}  # fmt: skip
_IN_SMALL = ["usd", "eur", "gbp", "cad", "aud", "nzd", "chf", "sek", "nok", "dkk"]
"""Codes that no word is written like."""
_CASED = {form(word): code for word, code in _WORDS.items() for form in (str, str.upper)} | {"Kr": "kr", "Kr.": "kr"}
_SMALL = {form(word): word.upper() for word in _IN_SMALL for form in (str, str.capitalize)}
MARKS = {**_CASED, **_SMALL, **_SIGNS}
"""What stands before or after an amount, other than a code in capitals."""
CAPTIONED = {mark: code for mark, code in MARKS.items() if not (mark.isascii() and mark.isalpha()) or code in SHARED}
"""The marks that no other word of a caption is written like."""

_NAMES = (
    ("USD", "us dollar|united states dollar|american dollar|u.s. dollar|dollar us"), ("$", "dollar"), ("EUR", "euro"),
    ("GBP", "pound sterling|sterling|british pound|british pound sterling|uk pound|pound"), ("CAD", "canadian dollar"),
    ("AUD", "australian dollar"), ("NZD", "new zealand dollar"), ("SGD", "singapore dollar"), ("CHF", "swiss franc"),
    ("HKD", "hong kong dollar"), ("DKK", "danish krone|danske kroner"), ("SEK", "swedish krona|svenska kronor"),
    ("NOK", "norwegian krone|norske kroner"), ("ISK", "icelandic krona"), ("kr", "krone|kroner|krona|kronor"),
    ("ZAR", "rand|south african rand"), ("PLN", "zloty|złoty|polish zloty|polish złoty"), ("JPY", "yen|japanese yen"),
    ("CZK", "koruna|czech koruna|koruna česká"), ("HUF", "forint|hungarian forint"), ("INR", "rupee|indian rupee"),
    ("CNY", "yuan|renminbi|chinese yuan|yuan renminbi"), ("BRL", "real|brazilian real|reais"), ("TRY", "turkish lira"),
    ("MXN", "mexican peso"), ("AED", "uae dirham|united arab emirates dirham"), ("ILS", "shekel|new israeli shekel"),
    ("RON", "leu|romanian leu"), ("MYR", "ringgit|malaysian ringgit"), ("PHP", "philippine peso"),
    ("THB", "thai baht|baht"), ("SAR", "saudi riyal"), ("RUB", "rouble|ruble|russian ruble|russian rouble"),
    ("KRW", "south korean won|won"), ("UAH", "hryvnia|ukrainian hryvnia"), ("NGN", "naira|nigerian naira"),
    ("BGN", "lev|bulgarian lev"), ("TWD", "new taiwan dollar"), ("IDR", "rupiah|indonesian rupiah"),
    ("EGP", "egyptian pound"),
)  # fmt: skip
NAMES = {name: code for code, names in _NAMES for name in names.split("|")}
WORDS = frozenset(("ALL", "TOP"))
"""Codes that a column of other things holds as well."""
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")


@lru_cache(maxsize=10_000)
def currency_named(text: str) -> str:
    """The code or shared mark that a cell of a currency column says; its own text in capitals where that is none."""
    if is_empty(text):
        return ""
    text = " ".join(text.split())
    codes = {code for code in _CAPITALS.findall(text if len(text) > 3 else text.upper()) if code in CODES}
    if len(codes) == 1:
        return codes.pop()
    name = text.casefold().strip(".() ")
    return MARKS.get(text) or NAMES.get(name) or NAMES.get(name.removesuffix("s")) or text.upper()


def are_currencies(cells: Iterable[str]) -> bool:
    """Whether cells hold codes or full names of currencies and nothing else but blanks, whatever their caption."""
    filled = {text for cell in cells if (text := cell.strip())}
    said = [text for text in filled if text.isupper() or " " in text]
    return bool(filled) and len(said) == len(filled) and {currency_named(text) for text in said} <= CODES - WORDS


def one_of(mark: str, other: str) -> str | None:
    """The one currency that two marks beside an amount say together; None if they contradict each other."""
    for said, shared in ((mark, other), (other, mark)):
        if not shared or said == shared or said in SHARED.get(shared, ()):
            return said
    return None


def meant_by(mark: str, codes: Collection[str]) -> str:
    """Which of a file's currencies a mark stands for: itself, or US dollars where the file names no other dollars."""
    return "USD" if mark == "$" and DOLLARS & {*codes} == {"USD"} else mark


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

"""Currencies as exports name them: the codes of ISO 4217, their names, and the marks beside amounts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from vitals.ingest.read.texts import is_empty

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

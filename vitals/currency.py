"""The currency in which amounts are written: its sign, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

DOLLARS = "USD"
UNSTATED = ""
"""No file says in which currency its amounts are: they are taken for US dollars."""
SIGNS = {
    UNSTATED: "$", "$": "$", "USD": "$", "GBP": "£", "EUR": "€", "AUD": "A$", "CAD": "C$", "NZD": "NZ$", "SGD": "S$",
    "HKD": "HK$", "BRL": "R$", "INR": "₹", "JPY": "¥", "kr": "kr",
}  # fmt: skip
"""What stands for a currency, or for a mark that several share; any other code stands for itself."""
SHARED = {"$": "dollar", "kr": "krone or krona"}
_CODE = re.compile("[A-Z]{3}")
_GAP = "\N{NO-BREAK SPACE}"

# Each session's run has a thread, and each thread a context of its own: what one sets, no other sees.
_WRITTEN: ContextVar[str] = ContextVar("currency", default=UNSTATED)


@contextmanager
def written_in(code: str) -> Iterator[None]:
    """Write the amounts of this block, and of no other thread, in a currency."""
    before = _WRITTEN.set(code)
    try:
        yield
    finally:
        _WRITTEN.reset(before)


def sign(code: str | None = None) -> str:
    """What stands for a currency in a caption; nothing for a name of a file's own that is no code."""
    code = _WRITTEN.get() if code is None else code
    return SIGNS.get(code, code if _CODE.fullmatch(code) else "")


def before_number() -> str:
    """The sign as it stands before a number: £1,234, but CHF 1,234."""
    found = sign()
    return f"{found}{_GAP}" if found[-1:].isalpha() else found


def captioned(label: str) -> str:
    """A caption with the currency as its unit."""
    return f"{label}, {sign()}" if sign() else label


def unconverted(code: str) -> str:
    """That figures in a currency stand beside amounts in another, as they are; empty where both are the same."""
    used = _WRITTEN.get()
    same = used == code or (code == DOLLARS and used in (UNSTATED, "$"))
    return "" if same or not code else f"in {'US dollars' if code == DOLLARS else code}, not converted"


def account(code: str) -> str:
    """In which currency a workspace's amounts are, and how that is known."""
    if code == UNSTATED:
        return "No file says in which currency its amounts are: they are taken for US dollars and written with $."
    if code in SHARED:
        return f"The files write {code} and don't say which {SHARED[code]} it is: amounts are written with {code}."
    shown = sign(code)
    how = f" ({shown})" if shown not in ("", code) else "" if shown else ", and are written without a sign"
    return f"Amounts are in {code}{how}, as the files say; those without a mark are taken to be in it too."

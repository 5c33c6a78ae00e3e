"""Arithmetic on cells that are still text: spans of time and products, in exact decimals."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from vitals.ingest.read.dates import read_when
from vitals.ingest.read.numbers import read_number

ORDERS = ("mdy", "dmy", "ymd")
ISO = re.compile(r"^\d{4}-\d\d-\d\d")
HOUR = Decimal(3600)
EXACTLY = Decimal("0.000000001")

Cell = str | None


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
    first, last = read_when(start, order).moment, read_when(end, order).moment
    return [last - first] if first and last and last >= first else []


def between_clock(day: Cell, start: Cell, end: Cell) -> Cell:
    """Hours from one time of a day to another; an earlier end is past midnight."""
    found = between(day, start, day, end)
    if not found or " to " not in found:
        return found
    back = between(day, end, day, start)
    return format(24 - Decimal(back), "f") if back and " to " not in back else found


def _decimal(span: timedelta) -> str:
    seconds = Decimal(span.days * 86400 + span.seconds)
    return format((seconds / HOUR).quantize(EXACTLY).normalize(), "f")


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


def without_tax(whole: Cell, tax: Cell) -> Cell:
    """A total less the tax that it holds; where either is unreadable the total stays as it is."""
    total, charged = read_number(whole or ""), read_number(tax or "")
    return whole if total is None or not charged else format(total - charged, "f")


def minutes_after(start: Cell, minutes: Cell) -> Cell:
    """The moment so many minutes after an ISO one; empty where either is."""
    text = (start or "").strip()
    passed = read_number(minutes or "") if ISO.match(text) else None
    moment = read_when(text, "ymd").moment if passed is not None else None
    if moment is None or passed is None:
        return None
    return (moment + timedelta(minutes=float(passed))).strftime("%Y-%m-%d %H:%M:%S")


def shared(hours: str, parts: int) -> list[str]:
    """Hours in even parts whose sum is exactly the whole; text that is no number stays whole with the first."""
    whole = read_number(hours)
    if whole is None or parts == 1:
        return [hours] + [""] * (parts - 1)
    part = (whole / parts).quantize(EXACTLY)
    return [format(part, "f")] * (parts - 1) + [format(whole - part * (parts - 1), "f")]

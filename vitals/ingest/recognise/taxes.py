"""What the figures of a table say of the tax in its amounts: that they hold it, or that its column holds rates."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from vitals.ingest.model import MadeColumn
from vitals.ingest.recognise.captions import Evidence
from vitals.ingest.recognise.figures import CENT, LEAST_TOLD, Figure, figures, free_columns, where_amounts_are
from vitals.ingest.recognise.fit import Fit
from vitals.ingest.shapes.documents import spelled
from vitals.ingest.shapes.made import net_of_rate, without_tax

MOST_RATES, HIGHEST_RATE = 6, 30
PLAUSIBLE = (Decimal("0.02"), Decimal("0.35"))
"""Between which shares of a net amount a tax lies."""
STEPS, FINE_STEPS = 200, 800
"""Rates of tax in halves and in eighths of a per cent."""
TAX = frozenset(["vat", "tax", "gst", "hst", "mwst", "ust", "tva", "iva", "btw", "moms"])
GROSS = frozenset(["gross", "brutto", "ttc", "incl", "including", "inclusive", "inc"])


def without_taxes(found: Fit) -> Fit:
    """The fit whose amounts are net, as far as the figures tell how."""
    if not found.entity.has("tax"):
        return found
    has_amount = found.columns.get(found.entity.money, found.width) < found.width
    if found.columns.get("tax", found.width) < found.width:
        if has_amount:
            _take_net(found)
        _take_rate(found)
    elif has_amount:
        _take_said_rate(found)
    return found


def _take_net(found: Fit) -> None:
    """Take the tax off an amount that holds it: the tax is a plain rate of what is left, and none of the amount."""
    place, name = found.columns[found.entity.money], found.entity.money
    tax = found.columns.get("tax", found.width)
    if place >= found.width or tax >= found.width:
        return
    pairs = [
        (whole, part)
        for whole, part in zip(figures(found.evidence, place), figures(found.evidence, tax), strict=True)
        if whole and part and whole != part
    ]
    if len({whole for whole, _ in pairs}) < LEAST_TOLD:
        return
    left = [(whole - part, part) for whole, part in pairs]
    if _share_a_rate(left, STEPS) and not _share_a_rate(pairs, FINE_STEPS):
        found.append(name, found.weights[name])
        found.made[name] = MadeColumn(without_tax.__name__, (place, tax))


def _share_a_rate(pairs: list[tuple[Decimal, Decimal]], steps: int) -> bool:
    """Whether taxes are one plain rate of amounts, in so many steps of the whole, to the cent."""
    amount, tax = max(pairs, key=lambda pair: abs(pair[0]))
    rate = (tax / amount * steps).quantize(Decimal(1)) / steps if amount else Decimal()
    return bool(rate) and all(abs(part - whole * rate) <= CENT for whole, part in pairs)


def _take_rate(found: Fit) -> None:
    """Read no money from a column of tax that holds rates; a total is net once the tax at that rate is taken off."""
    place, name = found.columns["tax"], found.entity.money
    whole = where_amounts_are(found)
    totals = figures(found.evidence, whole) if whole < found.width else []
    if not _are_rates(found.evidence, place, totals):
        return
    del found.columns["tax"], found.weights["tax"]
    made = found.made.get(name)
    if made and made.function == without_tax.__name__:
        found.made[name] = replace(made, function=net_of_rate.__name__)


def _take_said_rate(found: Fit) -> None:
    """Take the tax off amounts that are called gross, at the rate that the one column called a tax holds."""
    place, name = found.columns[found.entity.money], found.entity.money
    words = {at: {*spelled(found.header.captions[at].raw.casefold()).split()} for at in (*free_columns(found), place)}
    rates = [at for at in words if at != place and words[at] & TAX]
    if (
        len(rates) == 1
        and words[place] & GROSS
        and _are_rates(found.evidence, rates[0], figures(found.evidence, place))
    ):
        found.append(name, found.weights[name])
        found.made[name] = MadeColumn(net_of_rate.__name__, (place, rates[0]))


def _are_rates(evidence: Evidence, place: int, totals: list[Figure]) -> bool:
    """Whether numbers are rates: few and small, alike beside amounts that differ, or no share of them."""
    texts = [text.strip() for text in evidence.values(place)]
    taxes = figures(evidence, place)
    filled = [number for number in taxes if number]
    if not filled or not min(filled) > 0 or max(filled) > HIGHEST_RATE or len(set(filled)) > MOST_RATES:
        return False
    if any(text.endswith("%") for text in texts):
        return True
    pairs = [(tax, total) for tax, total in zip(taxes, totals, strict=False) if tax and total and total != tax]
    shares = [(tax / (total - tax)).quantize(CENT) for tax, total in pairs]
    if len(set(shares)) > len(set(filled)):
        return True
    return bool(shares) and not any(PLAUSIBLE[0] <= share <= PLAUSIBLE[1] for share in shares)

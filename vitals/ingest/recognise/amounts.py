"""The tax that stands beside an amount, and whether the amount holds it: read where the figures tell, else asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from vitals.ingest.model import MadeColumn, Question
from vitals.ingest.read.numbers import currency_named, take_apart
from vitals.ingest.recognise.captions import Evidence
from vitals.ingest.recognise.figures import (
    CENT,
    LEAST_TOLD,
    Figure,
    constant_in,
    documents_of,
    figures,
    free_columns,
    where_amounts_are,
)
from vitals.ingest.recognise.fit import Fit, is_canonical
from vitals.ingest.shapes.documents import spelled
from vitals.ingest.shapes.made import net_amount, net_of_rate, without_tax
from vitals.ingest.shapes.rows import HeldTax

MOST_RATES, HIGHEST_RATE = 6, 30
MOST_TAXES, LOOK_AT = 3, 30
HOLDS_TAX, YES, NO = "amount_holds_tax", "yes", "no"
PLAUSIBLE = (Decimal("0.02"), Decimal("0.35"))
"""Between which shares of a net amount a tax lies."""
STEPS, FINE_STEPS = 200, 800
"""Rates of tax in halves and in eighths of a per cent."""
TAX = frozenset([
    "vat", "tax", "gst", "hst", "pst", "qst", "mwst", "ust", "tva", "iva", "btw", "moms", "mva", "alv", "dph", "afa",
    "steuersatz", "steuer", "mehrwertsteuer", "umsatzsteuer", "momssats", "taux", "impuesto", "imposto", "podatek",
])  # fmt: skip
GROSS = frozenset(
    ["gross", "brutto", "bruto", "ttc", "incl", "including", "inclusive", "inc", "inkl", "ivato", "lordo"]
)
NET = frozenset(
    ["net", "netto", "neto", "ht", "excl", "excluding", "exclusive", "ex", "subtotal", "untaxed", "before", "exc"]
)
SAID_OF_TAX = frozenset(["amount", "total", "sales", "state", "city", "county", "local", "provincial", "federal"])
ONLY_25, ONLY_20 = frozenset(["SEK", "DKK", "NOK"]), frozenset(["GBP"])
"""Currencies of countries that know but one of the rates of 25 and 20 %."""


def without_taxes(found: Fit) -> Fit:
    """The fit whose amounts are net, as far as the figures tell how."""
    if not found.entity.has("tax"):
        return found
    _take_parts(found)
    has_amount = found.columns.get(found.entity.money, found.width) < found.width
    if found.columns.get("tax", found.width) < found.width:
        if has_amount:
            _take_net(found)
        _take_rate(found)
        _take_others(found)
    elif has_amount:
        _take_said_rate(found)
    return found


Pairs = list[tuple[Decimal, Decimal]]


def _taxed(found: Fit) -> Pairs:
    """Amounts and the tax beside each, or of each document; none where the documents' own totals tell."""
    if any(isinstance(shape, HeldTax) for shape in found.shapes):
        return []
    place, tax = found.columns.get(found.entity.money, found.width), found.columns.get("tax", found.width)
    if place >= found.width or tax >= found.width:
        return []
    amounts, taxes = figures(found.evidence, place), figures(found.evidence, tax)
    documents = documents_of(found) if found.entity.document in found.columns else []
    charged = constant_in(taxes, documents) if documents else None
    if charged:
        amounts = [sum((amounts[row] or Decimal() for row in rows), Decimal()) for rows in documents]
        taxes = [*charged]
    pairs = zip(amounts, taxes, strict=True)
    return [(whole, part) for whole, part in pairs if whole and part and whole != part]


def _tell(pairs: Pairs) -> bool:
    """Whether there are enough different amounts to tell by; one may be chance."""
    return len({whole for whole, _ in pairs}) >= LEAST_TOLD


def _less_tax(pairs: Pairs) -> Pairs:
    return [(whole - part, part) for whole, part in pairs]


def _take_net(found: Fit) -> None:
    """Take the tax off an amount that holds it: the tax is a plain rate of what is left, and none of the amount."""
    pairs = _taxed(found)
    if _tell(pairs) and _share_rates(_less_tax(pairs), STEPS) and not _share_rates(pairs, FINE_STEPS):
        _take_off(found)


def _take_parts(found: Fit) -> None:
    """Decide once for the file whether amounts hold the tax beside them, where their parts on some rows say so."""
    made = found.made.get(found.entity.money)
    if not made or made.function != net_amount.__name__ or None in made.sources[:2]:
        return
    whole, tax, *parts = [figures(found.evidence, at) for at in made.sources if at is not None]
    rows = [
        (amount, charged, sum((number or Decimal() for number in beside), Decimal()))
        for amount, charged, *beside in zip(whole, tax, *parts, strict=True) if amount and charged
    ]  # fmt: skip
    told = [amount == charged + rest for amount, charged, rest in rows if rest and rest in (amount, amount - charged)]
    name = found.entity.money
    if told and all(told):
        found.made[name] = MadeColumn(without_tax.__name__, made.sources[:2])
    elif rows and not told and made.sources[0] is not None:
        found.unmake(name)
        found.put(name, made.sources[0], found.weights[name])
        found.may_hold_tax = True


def _take_off(found: Fit) -> None:
    name = found.entity.money
    place = found.columns[name]
    found.append(name, found.weights[name])
    found.made[name] = MadeColumn(without_tax.__name__, (place, found.columns["tax"]))


def _share_rates(pairs: Pairs, steps: int) -> bool:
    """Whether taxes are a few plain rates of amounts, in so many steps of the whole, to the cent."""
    rates: list[Decimal] = []
    for amount, tax in sorted(pairs, key=lambda pair: -abs(pair[0])):
        if any(abs(tax - amount * rate) <= CENT for rate in rates):
            continue
        rate = (tax / amount * steps).quantize(Decimal(1)) / steps if amount else Decimal()
        if not rate or abs(tax - amount * rate) > CENT or len(rates) == MOST_TAXES:
            return False
        rates.append(rate)
    return True


def ask_tax(found: Fit, answers: Mapping[str, str]) -> list[Question]:
    """Take the tax off amounts that may hold it as well as not, where something tells; asked where nothing does.

    A quarter of what is left is a fifth of the whole: 25 % within an amount looks as 20 % on top of it. A tax on a part
    of each invoice is a rate of neither.
    """
    pairs = _taxed(found) if found.entity.has("tax") else []
    is_known = found.layout.evidence not in ("canonical", "inferred") or is_canonical(found)
    if (is_known and not found.may_hold_tax) or not pairs or _is_on_top(pairs):
        return []
    answer = answers.get(HOLDS_TAX, "").casefold()
    holds = {YES: True, NO: False}.get(answer, _tells(found))
    if holds:
        _take_off(found)
    return [_holds_tax(found, pairs)] if holds is None else []


def _is_on_top(pairs: Pairs) -> bool:
    """Whether the tax is a plain rate of the amounts, and none of what is left of them without it."""
    return any(
        _share_rates(pairs, steps) and not _share_rates(_less_tax(pairs), steps) for steps in (STEPS, FINE_STEPS)
    )


def _tells(found: Fit) -> bool | None:
    """Whether amounts hold their tax by caption, currency, rate or a sum beside them; None where nothing tells."""
    place = found.columns[found.entity.money]
    words = {*spelled(found.header.captions[place].raw).split()}
    amounts, taxes = figures(found.evidence, place), figures(found.evidence, found.columns["tax"])
    free = [figures(found.evidence, at) for at in free_columns(found)]
    currencies = _currencies(found)
    signs = {
        True: (
            words & GROSS, currencies & ONLY_25, any(_differ(amounts, column, taxes) for column in free),
            any(_only(column, "25", "0.25") for column in free),
        ),
        False: (
            words & NET, currencies & ONLY_20, any(_differ(column, amounts, taxes) for column in free),
            any(_only(column, "20", "0.2") for column in free),
        ),
    }  # fmt: skip
    told = [holds for holds, found_signs in signs.items() if any(found_signs)]
    return told[0] if len(told) == 1 else None


def _differ(wholes: list[Figure], parts: list[Figure], taxes: list[Figure]) -> bool:
    """Whether each whole is its part and the tax."""
    rows = list(zip(wholes, parts, taxes, strict=True))
    told = [(whole, part, tax) for whole, part, tax in rows if whole is not None and part is not None and tax]
    return bool(told) and all(abs(whole - part - tax) <= CENT for whole, part, tax in told)


def _only(numbers: list[Figure], *rates: str) -> bool:
    filled = {number for number in numbers if number}
    return bool(filled) and filled <= {Decimal(rate) for rate in rates}


def _currencies(found: Fit) -> set[str]:
    """The currencies that a caption, a column or the marks of amounts name."""
    column = found.columns.get("currency", found.width)
    named = [found.constants.get("currency", "")]
    named += [currency_named(text) or "" for text in (found.evidence.values(column) if column < found.width else [])]
    marks = map(take_apart, found.evidence.values(found.columns[found.entity.money], LOOK_AT))
    return {*named, *(written.currency for written in marks if written)}


def _holds_tax(found: Fit, pairs: Pairs) -> Question:
    amount, tax = (found.header.captions[found.columns[name]].raw.strip() for name in (found.entity.money, "tax"))
    whole, held = (sum(numbers, Decimal()) for numbers in zip(*pairs, strict=True))
    are_rates = _share_rates(pairs, STEPS) and _share_rates(_less_tax(pairs), STEPS)
    why = "20 % of it and 25 % of what is left are the same, so the figures" if are_rates else "The figures alone"
    return Question(
        HOLDS_TAX,
        f'Does "{amount}" include the "{tax}" beside it? {why} don\'t tell.',
        {
            YES: f'yes: {whole - held:,.2f} count as revenue, without the "{tax}"',
            NO: f'no: {whole:,.2f} count as revenue, the "{tax}" comes on top',
        },
    )


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


def _take_others(found: Fit) -> None:
    """Take off a total each further tax beside the first, such as the one of a province."""
    name = found.entity.money
    made = found.made.get(name)
    if made is None or made.function != without_tax.__name__:
        return
    totals = figures(found.evidence, where_amounts_are(found))
    words = {at: {*spelled(found.header.captions[at].raw).split()} for at in free_columns(found)}
    others = [at for at in words if words[at] & TAX and words[at] <= TAX | SAID_OF_TAX | {"1", "2", "3"}]
    others = [at for at in others if not _are_rates(found.evidence, at, totals)]
    found.made[name] = replace(made, sources=(*made.sources, *others))


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

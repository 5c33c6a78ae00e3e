"""What is said to a buyer: what a provider costs in all, and what leaving one would take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vitals.formats import count, is_missing, money, number, percent

Row = Mapping[str, Any]


def whole_cost(offers: Sequence[Row]) -> str:
    """What the cheapest offer costs in all, and how the others compare; what to write down where there is none."""
    if not offers:
        return "Write down what a provider asks a month, and its whole cost stands here: the fee is only a part of it."
    first, *others = offers
    fee, on_top = money(first["monthly_fee"]), percent(first["beyond_fee_pct"])
    said = f"Offer {first['provider']} would cost {money(first['whole_cost'])} a month in all: a fee of {fee}, and "
    said += f"{on_top} on top of it."
    dearer = ", ".join(f"{row['provider']} {money(row['whole_cost'])}" for row in others)
    return f"{said} The others would cost more: {dearer}." if dearer else said


def leaving(offers: Sequence[Row]) -> str:
    """What leaving each offer would take, and what the reserve lacks by then."""
    if not offers:
        return ""
    row = max(offers, key=lambda offer: offer["exit_gap"])
    if not row["exit_gap"]:
        return "The exit reserve covers what leaving would take, as far as it is written down."
    need, have = money(row["exit_need"]), money(row["exit_reserve"])
    return f"Leaving {row['provider']} at the end of its term would take {need}; the reserve holds {have} by then."


def best_scored(offers: Sequence[Row]) -> str:
    """Which offer scores highest, over how many points."""
    scored = [row for row in offers if not is_missing(row["weighted_score"])]
    if not scored:
        return "Score the offers from 0 to 5 on the points that matter: choosing by price alone loses quality."
    best = max(scored, key=lambda offer: offer["weighted_score"])
    over = f"over {count(best['points_scored'])} of fifteen points"
    return f"{best['provider']} scores highest: {number(best['weighted_score'])} of 5, {over}."

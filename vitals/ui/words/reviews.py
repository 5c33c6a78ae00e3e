"""What the page about reviews over time says, in a sentence from the rows of queries; the caller escapes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vitals.formats import count, is_missing, money, or_zero, percent_whole, plural

Row = Mapping[str, Any]
BAD_MONTHS = (
    "A bad month: more tickets beyond their target than are promised, a margin below zero, or more unhappy answers "
    "than happy ones. After it: the 60 days from its end. By chance reviews fall there as the time does."
)
READINGS = {
    "after_trouble": "Reviews follow trouble",
    "before_trouble": "Reviews come before trouble, and less often after it",
    "as_chance": "Reviews come neither before trouble nor after it more than chance has it",
}


def before_trouble(row: Row) -> str:
    """Do reviews happen before there is trouble?"""
    reviews = or_zero(row.get("reviews"))
    if not or_zero(row.get("clients")):
        return (
            "Whether reviews follow trouble cannot be judged: no client has both reviews owed and a month that tickets "
            "with targets, margins or answers say anything about."
        )
    held = f"{count(or_zero(row.get('reviews_after')))} of {plural(reviews, 'review')}"
    found = (
        f"{held} came within 60 days after a bad month, {percent_whole(row['expected_share'])} of the time lies there"
    )
    if row["verdict"] not in READINGS:
        return f"Too little data to say whether reviews follow trouble: {found}."
    return f"{READINGS[row['verdict']]}: {found}."


def counted(row: Row) -> str:
    """On how many reviews the share rests, and how far chance may move it."""
    if is_missing(row.get("share_low")):
        return ""
    interval = f"{percent_whole(row['share_low'])} to {percent_whole(row['share_high'])}"
    return f"Of {plural(row['reviews'], 'review')}; 95 in 100 such samples lie between {interval}."


def exposed(row: Row) -> str:
    """How much time was looked at."""
    if is_missing(row.get("client_months")):
        return ""
    return f"Of {plural(round(row['client_months']), 'month')} of {plural(row['clients'], 'client')}."


def warned(row: Row) -> str:
    """Which clients missed two in a row?"""
    clients = or_zero(row.get("clients_warned"))
    if not clients:
        return "No client's last two planned reviews were missed or called off."
    mrr = f", {money(row['warned_mrr'])} of monthly revenue" if or_zero(row.get("warned_mrr")) else ""
    return f"Of {plural(clients, 'client')}{mrr}, the last two planned reviews or more were missed or called off."

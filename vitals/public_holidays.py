"""Public holidays by country, as the holidays package knows them: what is assumed where no list of them is loaded."""

from __future__ import annotations

import warnings
from datetime import date
from functools import cache

FIRST, LAST = 2000, 2100
"""The years of core.calendar."""


@cache
def countries() -> dict[str, str]:
    """Two-letter code of ISO 3166 -> the country's name, by name."""
    # the package takes longer to start than most commands to run
    from holidays.registry import COUNTRIES

    named = {codes[1]: module.replace("_", " ").title() for module, codes in COUNTRIES.items()}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def public_holidays(country: str) -> list[tuple[date, str]]:
    """Each public holiday of a country with its name, as far as its rules are known; nothing without a country."""
    if not country:
        return []
    import holidays

    with warnings.catch_warnings():
        # of some countries only part of these years is known
        warnings.simplefilter("ignore")
        found = holidays.country_holidays(country, years=range(FIRST, LAST + 1))
    return sorted(found.items())

"""The exact distribution of a year's hours: four blocks of three months on end, drawn with replacement."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction


def _blocks(months: list[Fraction]) -> list[Fraction]:
    return [sum(months[n : n + 3], Fraction(0)) for n in range(len(months) - 2)]


def mean_year(months: list[Fraction]) -> Fraction:
    """What a year comes to in the mean."""
    blocks = _blocks(months)
    return 4 * sum(blocks, Fraction(0)) / len(blocks)


def bad_year(months: list[Fraction], share: Fraction) -> Fraction:
    """The least year that so large a share of all years does not exceed."""
    single = Counter(_blocks(months))
    double: Counter[Fraction] = Counter()
    for one, ways in single.items():
        for other, more in single.items():
            double[one + other] += ways * more
    year: Counter[Fraction] = Counter()
    for half, ways in double.items():
        for rest, more in double.items():
            year[half + rest] += ways * more
    total, passed = sum(year.values()), 0
    for value in sorted(year):
        passed += year[value]
        if passed >= share * total:
            return value
    raise AssertionError("the shares of all years add up to one")

"""How the README writes figures."""

from __future__ import annotations


def percent(value: float | None) -> str:
    """A ratio as a percentage; a dash where there is none."""
    return "–" if value is None else f"{value * 100:.2f} %"

"""Numbers as people write them; a missing one is a dash, never a zero."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitals import formats
from vitals.ui.page import cards

GAP = formats.NO_BREAK


@pytest.mark.parametrize("form", sorted(formats.FORMATS))
@pytest.mark.parametrize("nothing", [None, float("nan"), np.nan, pd.NaT, pd.NA])
def test_missing_is_a_dash(form, nothing):
    assert formats.written(nothing, form).strip() == formats.MISSING


@pytest.mark.parametrize(
    ("form", "value", "said"),
    [
        ("money", 28400.4, "$28,400"),
        ("money", Decimal("-61200.10"), "−$61,200"),
        ("money", -0.2, "$0"),
        ("money_exact", Decimal("28400.40"), "$28,400.40"),
        ("money_short", 28400, "$28.4k"),
        ("money_short", 999_960, "$1m"),
        ("money_short", -1_840_000, "−$1.8m"),
        ("money_short", 912, "$912"),
        ("percent", 0.462, f"46.2{GAP}%"),
        ("percent", -0.004, f"−0.4{GAP}%"),
        ("percent", -0.0001, f"0.0{GAP}%"),
        ("percent_whole", 0.5, f"50{GAP}%"),
        ("from_share", 0.187, f"from 19{GAP}%"),
        ("from_share", -0.02, "always"),
        ("from_share", 1.4, "never"),
        ("points", 0.021, f"+2.1{GAP}points"),
        ("points", -0.014, f"−1.4{GAP}points"),
        ("rate", 92.4, f"$92.40{GAP}/{GAP}h"),
        ("rate", 92.001, f"$92{GAP}/{GAP}h"),
        ("hours", 1234.56, f"1,235{GAP}h"),
        ("hours", 3.25, f"3.2{GAP}h"),
        ("hours_spoken", 10 / 3, f"3{GAP}h{GAP}20{GAP}m"),
        ("count", 12345, "12,345"),
        ("number", 12.5, "12.5"),
        ("tenths", 4.0999, "4.1"),
        ("tenths", 3, "3.0"),
        ("months", 1, "1 month"),
        ("days", 91, "91 days"),
        ("month", date(2026, 1, 1), "Jan 2026"),
        ("day", date(2026, 1, 5), f"5{GAP}Jan 2026"),
        ("moment", datetime(2026, 1, 5, 14, 5), f"5{GAP}Jan 2026, 14:05"),
        ("clock", 540, "09:00"),
        ("quarter", date(2025, 9, 1), "Q3 2025"),
        ("words", "amount_missing", "Amount missing"),
        ("yes_no", True, "Yes"),
        ("text", "", "–"),
    ],
)
def test_form(form, value, said):
    assert formats.written(value, form) == said


def test_infinity_is_never_shown():
    assert formats.percent(float("inf")) == formats.MISSING


@given(st.floats(min_value=-1e12, max_value=1e12))
def test_money_reads_back(value):
    text = formats.money(value).replace("$", "").replace(",", "").replace(formats.MINUS, "-")
    assert float(text) == pytest.approx(value, abs=0.51)


@pytest.mark.parametrize(
    ("now", "before", "form", "said"),
    [
        (0.442, 0.421, "percent", f"+2.1{GAP}points"),
        (103.0, 100.0, "money", f"+3.0{GAP}%"),
        (97.0, 100.0, "money", f"−3.0{GAP}%"),
        (5.0, 0.0, "money", ""),
        (5.0, -10.0, "money", ""),
        (5.0, None, "money", ""),
        (None, 5.0, "percent", ""),
        # of few clients one more is no rise by 100 %
        (2, 1, "count", "+1"),
        (3, 5, "count", "−2"),
        (5, 0, "count", "+5"),
        (4, 4, "count", "0"),
        (20, 16, "count", f"+25.0{GAP}%"),
    ],
)
def test_change_is_in_points_for_shares_in_their_number_for_few_and_in_per_cent_otherwise(now, before, form, said):
    assert cards.change(now, before, form) == said

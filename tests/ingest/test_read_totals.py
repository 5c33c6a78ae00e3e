"""A row is a total where its words and its sums agree: a client whose name begins so is a client."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.written import cells, left_out, only

CAPTIONS = "Client,Item,Invoice Date,Users,Amount"


@settings(max_examples=60, deadline=None)
@given(
    amounts=st.lists(st.integers(1, 500), min_size=2, max_size=8), word=st.sampled_from(["Total", "TOTAL", "Subtotal"]),
    name=st.sampled_from(["Care Dental", "Wine & More", "Birch"]), off=st.integers(1, 9), more=st.integers(0, 3),
)  # fmt: skip
def test_only_what_adds_up_is_a_total(amounts: list[int], word: str, name: str, off: int, more: int) -> None:
    rows = [f"Acme,Support,2025-01-02,{2 * amount},{amount}" for amount in amounts]
    after = ["Birch,Support,2025-02-02,5,7"] * more
    total = f"{word} {name},,,{2 * sum(amounts)},{sum(amounts)}"
    summed = only("\n".join([CAPTIONS, *rows, total, *after]) + "\n")
    assert left_out(summed) == {len(rows) + 2: "subtotal_or_total"}
    client = f"{word} {name},,,{2 * sum(amounts)},{sum(amounts) + off}"
    kept = only("\n".join([CAPTIONS, *rows, client, *after]) + "\n")
    assert f"{word} {name}" in [row[0] for row in cells(kept)] or 2 * amounts[-1] == off
    assert not left_out(kept)


def test_the_total_of_a_client_above_is_one_though_rows_are_missing() -> None:
    rows = ["Acme,Support,2025-01-02,1,10", "Acme,Support,2025-01-03,1,20", "Total Acme,,,2,99"]
    assert left_out(only("\n".join([CAPTIONS, *rows]) + "\n")) == {4: "subtotal_or_total"}


@settings(max_examples=60, deadline=None)
@given(
    groups=st.lists(st.lists(st.integers(1, 500), min_size=1, max_size=4), min_size=1, max_size=4),
    word=st.sampled_from(["Subtotal", "Total", "Zwischensumme", "RAZEM", "Sous-total", "Totalt"]),
    day=st.sampled_from(["", "2025-01-31", "01/31/2025", "Jan 31, 2025 5:00 PM"]), off=st.integers(0, 1),
)  # fmt: skip
def test_a_total_that_says_a_day_is_one_where_it_adds_up(
    groups: list[list[int]], word: str, day: str, off: int
) -> None:
    rows, totals = list[str](), list[int]()
    for amounts in groups:
        rows += [f"Acme,Support,2025-01-02,{2 * amount},{amount}" for amount in amounts]
        rows.append(f'{word},,"{day}",,{sum(amounts) + off}')
        totals += [len(rows) + 1]
    aside = left_out(only("\n".join([CAPTIONS, *rows]) + "\n"))
    if off and day:
        # what doesn't add up may be a client of that name
        assert totals[0] not in aside
    else:
        assert aside == dict.fromkeys(totals, "subtotal_or_total")

"""Several targets side by side: the months they share, who is best at what, and what must not be compared."""

from __future__ import annotations

import io
from contextlib import ExitStack, closing
from datetime import date, timedelta

import openpyxl
import pytest

from vitals import cli, targets, warehouse, workspace
from vitals.errors import VitalsError
from vitals.exports import targets as books
from vitals.targets import LINES, Comparison, Line, Months, Target
from vitals.ui.words import targets as words
from vitals.workspace import Upload

pytestmark = pytest.mark.usefixtures("lazily")
ENDS = {1: 31, 2: 28, 3: 31, 4: 30}
SPAN = Months(date(2025, 2, 1), date(2025, 3, 1))


def _exports(client, amount, months):
    """Invoices at each month's end, and an hour of work on each of its days."""
    lines = [f"{client},2025-{month:02}-{ENDS[month]},{amount}" for month in months]
    days = [date(2025, month, 1) + timedelta(day) for month in months for day in range(ENDS[month])]
    hours = [f"{client},Ana,{day},1" for day in days]
    return [
        Upload("lines.csv", "\n".join(["client,invoiced_on,amount", *lines]).encode()),
        Upload("hours.csv", "\n".join(["client,technician,worked_on,hours", *hours]).encode()),
    ]


@pytest.fixture(scope="module")
def two():
    """Birch is paid 10,000 a month in January to March, Cedar 30,000 in February to April."""
    with ExitStack() as opened:
        found = {}
        for name, amount, months in (("Birch", 10_000, (1, 2, 3)), ("=Cedar", 30_000, (2, 3, 4))):
            found[name] = opened.enter_context(closing(warehouse.connect()))
            workspace.load_files(found[name], _exports(name.strip("="), amount, months), workspace.LoadOptions())
        yield found


@pytest.fixture(scope="module")
def found(two):
    return targets.compare(two)


def test_targets_are_taken_over_the_months_that_they_share(found):
    assert found.months == SPAN
    birch, cedar = found.targets
    assert birch.held == Months(date(2025, 1, 1), date(2025, 3, 1))
    # two months each: 2 x 10,000 and 2 x 30,000
    assert [target.values["company_revenue"] for target in (birch, cedar)] == [20_000, 60_000]
    assert found.places(_line("company_revenue")) == {"Birch": 2, "=Cedar": 1}
    # February and March have 59 days, so 59 hours at the assumed 50: 20,000 - 2,950 and 60,000 - 2,950
    assert birch.values["company_gross_margin_pct"] == pytest.approx(17_050 / 20_000)
    assert cedar.values["company_gross_margin_pct"] == pytest.approx(57_050 / 60_000)
    # both have one client, so neither is better
    assert found.places(_line("top1_share")) == {}
    # nobody loaded technicians: missing, without a place
    assert birch.values["team_utilisation_net"] is None
    assert found.places(_line("team_utilisation_net")) == {}
    assert birch.values["months_covered"] == 2 and birch.values["assumed_share"] == 1
    assert "Technicians" in birch.lacks


@pytest.fixture(scope="module")
def half_told(two):
    """Dogwood beside Birch: of Ana's 40 hours a week 59 hours of two months are written down, and one line costs."""
    dogwood = _exports("Dogwood", 20_000, (1, 2, 3))
    costs = Upload("costs.csv", b"client,invoiced_on,amount,direct_cost\nDogwood,2025-03-31,10,4")
    staff = Upload("staff.csv", b"technician,hourly_cost,hours_per_week,starts_on\nAna,30,40,2020-01-01")
    with closing(warehouse.connect()) as con:
        workspace.load_files(con, [*dogwood, costs, staff], workspace.LoadOptions())
        yield targets.compare({"Birch": two["Birch"], "Dogwood": con})


def test_a_target_whose_hours_carry_no_margin_is_not_ranked_by_one_and_says_so(half_told):
    birch, dogwood = half_told.targets
    # January to March: 90 hours of 64 weekdays x 8 h are 18 %
    margins = ("company_gross_margin_pct", "gross_margin_after_bench_pct", "scored_iqr_gross_margin_pct")
    assert [dogwood.values[name] for name in (*margins, "team_utilisation_net")] == [None] * 4
    assert birch.values["company_gross_margin_pct"] is not None and not birch.unread
    assert half_told.places(_line("company_gross_margin_pct")) == {}
    assert half_told.places(_line("company_revenue")) == {"Birch": 2, "Dogwood": 1}
    said = [sentence.replace("\N{NO-BREAK SPACE}", " ") for sentence in targets.apart(half_told)]
    why = "only 18 % of the time at work is written down"
    assert f"Dogwood: no margin can be read, since {why}; it has no place by one." in said
    assert "Birch: no invoice line states a direct cost, so its margins are before tools and resale." in said
    assert words.place(half_told, _line("company_gross_margin_pct"), dogwood) == "can't be read"
    assert "margin" not in words.compared(half_told)


def test_the_book_says_what_cannot_be_read_before_any_figure(half_told):
    made = openpyxl.load_workbook(io.BytesIO(books.book(half_told)))
    first = [str(row[0].value).replace("\N{NO-BREAK SPACE}", " ") for row in made.worksheets[0]]
    assert any(text.startswith("Dogwood: no margin can be read, since only 18 %") for text in first)
    compared = {row[0].value: [cell.value for cell in row] for row in made["Compared"]}
    # the value of each, and no place for either
    assert compared[_line("company_gross_margin_pct").label][3:] == [
        pytest.approx(25_500 / 30_000),
        "can't be read",
        None,
        None,
    ]


def test_the_book_holds_numbers_and_no_formula(found):
    made = openpyxl.load_workbook(io.BytesIO(books.book(found)))
    assert made.sheetnames == ["Read this first", "Compared", "Coverage", "Definitions"]
    compared = [[cell.value for cell in row] for row in made["Compared"]]
    assert compared[0][3:] == ["Birch", "=Cedar", "Place: Birch", "Place: =Cedar"]
    assert compared[1] == ["Revenue", "Revenue", "higher", 20_000, 60_000, 2, 1]
    assert {cell.data_type for row in made["Compared"] for cell in row} <= {"s", "n"}
    assert made["Compared"]["D2"].number_format == "#,##0"
    assert made["Coverage"]["C2"].value.date() == SPAN.month_from
    assert len(made["Definitions"]["A"]) == 1 + len(LINES) + len(targets.COVERED)


def _line(name):
    return next(line for line in LINES if line.name == name)


def _comparison(line: Line, values, currencies=("USD", "USD", "USD", "USD")):
    made = [
        Target(name, currency, SPAN, SPAN, {line.name: value})
        for name, value, currency in zip("abcd", values, currencies, strict=False)
    ]
    return Comparison(tuple(made), SPAN)


@pytest.mark.parametrize(
    ("name", "values", "places"),
    [
        # higher is better, alike share a place, missing has none
        ("recurring_share", (0.5, 0.8, None, 0.5), {"a": 2, "b": 1, "d": 2}),
        # lower is better
        ("top1_share", (0.3, 0.1, 0.2, None), {"a": 3, "b": 1, "c": 2}),
        # a band of 70 to 80 %: 75 and 70 are inside, 62 is 8 points off, 90 is 10 points off
        ("team_utilisation_net", (0.75, 0.62, 0.9, 0.7), {"a": 1, "b": 3, "c": 4, "d": 1}),
        # all alike, or all within the band, as far as they are known: none is better
        ("recurring_share", (0.5, 0.5, None, 0.5), {}),
        ("team_utilisation_net", (0.75, 0.7, 0.72, 0.8), {}),
        # one alone is not ranked
        ("recurring_share", (0.5, None, None, None), {}),
    ],
)
def test_the_best_comes_first(name, values, places):
    line = _line(name)
    found = _comparison(line, values)
    assert found.places(line) == places
    assert [places.get(target.name, 9) for target in found.ranked(line)] == sorted(
        places.get(target.name, 9) for target in found.targets
    )


def test_amounts_of_different_currencies_are_not_ranked():
    codes = ("USD", "EUR", "USD", "")
    found = _comparison(_line("company_revenue"), (1, 2, 3, 4), codes)
    assert found.places(_line("company_revenue")) == {}
    assert "currencies differ (EUR, USD and an unstated one)" in " ".join(targets.apart(found))
    # a share has no currency
    assert _comparison(_line("recurring_share"), (0.1, 0.2, 0.3, 0.4), codes).places(_line("recurring_share"))["d"] == 1


def test_targets_without_a_common_month_are_taken_over_their_own(two, monkeypatch):
    months = {two["Birch"]: [date(2025, 1, 1)], two["=Cedar"]: [date(2025, 3, 1), date(2025, 4, 1)]}
    monkeypatch.setattr(targets, "_covered", months.__getitem__)
    monkeypatch.setattr(targets, "_value", lambda con, name, asked: asked["month_to"].month)
    found = targets.compare(two)
    assert not found.months.is_common
    assert [target.values["top1_share"] for target in found.targets] == [1, 4]
    assert "No month is covered by all of them" in targets.apart(found)[0]


def test_what_cannot_be_compared_is_told(two, monkeypatch):
    monkeypatch.setattr(targets, "_covered", lambda con: [])
    with pytest.raises(VitalsError, match="Birch has no complete month"):
        targets.compare(two)
    with pytest.raises(VitalsError, match="From one to 10"):
        targets.compare(dict.fromkeys(map(str, range(11)), two["Birch"]))


def test_the_command_line_prints_and_writes_the_comparison(found, tmp_path, capsys, monkeypatch):
    paths = [tmp_path / name / "W.duckdb" for name in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        path.touch()
    monkeypatch.setattr(warehouse, "read", lambda path: path.open())
    monkeypatch.setattr(targets, "compare", lambda opened: asked.extend(opened) or found)
    asked = []
    said = ["compare", *map(str, paths), "--out", str(tmp_path / "book.xlsx"), "--format", "csv"]
    assert cli.main(said) == 0
    out, err = capsys.readouterr()
    # two files of one name are told apart by their folders
    assert asked == [str(path) for path in paths]
    assert "Revenue,company_revenue,Revenue,'=Cedar,60000.00,1,money,,2025-02-01,2025-03-01" in out
    assert f"Opening {paths[0]}" in err
    assert (tmp_path / "book.xlsx").read_bytes()[:2] == b"PK"
    assert cli.main(["compare", str(tmp_path / "none.duckdb")]) == cli.REFUSED

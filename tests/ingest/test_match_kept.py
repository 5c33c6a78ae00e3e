"""What a mapping keeps of shapes, units and made columns, in the words of before too; odd ones are refused."""

import json
from dataclasses import fields
from functools import reduce

import pytest

from tests.ingest.tables import cells, table
from vitals.errors import VitalsError
from vitals.ingest.model import MadeColumn
from vitals.ingest.recognise.layouts import Layout
from vitals.ingest.recognise.mapping import OLD_SHAPES, from_dict, mapping_from, to_dict
from vitals.ingest.recognise.match import match
from vitals.ingest.shapes.absences import Absence
from vitals.ingest.shapes.months import Months
from vitals.ingest.shapes.records import Devices, Fold
from vitals.ingest.shapes.rows import Cap, Empty, Group, HeldTax, OtherRows, RowRule
from vitals.ingest.shapes.shape import always, reshape, shapes
from vitals.ingest.shapes.worklogs import WorkLog

SHEET = table([f"Column {number}" for number in range(1, 10)], ["x"] * 9)
LINES = {"client": "Column 1", "invoiced_on": "Column 2", "amount": "Column 3"}
OF_INVOICES = {"entity": "invoice_lines", "columns": LINES}

KEPT = [
    ("*rows", '[{"column": 2, "words": ["draft"], "keeps": false, "exact": true, "reason": "draft_or_voided"}]',
     OtherRows((RowRule(1, ("draft",), False, True, "draft_or_voided"),))),
    ("*fold", "4,9", Fold(3, 8)),
    ("*fold", "4", Fold(3, None)),
    ("*group", "1", Group()),
    ("*empty", '["?", "null"]', Empty(("?", "null"))),
    ("*cap", "10000", Cap(10_000, None)),
    ("*cap", "500,9", Cap(500, 8)),
    ("*gross", "8,7,6,5", HeldTax(7, 6, 5, 4)),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "shape"), KEPT)
def test_a_mapping_of_before_holds_the_same_shape(rule, text, shape):
    kept = from_dict(SHEET, {**OF_INVOICES, "rules": {rule: text}})
    assert kept.shapes == (shape,)
    assert from_dict(SHEET, json.loads(json.dumps(to_dict(SHEET, kept)))).shapes == (shape,)


MADE_BY_SHAPE = [
    ("invoice_lines", {"client": "Column 1", "invoiced_on": 10, "amount": 11},
     {"*months": "2,3,4;9", "invoiced_on": "of_month:2,3,4", "amount": "of_month:2,3,4"}, Months((1, 2, 3), 8)),
    ("invoice_lines", {"client": "Column 1", "invoiced_on": 10, "amount": 11},
     {"*months": "2;", "invoiced_on": "of_month:2", "amount": "of_month:2"}, Months((1,), None)),
    ("time_off", {"technician": "Column 1", "day": 10, "hours": 11},
     {"*span": "2,3,0,5", "day": "of_span:2,3", "hours": "of_span:2,3,5"}, Absence(1, 2, None, 4)),
    ("clients", {"client": "Column 7", "endpoints": 10}, {"*devices": "7", "endpoints": "count"}, Devices()),
    ("time_entries", {"entry_id": 10, "ticket_id": 11, "worked_on": 12, "hours": 13, "technician": 14},
     {"*worklog": "2;8,9", "entry_id": "logged", "ticket_id": "logged", "worked_on": "logged", "hours": "seconds",
      "technician": "logged"}, WorkLog(1, (7, 8))),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "columns", "rules", "shape"), MADE_BY_SHAPE)
def test_columns_that_a_shape_makes_stand_where_they_stood(entity, columns, rules, shape):
    kept = from_dict(SHEET, {"entity": entity, "columns": columns, "rules": rules})
    assert kept.shapes == (shape,) and kept.made == {}
    behind = {name: at - 1 for name, at in columns.items() if isinstance(at, int)}
    assert behind.items() <= kept.columns.items()
    again = from_dict(SHEET, json.loads(json.dumps(to_dict(SHEET, kept))))
    assert (again.columns, again.shapes, again.units) == (kept.columns, kept.shapes, kept.units)


def test_units_and_made_columns_of_before_are_read():
    columns = {"worked_on": 1, "hours": 2, "technician": 10}
    kept = from_dict(
        SHEET, {"entity": "time_entries", "columns": columns, "rules": {"hours": "hms", "technician": "join:5,6"}}
    )
    assert (kept.units, kept.made) == ({"hours": "hours"}, {"technician": MadeColumn("join", (4, 5))})


def test_a_function_that_took_an_absent_column_still_takes_none():
    amount = {**LINES, "amount": 10}
    kept = from_dict(SHEET, {**OF_INVOICES, "columns": amount, "rules": {"amount": "times:3,4,0"}})
    assert kept.made["amount"] == MadeColumn("times", (2, 3, None))


def test_a_column_chosen_by_number_after_it_was_made_is_read_itself():
    kept = from_dict(SHEET, {**OF_INVOICES, "columns": {**LINES, "amount": 3}, "rules": {"amount": "times:3,4,5"}})
    assert (kept.columns["amount"], kept.made) == (2, {})


def test_every_shape_of_before_is_read():
    read = {shape.name for _, _, shape in KEPT} | {shape.name for *_, shape in MADE_BY_SHAPE}
    assert read == {name for name, _ in OLD_SHAPES.values()}


def test_every_shape_is_a_frozen_noun_with_a_name_and_a_place_of_its_own():
    known = shapes()
    assert len({shape.place for shape in known.values()} | {step.place for step in always()}) == len(known) + len(
        always()
    )
    assert not {*known} & {column.name for column in fields(Layout)}
    assert all(shape.__dataclass_params__.frozen for shape in known.values())


def test_a_saved_mapping_names_what_a_column_is_made_of_by_captions():
    header = ["Date", "Client", "Task", "Hours", "First Name", "Last Name"]
    sheet = table(header, ["2025-01-13", "Acme", "Support", "3.5", "Ann", "Lee"])
    [found] = match(sheet)
    assert to_dict(sheet, found)["columns"]["technician"] == {"join": ["First Name", "Last Name"]}
    turned = table(header[::-1], ["Lee", "Ann", "3.5", "Support", "Acme", "2025-01-13"])
    again = from_dict(turned, to_dict(sheet, found))
    assert cells(reshape(turned, again)[0], again.columns["technician"]) == ["Ann Lee"]


DEEP = reduce(lambda inner, _: [inner], range(400), [])
WHOLE = [
    ["x"], "x", 7, None, {"columns": ["a"]}, {"columns": "a"}, {"entity": ["clients"]}, {"system": 7},
    {"units": {"hours": "weeks"}}, {"units": {"hours": ["hours"]}}, {"constants": {"client": 7}}, {"constants": []},
]  # fmt: skip
SOURCES = [
    True, 1.5, {}, [], DEEP, {"join": "a"}, {"join": [["a"]]}, {"join": [None]}, {"shout": ["a"]},
    {"minutes_after": ["a"]},
]  # fmt: skip
RULES = [
    ["x"], {"*fold": 4}, {"*fold": "a"}, {"*fold": ""}, {"*rows": "{"}, {"*rows": "[7]"}, {"*rows": "[" * 5000},
    {"client": "join:x"}, {"client": "shout:1,2"}, {"client": "join"}, "join",
]  # fmt: skip
SHAPES = [
    ["fold"], {"roll": {}}, {"fold": 4}, {"fold": {"by": "4"}}, {"fold": {"by": 0}}, {"fold": {"by": True}},
    {"fold": {"by": DEEP}}, {"empty": {"words": [7]}}, {"other_rows": {"rules": [{"column": 1}]}},
]  # fmt: skip
ODD = [
    *WHOLE,
    *({"columns": {"client": source}} for source in SOURCES),
    *({"columns": {"client": 9}, "rules": rules} for rules in RULES),
    *({"columns": {}, "shapes": laid_out} for laid_out in SHAPES),
]


@pytest.mark.parametrize("said", ODD, ids=lambda said: json.dumps(said)[:60])
def test_an_odd_mapping_is_refused_in_a_sentence(said):
    with pytest.raises(VitalsError) as refused:
        mapping_from(said)
    assert (
        refused.value.message.startswith("The mapping") and refused.value.message.endswith(".") and refused.value.hint
    )


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({**OF_INVOICES, "shapes": {"fold": {"by": 10}}}, "names column 10, but the file has 9"),
        ({**OF_INVOICES, "shapes": {"months": {"months": [4]}}}, 'names a column for "invoiced_on"'),
        ({**OF_INVOICES, "shapes": {"devices": {}}}, 'names "endpoints", which Invoice lines lack'),
        ({**OF_INVOICES, "constants": {"colour": "red"}}, '"colour"'),
        ({"entity": "clients", "columns": {}, "constants": {"client": "Acme"}, "shapes": {"devices": {}}}, '"client"'),
        ({**OF_INVOICES, "columns": {**LINES, "amount": {"join": ["Column 1", 12]}}}, "names column 12"),
    ],
)
def test_a_mapping_whose_parts_go_against_each_other_is_refused(said, message):
    with pytest.raises(VitalsError, match=message):
        from_dict(SHEET, said)

"""What is true of one entity stands in contract.toml: no module asks for one by its name, or lists some of them."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conventions.tree import files, name, syntax
from vitals.contract import CONTRACT_FILE, entities
from vitals.queries import all_queries

ENTITIES = set(entities())
NEEDS = {"vitals/ui/page/contents.py"}
"""What pages and numbers are made from."""
MODULES = [path for path in files("vitals", suffix=".py") if name(path) not in NEEDS]
ROWS_OWN = re.compile(r"^(?!.*(?:entity|kind)).*(?:\.get\(|\[)")
"""A value in the rows of a query that happens to be an entity's name, such as what labour rests on."""


def _literals(nodes: list[ast.expr]) -> set[str]:
    found = (part for node in nodes for part in (node.elts if hasattr(node, "elts") else [node]))
    return {part.value for part in found if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def _compared(tree: ast.Module) -> Iterator[str]:
    """Comparisons of something with an entity's name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            others = [ast.unparse(side) for side in sides if not isinstance(side, ast.Constant)]
            is_rows_own = all(ROWS_OWN.search(other) for other in others)
            if _literals(sides) & ENTITIES and not is_rows_own:
                yield ast.unparse(node)


def _listed(tree: ast.Module) -> Iterator[str]:
    """Dictionaries, sets and sequences of entities and nothing else."""
    for node in ast.walk(tree):
        parts = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", None)
        words = [part.value for part in parts or () if isinstance(part, ast.Constant)]
        if words and len(words) == len(parts or ()) and set(words) <= ENTITIES:
            yield ast.unparse(node)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_knows_an_entity_by_its_name(path: Path) -> None:
    assert [*_compared(syntax(path)), *_listed(syntax(path))] == []


FOUND = (
    'if entity == "tickets": pass',
    'if match.entity != "time_entries": pass',
    'if name in ("reviews", "x"): pass',
    'if report["entity"] == "tickets": pass',
    'if "reviews" in held(): pass',
    'held & {"time_entries", "tickets"}',
    'NOUNS = {"holidays": "holiday"}',
)


@pytest.mark.parametrize("text", FOUND)
def test_such_a_line_would_be_found(text: str) -> None:
    tree = ast.parse(text)
    assert [*_compared(tree), *_listed(tree)]


def test_every_column_that_the_contract_names_is_one_of_the_entity() -> None:
    for entity in entities().values():
        own = {entity.money, entity.hours, entity.document, *entity.key, *entity.key_may_lack, *entity.needs_one_of}
        own |= {column.not_before for column in entity.columns}
        assert {one for one in own if one and not entity.has(one)} == set(), entity.name


def test_what_the_contract_says_is_explained_above_it() -> None:
    text = CONTRACT_FILE.read_text(encoding="utf-8")
    comment = text.partition("\n[")[0]
    said = {key for spec in tomllib.loads(text).values() for key in spec if key != "columns"}
    said |= {key for spec in tomllib.loads(text).values() for column in spec["columns"].values() for key in column}
    plain = {"label", "grain", "key", "help", "required", "captions", "choices"}
    assert {key for key in said - plain if not re.search(rf"\b{key}\b", comment)} == set()


@pytest.mark.parametrize("entity", sorted(ENTITIES))
def test_cleaned_tables_carry_every_column_of_the_contract(entity: str) -> None:
    """Scripts of others read them, whether or not a number does."""
    kept = {column.name for column in all_queries()[f"staging.{entity}"].columns}
    assert {column.name for column in entities()[entity].columns} - kept == set()

"""The map of the import names every module once, so that it can be trusted to find one."""

from collections import Counter
from pathlib import Path

from vitals import ingest


def test_the_map_names_every_module_once() -> None:
    folder = Path(ingest.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"} | {"vendors"}
    stages = [line for line in ingest.__doc__.splitlines() if line.startswith("    ")]
    named = Counter(word for line in stages for word in line.split())
    assert set(named) == modules
    assert max(named.values()) == 1

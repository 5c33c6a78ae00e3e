"""The map of the import names every module once, under the package that holds it, so that it can be trusted."""

from pathlib import Path

import vitals.ingest

FOLDER = Path(vitals.ingest.__file__).parent


def mapped() -> dict[str, list[str]]:
    """Package, "" for none -> the modules that the map names under it."""
    found: dict[str, list[str]] = {}
    package = ""
    for line in (vitals.ingest.__doc__ or "").splitlines():
        if line.startswith("    "):
            found.setdefault(package, []).extend(line.split())
        elif ":" in line:
            named = line.partition(":")[0]
            package = named if (FOLDER / named).is_dir() else ""
    return found


def test_the_map_names_every_module_once() -> None:
    folders = {"": FOLDER} | {path.parent.name: path.parent for path in FOLDER.glob("*/__init__.py")}
    held = {name: sorted(path.stem for path in folder.glob("[!_]*.py")) for name, folder in folders.items()}
    assert {name: sorted(modules) for name, modules in mapped().items()} == held

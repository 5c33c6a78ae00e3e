"""A workbook reckoned again by LibreOffice, and where that differs from what the file says its formulas come to."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

OFFICE = shutil.which("soffice")
# without it the values in the file are believed
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def recalculated(path: Path, folder: Path) -> Path:
    """The same workbook with every formula reckoned anew."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS)
    command = [str(OFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    command += ["--outdir", str(folder / "again"), str(path)]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    return folder / "again" / path.name


def _same(one: Any, other: Any) -> bool:
    one, other = (None if value == "" else value for value in (one, other))
    if one is None or other is None:
        return one is other
    return abs(float(one) - float(other)) <= 1e-6 * max(1, abs(float(one)))


def differences(path: Path, again: Path) -> tuple[int, list[str]]:
    """How many formulas there are, and each that comes to something else."""
    said, found = (load_workbook(file, data_only=True) for file in (path, again))
    everywhere = ((sheet.title, cell) for sheet in load_workbook(path) for row in sheet for cell in row)
    cells = [(title, cell.coordinate) for title, cell in everywhere if cell.data_type == "f"]
    pairs = ((at, said[at[0]][at[1]].value, found[at[0]][at[1]].value) for at in cells)
    return len(cells), [f"{at}: {one}, {other}" for at, one, other in pairs if not _same(one, other)]

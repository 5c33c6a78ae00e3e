"""What the project consists of: its tracked files, its modules as syntax trees, its pages and queries."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MACROS = ROOT / "queries" / "macros.sql"
STATEMENTS = ROOT / "queries" / "workspace"
NOT_OURS = {".venv", ".git", "__pycache__", ".hypothesis"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is or could be committed; without git, every file outside the virtual environment."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    found = [ROOT / name for name in listed.stdout.split("\0") if name] if listed.returncode == 0 else ROOT.rglob("*")
    return tuple(sorted(path for path in found if path.is_file() and not NOT_OURS & set(path.parts)))


def files(*folders: str, suffix: str) -> list[Path]:
    """The files of that suffix in the folders (or files) named, in order."""
    wanted = [ROOT / folder for folder in folders]
    return [path for path in tracked() if path.suffix == suffix and any(path.is_relative_to(to) for to in wanted)]


def pages() -> list[Path]:
    """The page scripts."""
    return files("pages", suffix=".py")


def app_code() -> list[Path]:
    """What runs when a user uses the application."""
    return files("app.py", "pages", "vitals", suffix=".py")


def all_code() -> list[Path]:
    """Every Python file, tests too."""
    return files(".", suffix=".py")


def queries() -> list[Path]:
    """Every query: the SQL files under queries/, but not the macros that they call, nor what writes the workspace."""
    return [path for path in files("queries", suffix=".sql") if path != MACROS and path.parent != STATEMENTS]


def statements() -> list[Path]:
    """Every SQL file that writes a workspace or accounts for it."""
    return [path for path in files("queries", suffix=".sql") if path.parent == STATEMENTS]


def name(path: Path) -> str:
    """A path as messages and test ids show it."""
    return path.relative_to(ROOT).as_posix()


@cache
def syntax(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def calls(path: Path) -> list[ast.Call]:
    """Every call in a file."""
    return [node for node in ast.walk(syntax(path)) if isinstance(node, ast.Call)]


def imports(path: Path) -> set[str]:
    """The absolute module names that a file imports, wherever in it; `from a import b` gives a and a.b."""
    found: set[str] = set()
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found

"""Writes the sample exports, their README and the right answers: python sample_data/generate.py [--out FOLDER]."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from sample_data.generator.build import write  # noqa: E402


def main() -> None:
    """Writes everything into a folder, by default this one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE)
    # everything is written before anything is said, so that a closed pipe leaves no half of a sample
    print("\n".join(list(write(parser.parse_args().out))))


if __name__ == "__main__":
    main()

"""python -m vitals: the same work as the screens, without a browser."""

from __future__ import annotations

import sys

from vitals.cli import main

sys.exit(main())

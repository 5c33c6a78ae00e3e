"""How libraries write a value that isn't there: on a screen it is a dash, or isn't spoken of."""

from __future__ import annotations

import re

MISSING = re.compile(r"(?<![\w-])-?(?:nan|NaN|NaT|inf)\b|<NA>")

"""Starts the reading process without pandas: it makes no data frames, and pyarrow takes long to look for it."""

import sys
from importlib.abc import MetaPathFinder
from typing import Any


class NoDataFrames(MetaPathFinder):
    """Says that pandas isn't there."""

    def find_spec(self, name: str, path: Any, target: Any = None) -> None:
        """Nothing of any other module; ImportError for pandas."""
        if name == "pandas":
            raise ImportError(name)


sys.meta_path.insert(0, NoDataFrames())

from vitals.ingest.process.child import serve  # noqa: E402

serve()

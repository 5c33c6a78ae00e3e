"""What every definition is held to runs on workspaces that build what is asked, and reads files in place."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module", autouse=True)
def quick(lazily):
    """Files are read in place, and tables made when they are read."""

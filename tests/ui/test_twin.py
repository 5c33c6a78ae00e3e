"""The page that a page is timed against is the same page, all that it says of itself included."""

from __future__ import annotations

import pytest

from benchmarks.canned import watching
from tests.ui.conftest import open_page, read

pytestmark = pytest.mark.usefixtures("results")


@pytest.mark.parametrize("page", ["success_criteria", "margin_gap"])
def test_a_page_of_ready_made_results_says_the_same(page):
    with watching() as watch:
        app = open_page(page)
        said = read(app)
        watch.replaying = True
        assert read(app.run()) == said
        # and again, now that all of it is ready-made
        assert read(app.run()) == said
    assert "Rows of the files this page reads: " in said

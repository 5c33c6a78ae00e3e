"""Ready-made results have the columns that the headers of their queries state, and no other query has any."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.ui import canned
from vitals.errors import VitalsError
from vitals.queries import query


@pytest.mark.parametrize("name", [*canned.ONE, *canned.FRAMES, "checks.clients_never_billed"])
def test_columns_are_those_of_the_header(name):
    assert list(canned.run(None, name).columns) == [column.name for column in query(name).columns]


def test_unknown_query_is_said_in_words():
    with pytest.raises(VitalsError, match=r"There is no query named metrics\.client_margins\."):
        canned.run(None, "metrics.client_margins")


def test_column_that_no_header_states_is_said_in_words():
    with pytest.raises(AssertionError, match=r"metrics\.months has no column weather"):
        canned.shaped("metrics.months", pd.DataFrame({"weather": ["fine"]}))

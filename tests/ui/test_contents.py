"""The menu: few lines in few groups, each a question, the pages that belong together as tabs of one line."""

from __future__ import annotations

import pytest

from tests.ui.conftest import PAGES, open_page
from vitals.ui.page import contents

GROUPS = 5
ROOM = 32
"""Characters that a line of the menu has room for."""


def test_menu_has_at_most_five_groups_and_every_group_begins_a_line():
    assert len(contents.groups()) <= GROUPS
    assert all(pages[0].asks for pages in contents.groups().values())


def test_every_line_of_the_menu_asks_something_in_the_room_there_is():
    asked = [line[0].asks for line in contents.lines()]
    assert len(set(asked)) == len(asked)
    assert all(len(words) <= ROOM for words in asked)
    assert [words for words in asked if not words.endswith("?")] == [contents.entry("start").asks]


def test_a_page_is_titled_by_the_words_that_the_menu_leads_there_by():
    first = [line[0] for line in contents.lines()]
    assert [item.name for item in first if not item.question.startswith(item.asks.removesuffix("?"))] == []


@pytest.mark.usefixtures("results")
@pytest.mark.parametrize("page", PAGES)
def test_page_offers_the_pages_of_its_line_as_tabs(page):
    line = contents.line_of(page)
    offered = [link.proto.label for link in open_page(page).get("page_link")]
    labels = [item.label for item in line]
    assert len(line) == 1 or offered[: len(line)] == labels

"""A shelf that readers share: each thing is made once, a maker who fails harms nobody, and it is bounded."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from vitals.kept import shelf
from vitals.kept.shelf import Shelf

PATIENCE = 60


class StoppedError(BaseException):
    """As a framework ends a run that was overtaken."""


def at_once(*tasks):
    threads = [Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    return threads


def end(threads):
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_what_many_ask_for_at_once_is_made_once_and_is_the_same_for_all():
    held, begun, may_end, made, found = Shelf(), Event(), Event(), [], []

    def make():
        made.append(1)
        begun.set()
        assert may_end.wait(PATIENCE)
        return ["rows"]

    first = at_once(lambda: found.append(held.once(("a",), make)))
    assert begun.wait(PATIENCE)
    others = at_once(*[lambda: found.append(held.once(("a",), make))] * 7)
    # another thing is not waited for
    assert held.once(("b",), lambda: "other") == "other"
    may_end.set()
    end(first + others)
    assert len(made) == 1 and len(found) == 8
    assert all(one is found[0] for one in found)


@pytest.mark.parametrize("error", [StoppedError, RuntimeError])
def test_a_maker_who_is_stopped_leaves_nothing_and_who_waited_makes_it(error):
    held, begun, may_end, failed, found = Shelf(), Event(), Event(), [], []

    def stopped():
        begun.set()
        assert may_end.wait(PATIENCE)
        raise error

    def ask():
        try:
            held.once(("a",), stopped)
        except error as raised:
            failed.append(raised)

    first = at_once(ask)
    assert begun.wait(PATIENCE)
    others = at_once(*[lambda: found.append(held.once(("a",), lambda: "whole"))] * 3)
    assert held.things == 0 and found == []
    may_end.set()
    end(first + others)
    assert len(failed) == 1 and found == ["whole"] * 3


def test_what_is_not_worth_it_is_made_anew_for_each():
    held, made = Shelf(), []
    for _ in range(2):
        held.once(("a",), lambda: made.append(1) or "long", lambda found: len(found) < 3)
    assert len(made) == 2 and held.things == 0 and held.bytes == 0


def test_it_holds_so_many_things_and_bytes_and_lets_go_of_what_was_asked_for_longest_ago(monkeypatch):
    monkeypatch.setattr(shelf, "MOST", 3)
    held = Shelf()
    held.once(("a",), lambda: "a")
    held.once(("b",), lambda: "b")
    held.once(("c",), lambda: "c")
    held.once(("a",), lambda: "not made again")
    held.once(("d",), lambda: "d")
    # b was asked for longest ago
    assert [held.once((name,), lambda: "anew") for name in "acd"] == ["a", "c", "d"]
    assert held.once(("b",), lambda: "anew") == "anew"
    monkeypatch.setattr(shelf, "MOST_BYTES", 10_000)
    held.once(("large",), lambda: b"x" * 9_000)
    held.once(("larger",), lambda: b"y" * 9_500)
    assert held.bytes <= 10_000
    assert held.once(("large",), lambda: "gone") == "gone"
    # what is larger than all of it may be drives nothing out
    held.once(("whole",), lambda: b"z" * 20_000)
    assert held.once(("large",), lambda: "again") == "gone"


def test_once_it_is_cleared_it_keeps_nothing_not_even_what_was_under_way():
    held = Shelf()
    held.once(("a",), lambda: "a")

    def make():
        held.clear()
        return "late"

    assert held.once(("b",), make) == "late"
    assert held.things == 0 and held.bytes == 0


def test_two_shelves_know_nothing_of_each_other():
    one, other = Shelf(), Shelf()
    one.once(("a",), lambda: "of one")
    assert other.once(("a",), lambda: "of the other") == "of the other"
    assert one.number != other.number

"""What the server says of the page to browsers: nothing of other hosts belongs to it, and no other page may hold it."""

from __future__ import annotations

import json
import urllib.request

import pytest

from tests.browser import chromium

PATHS = ["", "load", "client_margin", "_stcore/health", "_stcore/host-config", "nowhere/at/all"]


def headers(url: str) -> dict[str, str]:
    with urllib.request.urlopen(url) as reply:
        return {name.lower(): value for name, value in reply.headers.items()}


@pytest.mark.parametrize("path", PATHS)
def test_replies_refuse_frames_and_other_hosts(server, path):
    found = headers(f"{server}/{path}")
    policy = dict(part.split(" ", 1) for part in found["content-security-policy"].split("; "))
    assert policy["frame-ancestors"] == "'none'"
    assert policy["default-src"] == "'self'"
    assert "http" not in found["content-security-policy"]
    assert "unsafe" not in policy["script-src"]
    assert (found["x-frame-options"], found["x-content-type-options"]) == ("DENY", "nosniff")
    assert found["referrer-policy"] == "no-referrer"


def test_no_other_origin_may_speak_to_the_page(server):
    with urllib.request.urlopen(f"{server}/_stcore/host-config") as reply:
        assert json.load(reply)["allowedOrigins"] == []


def test_another_page_can_not_hold_it_in_a_frame(browser, server):
    with chromium.tab(browser, server) as visitor:
        visitor.page.set_content(f'<iframe src="{server}/load" width="900" height="700"></iframe>')
        visitor.page.wait_for_timeout(3000)
        (frame,) = visitor.page.main_frame.child_frames
        assert frame.get_by_test_id("stApp").count() == 0


def test_a_script_that_gets_into_the_page_is_not_run(browser, server):
    with chromium.tab(browser, server) as visitor:
        visitor.open()
        run = "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.wasRun = true\">')"
        visitor.page.evaluate(run)
        visitor.page.wait_for_timeout(500)
        assert visitor.page.evaluate("window.wasRun") is None

"""Sign-in by OpenID Connect, from the button to the name on the page, against a provider of the tests' own."""

from __future__ import annotations

import json

import pytest

from tests.browser import chromium, server
from tests.browser.provider import CLIENT, signing_in

pytest.importorskip("authlib")
ANNA = "anna@firm.example"


@pytest.fixture
def signed(browser, tmp_path):
    """A tab on a server where people sign in, and the provider that knows them."""
    with signing_in() as provider:
        port = server.free_port()
        auth = {
            **CLIENT, "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback", "cookie_secret": "c" * 40,
            "server_metadata_url": f"{provider.address}/.well-known/openid-configuration",
        }  # fmt: skip
        lines = [f"{name} = {json.dumps(value)}" for name, value in auth.items()]
        secrets = tmp_path / "secrets.toml"
        secrets.write_text("\n".join(["[auth]", *lines]))
        told = {"VITALS_SIGN_IN": "oidc", "VITALS_WORKSPACES": str(tmp_path / "kept")}
        told["STREAMLIT_SECRETS_FILES"] = str(secrets)
        with (
            server.started(before=f"import os; os.environ.update({told!r})", port=port) as (url, _),
            chromium.tab(browser, url) as tab,
        ):
            yield tab, provider


def test_whoever_the_provider_names_is_signed_in_until_they_sign_out(signed):
    tab, provider = signed
    provider.person = {"email": ANNA, "email_verified": True}
    refused = []
    tab.page.on("response", lambda reply: refused.append(reply.url) if reply.status == 403 else None)
    tab.open("workspaces")
    assert "Sign in with your account" in tab.everything
    assert "Signed in as" not in tab.everything
    tab.page.get_by_role("button", name="Sign in with your account").click()
    tab.page.get_by_role("button", name="Try it with an invented MSP").wait_for()
    # the next session of the same browser is hers as well, until she leaves
    for _ in range(2):
        tab.open("workspaces")
        # nothing in a name becomes a link: an address is broken up unseen
        assert f"Signed in as {ANNA}" in tab.everything.replace("\N{WORD JOINER}", "")
    assert not refused
    tab.page.get_by_role("button", name="Sign out").click()
    tab.page.wait_for_url(f"{tab.url}/")
    tab.open("workspaces")
    assert "Signed in as" not in tab.everything


def test_an_address_that_the_provider_did_not_confirm_opens_nothing(signed):
    tab, provider = signed
    provider.person = {"email": ANNA, "email_verified": False}
    tab.open("workspaces")
    tab.page.get_by_role("button", name="Sign in with your account").click()
    tab.page.wait_for_url(f"{tab.url}/")
    tab.open("workspaces")
    assert "Signed in as" not in tab.everything
    assert "Sign in with your account" in tab.everything

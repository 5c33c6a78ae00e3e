"""Who is signed in: nobody needs to be, unless the server was told that a proxy or a provider signs people in."""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Mapping
from typing import Any

import streamlit as st
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope
from streamlit import config
from streamlit.web.server.starlette import starlette_websocket
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from vitals.errors import VitalsError
from vitals.kept import folder
from vitals.kept.visitor import Visitor
from vitals.ui.page.safe import md

VARIABLE, PROXY, OIDC = "VITALS_SIGN_IN", "proxy", "oidc"
NAME, MOST_LETTERS = "email", 200
"""Under what the name stands that somebody signs in with, and how long it may be."""
HEADERS = "server.trustedUserHeaders"
NOBODY = VitalsError("You are not signed in.", "Open this address the way your team does, and sign in there.")


def way() -> str:
    """How people sign in: by a proxy, by OpenID Connect, or not at all."""
    return os.environ.get(VARIABLE, "").strip().casefold()


def named(said: Mapping[str, Any]) -> str:
    """The name that is signed in by what the framework was told; empty if nobody is."""
    is_in = way() == PROXY or (said.get("is_logged_in") is True and said.get("email_verified", True) is not False)
    found = str(said.get(NAME) or "").strip().casefold() if is_in else ""
    return found if len(found) <= MOST_LETTERS and found.isprintable() else ""


def person() -> str | None:
    """Who is signed in; none where nobody needs to be. Raises VitalsError where somebody must be and isn't."""
    if not way():
        return None
    found = named(st.user.to_dict())
    if not found:
        raise NOBODY
    return found


def of_request(scope: Scope) -> str:
    """Who sent a request; empty if nobody is signed in."""
    headers = Headers(scope=scope)
    if way() == PROXY:
        return named(starlette_websocket.gather_user_info(headers))
    cookie = starlette_websocket._get_signed_cookie_with_chunks(
        cookie_parser(headers.get("cookie", "")), USER_COOKIE_NAME
    )
    return named(json.loads(cookie)) if cookie else ""


def visitor() -> Visitor | None:
    """The visitor before the folder of kept workspaces; none where nothing is kept."""
    place = folder.folder()
    return Visitor(place, person()) if place else None


def note(what: str, workspace: str = "", files: int = 0) -> None:
    """Log what the visitor did, where somebody is signed in."""
    if found := visitor():
        found.note(what, workspace, files)


def require() -> None:
    """Let nobody go on who must be signed in and isn't."""
    try:
        person()
    except VitalsError as error:
        st.title("Sign in", anchor=False)
        if way() == OIDC:
            if st.button("Sign in with your account", key="sign_in", type="primary"):
                st.login()
        else:
            st.markdown(md(error.message))
            st.caption(md(error.hint))
        st.stop()


def _is_loopback(address: str) -> bool:
    try:
        return address == "localhost" or ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def check_server() -> None:
    """Refuse to serve where signing in would not hold. Raises VitalsError."""
    if not way():
        return
    if way() not in (PROXY, OIDC):
        raise VitalsError(f"{VARIABLE} is neither {PROXY} nor {OIDC}.", "Name one of them, or take it away.")
    if not _is_loopback(str(config.get_option("server.address") or "")):
        raise VitalsError("With sign-in the server listens on 127.0.0.1 alone.", "Put a proxy with TLS before it.")
    if folder.folder() is None:
        raise VitalsError("Sign-in needs a folder for workspaces and for its log.", f"Name it in {folder.VARIABLE}.")
    if way() == PROXY and NAME not in (config.get_option(HEADERS) or {}).values():
        raise VitalsError(f"No header says who is signed in: {HEADERS} names none for {NAME}.", "See docs/server.md.")

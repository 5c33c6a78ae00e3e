"""What the server adds to the framework: headers that keep other sites out, and the end of what a visitor left."""

from __future__ import annotations

import base64
import hashlib
import sys

from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import net_util

from vitals.ui.page import contents
from vitals.ui.page.gate import Gate


def fingerprint(script: str) -> str:
    """By what a policy knows a script that stands in the page: a single changed letter, and it isn't run."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


FRAMEWORK_SCRIPT = "'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='"
OWN_SCRIPTS = (contents.ENTER, contents.LARGE, contents.CHART)
# Streamlit and Plotly make styles as they go, Arrow and Vega compile, and uploads and downloads are blobs of the page.
POLICY = {
    "default-src": "'self'",
    "script-src": " ".join(["'self'", FRAMEWORK_SCRIPT, *map(fingerprint, OWN_SCRIPTS)]),
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "worker-src": "'self' blob:",
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "content-security-policy": "; ".join(f"{what} {sources}" for what, sources in POLICY.items()),
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


class Headers:
    """Says with each reply that nothing of another host belongs to the page, and that no other page may hold it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""

        async def reply(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = [(name, value) for name, value in message["headers"] if name.decode().lower() not in HEADERS]
                ours = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*known, *ours]
            await send(message)

        await self.app(scope, receive, reply)


MIDDLEWARE = [Middleware(Headers), Middleware(Gate)]

# Uploads stay in memory: what is over a megabyte would be laid down on a disk until it has come whole.
MultiPartParser.spool_max_size = sys.maxsize


def unknown() -> None:
    """An address of this machine that nobody looks up."""


# Whether a page of another host may open a socket isn't asked of a service on the internet that tells our address.
net_util.get_external_ip = net_util.get_internal_ip = unknown

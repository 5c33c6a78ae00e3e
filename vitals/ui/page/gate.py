"""The gate before every request where people sign in: nobody else's upload or download is reached by its address."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config, runtime
from streamlit.runtime.media_file_manager import MediaFileManager

from vitals.ui.page import signing

UPLOAD, MEDIA, STATIC, HEALTH = "/_stcore/upload_file/", "/media/", "/static/", "/_stcore/health"
REFUSED = 403
POLICY_VIOLATION = 1008
MADE, MOST_MADE = OrderedDict[str, set[str]](), 10_000
"""Download that was made when it was asked for -> who asked for it; the framework notes it for no session."""
_EXECUTE = MediaFileManager.execute_deferred


def _person_of(session: str) -> str:
    """Who began a session."""
    found: Any = runtime.get_instance().get_app_session(session) if runtime.exists() else None
    return signing.named(found._user_info) if found else ""


def _holders(file: str) -> set[str]:
    """Who has a download of that name on a page."""
    manager: Any = runtime.get_instance().media_file_mgr if runtime.exists() else None
    held = dict(manager._files_by_session_and_coord) if manager else {}
    found = {_person_of(session) for session, files in held.items() if file in dict(files).values()}
    return found | MADE.get(file, set())


def _execute(manager: MediaFileManager, file_id: str) -> str:
    """Make a download, and note for whom."""
    asked, url = _holders(file_id), _EXECUTE(manager, file_id)
    if signing.way():
        MADE.setdefault(_file_of(url), set()).update(asked)
        while len(MADE) > MOST_MADE:
            MADE.popitem(last=False)
    return url


def _file_of(path: str) -> str:
    return path.partition(MEDIA)[2].partition(".")[0]


MediaFileManager.execute_deferred = _execute  # type: ignore[method-assign, assignment]


def _is_download(path: str) -> bool:
    """Whether a path is a session's file; the framework's own letters and signs lie in a folder of that name, too."""
    base = "/" + str(config.get_option("server.baseUrlPath") or "").strip("/")
    return MEDIA in path and not path.removeprefix(base.rstrip("/")).startswith(STATIC)


def _passes(scope: Scope) -> bool:
    """Whether a request is one of somebody who may send it."""
    path, person = str(scope["path"]), signing.of_request(scope)
    if UPLOAD in path:
        return bool(person) and _person_of(path.partition(UPLOAD)[2].partition("/")[0]) == person
    if _is_download(path):
        return bool(person) and person in _holders(_file_of(path))
    # where a provider signs people in, the page that leads to it is anybody's
    return bool(person) or signing.way() == signing.OIDC or path.endswith(HEALTH)


class Gate:
    """Turns away who isn't signed in, and whoever reaches for what is somebody else's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it."""
        if not signing.way() or scope["type"] not in ("http", "websocket") or _passes(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            await PlainTextResponse(signing.NOBODY.message, REFUSED)(scope, receive, send)

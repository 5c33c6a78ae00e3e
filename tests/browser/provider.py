"""An OpenID provider of the tests' own: whoever asks it is the person it was told, without a password."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = {"client_id": "vitals", "client_secret": "the secret of a test"}


class Provider:
    """Says of everybody that they are one person, with an address that is confirmed or not."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.person: dict[str, Any] = {}
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.nonces: dict[str, str] = {}

    def about(self) -> dict[str, Any]:
        """Where it answers what, as clients look it up."""
        at = {name: f"{self.address}/{path}" for name, path in (
            ("authorization_endpoint", "authorize"), ("token_endpoint", "token"), ("jwks_uri", "keys"),
        )}  # fmt: skip
        kinds = {"response_types_supported": ["code"], "subject_types_supported": ["public"]}
        return {"issuer": self.address, **at, **kinds, "id_token_signing_alg_values_supported": ["RS256"]}

    def back(self, asked: dict[str, list[str]]) -> str:
        """Where the browser is sent once the person is known."""
        code = f"code {len(self.nonces)}"
        self.nonces[code] = asked.get("nonce", [""])[0]
        return f"{asked['redirect_uri'][0]}?{urlencode({'code': code, 'state': asked['state'][0]})}"

    def token(self, code: str) -> dict[str, Any]:
        """What a code is worth, once."""
        now = int(time.time())
        said = {"iss": self.address, "sub": "1", "aud": CLIENT["client_id"], "iat": now, "exp": now + 600}
        said |= {"nonce": self.nonces.pop(code), **self.person}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, said, self.key)
        return {"access_token": "none", "token_type": "Bearer", "expires_in": 600, "id_token": signed}


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self, found: dict[str, Any]) -> None:
            body = json.dumps(found).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.back(parse_qs(asked.query)))
                self.end_headers()
            elif asked.path == "/keys":
                self.answer({"keys": [provider.key.as_dict(private=False)]})
            else:
                self.answer(provider.about())

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.answer(provider.token(parse_qs(sent)["code"][0]))

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def signing_in() -> Iterator[Provider]:
    """A provider that answers on the loopback as long as the block lives."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        provider = Provider(f"http://127.0.0.1:{server.server_port}")
        server.RequestHandlerClass = _handler(provider)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield provider
        server.shutdown()
        thread.join()

"""The provider in a process of its own, what people do there, and a road to it that alters what passes."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

import requests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BACK = "/accounts/oidc/callback/"


@dataclass(frozen=True)
class Client:
    """What the provider gave to one installation."""

    id: str
    secret: str
    back: str


@dataclass(frozen=True)
class Provider:
    """A running provider."""

    url: str

    def register(self, back: str) -> Client:
        """Register an installation that people come back to at this address."""
        body = {"redirect_uris": [back], "token_endpoint_auth_method": "client_secret_basic"}
        given = requests.post(f"{self.url}/oauth2/clients", json=body, timeout=5).json()
        return Client(given["client_id"], given["client_secret"], back)

    def knows(self, sub: str, **claims: Any) -> None:
        """Let the provider know somebody, or say something else about them."""
        requests.put(f"{self.url}/users/{quote(sub)}", json=claims, timeout=5).raise_for_status()

    def sign_in(self, address: str, sub: str) -> str:
        """Be somebody there, and give the address that the provider sends them back to."""
        answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def deny(self, address: str) -> str:
        """Think better of it there."""
        answer = requests.post(address, data={"action": "deny"}, allow_redirects=False, timeout=5)
        return answer.headers["Location"]


@contextmanager
def running() -> Iterator[Provider]:
    """Start the provider, and stop it afterwards."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("serve.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield Provider(process.stdout.readline().strip())
    finally:
        process.communicate(timeout=10)


@contextmanager
def road(to: Provider, change: Callable[[str, Any], Any]) -> Iterator[Provider]:
    """A server on the way to the provider: it passes everything on and lets ``change`` alter JSON answers."""

    class Passing(BaseHTTPRequestHandler):
        def _pass(self, body: bytes | None) -> None:
            headers = {
                name: value for name, value in self.headers.items() if name.lower() != "content-length"
            }
            answer = requests.request(
                self.command, to.url + self.path, data=body, headers=headers, allow_redirects=False, timeout=5
            )
            data = answer.content
            if "json" in answer.headers.get("Content-Type", ""):
                data = json.dumps(change(urlsplit(self.path).path, answer.json())).encode()
            self.send_response(answer.status_code)
            self.send_header("Content-Type", answer.headers.get("Content-Type", "text/plain"))
            self.send_header("Content-Length", str(len(data)))
            if "Location" in answer.headers:
                self.send_header("Location", answer.headers["Location"])
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self) -> None:
            self._pass(None)

        def do_POST(self) -> None:
            self._pass(self.rfile.read(int(self.headers.get("Content-Length", 0))))

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("localhost", 0), Passing)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield Provider(f"http://localhost:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def asked(address: str) -> dict[str, str]:
    """What an address asks for."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}

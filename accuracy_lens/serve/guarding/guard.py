"""Who is answered: requests to a name of this server, from its own pages; figures to its operator.

A page elsewhere can have its name lead here once it is loaded (DNS rebinding); its browser then
takes this server for the page's own. The name that the browser asks for tells: it is the page's.
"""

from __future__ import annotations

import ipaddress
import os
import secrets
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from accuracy_lens.words.text import say

HOSTS = "ACCURACY_LENS_HOSTS"
"""Lists further names under which visitors reach the server: a domain, ``*.example.org``, ``*``."""
FIGURES = "ACCURACY_LENS_FIGURES"
"""Holds the password with which the figures are answered, as a bearer token."""
_METRICS_PATH = "/_stcore/metrics"
_MISDIRECTED = 421


def names(address: str) -> tuple[str, ...]:
    """The names that a server answers to, by the address at which it listens.

    An address of numbers is always one of them, since no name leads to another machine then.

    Parameters
    ----------
    address : str
        A name, an address, or ``0.0.0.0`` and ``::`` for all of this machine's.

    Examples
    --------
    >>> names("127.0.0.1")[:2]
    ('localhost', '127.0.0.1')
    """
    listed = os.environ.get(HOSTS, "").replace(",", " ").lower().split()
    own = ["localhost", address.lower()]
    if address in ("", "0.0.0.0", "::"):  # noqa: S104 - compared, not listened at
        here = socket.gethostname().lower()
        own += [here, f"{here}.local", socket.getfqdn().lower()]
    return tuple(dict.fromkeys([*own, *listed]))


def is_known(host: str, known: Sequence[str]) -> bool:
    """Whether a Host header names this server.

    Examples
    --------
    >>> known = ("localhost", "*.example.org")
    >>> [is_known(host, known) for host in ("localhost:8501", "192.168.1.7", "[::1]:80")]
    [True, True, True]
    >>> [is_known(host, known) for host in ("a.example.org", "example.org", "evil.test", "", "a@b")]
    [True, False, False, False, False]
    """
    try:
        parts = urlsplit(f"//{host}")
        name, _ = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    if not name or parts.netloc != host or parts.username is not None:
        return False
    if "*" in known or name in known or _is_number(name):
        return True
    return any(each.startswith("*.") and name.endswith(each[1:]) for each in known)


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """ASGI middleware that answers only requests to a name of this server and from its own pages.

    Parameters
    ----------
    inner : ASGIApp
        What answers the requests.
    known : sequence of str
        See `names`.
    base_path : str
        Below which the server answers.
    """

    def __init__(self, inner: ASGIApp, known: Sequence[str], base_path: str = "") -> None:
        self.inner, self.known, self.base_path = inner, known, base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] not in ("http", "websocket"):
            await self.inner(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        path = scope.get("path", "").removeprefix(self.base_path)
        known = is_known(host, self.known)
        if scope["type"] == "websocket":
            origin = headers.get("origin")
            own = origin is None or urlsplit(origin).netloc.lower() == host.lower()
            if known and own:
                await self.inner(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
        elif not known:
            answer = PlainTextResponse(_to_the_operator(host), _MISDIRECTED)
            await answer(scope, receive, send)
        elif path.startswith(_METRICS_PATH) and not is_operator(headers):
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
        else:
            await self.inner(scope, receive, send)


def _to_the_operator(host: str) -> str:
    return say(
        "This server does not know itself as {host}. Whoever runs it can list that name in "
        "{variable}.",
        host=host[:100], variable=HOSTS,
    )  # fmt: skip


def is_operator(headers: Headers) -> bool:
    """Whether a request has the password that `ACCURACY_LENS_FIGURES` sets; never without one."""
    password = os.environ.get(FIGURES, "")
    given = headers.get("authorization", "").removeprefix("Bearer ")
    return bool(password) and secrets.compare_digest(given.encode(), password.encode())

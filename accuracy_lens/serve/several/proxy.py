"""The proxy before several servers: nginx of the system, and the configuration that it is given."""

from __future__ import annotations

import getpass
import http.client
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from accuracy_lens.serve.guarding.behind import trusted_proxies
from accuracy_lens.serve.plain_page import plain_page
from accuracy_lens.words.language import LANGUAGES
from metrics_core.messages import Message
from metrics_core.reading import LIMITS

COOKIE = "accuracy_lens_server"
"""Says on which server a visitor is."""
_PLACES = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")
"""Where nginx lies on systems that do not have it in the path of a user."""
_CONNECTIONS = 16_384
_SECONDS = 3
_ANEW = Message("Accuracy Lens is being started again. This page tries again in a few seconds.")
_BESIDE_MB = 10


def found() -> str | None:
    """The path of nginx; None where this machine has none."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *_PLACES])
    return shutil.which("nginx", path=path)


def sockets(folder: Path, n: int) -> list[str]:
    """Where the servers of a folder listen, as nginx writes it.

    Examples
    --------
    >>> sockets(Path("/run/lens"), 2)
    ['unix:/run/lens/1.sock', 'unix:/run/lens/2.sock']
    """
    return [f"unix:{folder}/{number}.sock" for number in range(1, n + 1)]


def configuration(
    folder: Path,
    servers: Sequence[str],
    host: str,
    port: int,
    base_path: str = "",
    resting: int | None = None,
) -> str:
    """What nginx is told, so that a visitor stays on one of the servers.

    Parameters
    ----------
    folder : Path
        For the files of nginx; only its owner may enter.
    servers : sequence of str
        Where each listens: a socket as `sockets` gives it, or ``name:8501``. Each says its number,
        from 1, in the header ``Accuracy-Lens-Server``.
    host, port
        Where nginx listens.
    base_path : str
        Below which the servers answer: "" or ``/name``.
    resting : int, optional
        The server that new visitors pass.

    Examples
    --------
    >>> text = configuration(Path("/run"), ["lens-1:80", "lens-2:80"], "127.0.0.1", 8501)
    >>> [line.strip() for line in text.splitlines() if "listen" in line]
    ['listen 127.0.0.1:8501;']
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - a configuration; what is put in is ours
    )
    return environment.get_template("nginx.conf.j2").render(
        folder=folder,
        servers=dict(enumerate(servers, 1)),
        resting=resting or 0,
        listen=f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        base=base_path,
        cookie=COOKIE,
        connections=_CONNECTIONS,
        most_mb=LIMITS.max_bytes // 2**20 + _BESIDE_MB,
        trusted=trusted_proxies(),
        user=_user() if any(server.startswith("unix:") for server in servers) else "",
        apology={name: plain_page(_ANEW, name, _SECONDS) for name in LANGUAGES},
    )


def _user() -> str:
    """Who may enter the folder of the sockets, where nginx would become somebody else."""
    return getpass.getuser() if os.name == "posix" and os.geteuid() == 0 else ""


def is_resting(host: str, port: int, base_path: str, resting: int | None) -> bool:
    """Whether nginx has read the configuration in which a server rests."""
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared
    connection = http.client.HTTPConnection(local, port, timeout=1.0)
    try:
        connection.request("GET", f"{base_path}/_server/resting")
        return connection.getresponse().read() == str(resting or 0).encode()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()

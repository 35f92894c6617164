"""`accuracy-lens serve`: the pages for many, by several servers where that is asked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from accuracy_lens.serve.guarding.behind import trusted_proxies
from accuracy_lens.serve.guarding.frames import frames
from accuracy_lens.shell import options
from accuracy_lens.words.text import say

PORT = 8501
_LAST_SECONDS = 15.0


@click.command("serve", short_help="Serve the pages for many, by several servers.")
@click.option("--host", default="127.0.0.1", help="Where to listen (this machine only).")
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, help=f"The port ({PORT}).")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1,
    help="Servers behind a proxy, which needs nginx (1: no proxy).",
)  # fmt: skip
@click.option("--show-proxy", is_flag=True, help="Print the configuration of the proxy and end.")
@click.option(
    "--server",
    "servers",
    metavar="NAME:PORT",
    multiple=True,
    help="For --show-proxy: where a server listens that is started elsewhere; again for each.",
)
@options.in_language
def serve_pages(
    host: str, port: int, workers: int, *, show_proxy: bool, servers: tuple[str, ...]
) -> None:
    """Serve the pages until the process is told to end.

    With several workers nginx, which must be installed, keeps each visitor on one of them; one
    that dies is started again. SIGHUP starts them anew one after the other.

    \b
    Examples:
      accuracy-lens serve --host 0.0.0.0
      accuracy-lens serve --workers 4
      accuracy-lens serve --workers 4 --show-proxy
    """
    from accuracy_lens.serve.several import proxy  # noqa: PLC0415 - brings templates

    frames()  # refused before the pages are loaded, which takes seconds
    trusted_proxies()
    base_path = f"/{secret}" if (secret := os.environ.get("ACCURACY_LENS_SECRET")) else ""
    if show_proxy:
        folder = Path("/run" if servers else "/run/accuracy-lens")
        shown = servers or proxy.sockets(folder, workers)
        click.echo(proxy.configuration(folder, shown, host, port, base_path), nl=False)
        return
    nginx = proxy.found() if workers > 1 else None
    if nginx is None:
        if workers > 1:
            click.echo(
                say(
                    "This machine has no nginx, which would share the visitors among {n} servers: "
                    "one server is started.",
                    n=workers,
                ),
                err=True,
            )
        from accuracy_lens.serve.server import serve  # noqa: PLC0415 - brings streamlit

        serve(host, port)
        return
    from accuracy_lens.serve.process import drain_seconds  # noqa: PLC0415
    from accuracy_lens.serve.several.starting import serve_several  # noqa: PLC0415

    last = drain_seconds() + _LAST_SECONDS
    sys.exit(serve_several(workers, host, port, nginx, base_path, last))

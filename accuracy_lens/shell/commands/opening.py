"""`accuracy-lens [FILE]`: serve the pages, with a file if one is given, and open the browser."""

from __future__ import annotations

import errno
import socket
import webbrowser
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import click

from accuracy_lens.serve.guarding.frames import frames
from accuracy_lens.shell import options
from accuracy_lens.shell.data import Columns, read
from accuracy_lens.words.language import IN_LINK, current
from accuracy_lens.words.text import say
from metrics_core.errors import InputError
from metrics_core.scenarios import scenario as scenario_of

if TYPE_CHECKING:
    from accuracy_lens.view.state import Upload

PORT = 8501
_TRIED = 50


@click.command("open", short_help="Serve the pages and open the browser (the default).")
@click.argument("file", required=False)
@options.columns
@options.of_scenario
@click.option("--host", default="127.0.0.1", help="Where to listen (this machine only).")
@click.option(
    "--port", type=click.IntRange(0, 65535), help=f"The first port to try ({PORT}); 0: any."
)
@click.option("--no-browser", is_flag=True, help="Only say the address.")
@options.in_language
def open_pages(
    file: str | None,
    columns: Columns,
    scenario: str | None,
    host: str,
    port: int | None,
    *,
    no_browser: bool,
) -> None:
    """Serve the pages and open the browser; with FILE its outputs are in view.

    Where the port is in use the next free one is taken. Ctrl+C ends it.

    \b
    Examples:
      accuracy-lens
      accuracy-lens outputs.npz
      accuracy-lens outputs.csv --y-true label --y-pred p_cat --y-pred p_dog
      accuracy-lens --scenario ten-sigmoid-units --port 8600
    """
    query = {"data": "scenario", "scenario": scenario} if scenario else {}
    if scenario:
        scenario_of(scenario)
    if current() != "en":
        query[IN_LINK] = current()
    frames()  # refused before the pages are loaded, which takes seconds
    upload = None if file is None else _upload(file, columns)
    wanted = PORT if port is None else port
    listening = listen(host, wanted)
    found = listening.getsockname()[1]
    if wanted not in (0, found):
        click.echo(say("Port {wanted} is in use; {found} is taken.", wanted=wanted, found=found))

    def ready(address: str) -> None:
        url = f"{address}/?{urlencode(query)}" if query else address
        click.echo(say("Accuracy Lens is ready at {address}", address=url))
        if not no_browser:
            webbrowser.open(url)

    from accuracy_lens.frame.upload.opened import offer  # noqa: PLC0415 - brings streamlit
    from accuracy_lens.serve.server import serve  # noqa: PLC0415

    if upload is not None:
        offer(upload)
    serve(host, found, listening=listening, ready=ready)


def _upload(file: str, columns: Columns) -> Upload:
    from accuracy_lens.view.state import Upload  # noqa: PLC0415 - brings streamlit
    from metrics_core.reading import to_predictions  # noqa: PLC0415

    table, roles, _ = read(file, columns)
    if not (roles.sure or roles.chosen):
        return Upload(table, roles)  # the page asks
    loaded = to_predictions(table, roles, missing="drop" if columns.drop_missing else "refuse")
    return Upload(table, roles, loaded)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at a port, or at the next one that is free; 0 is any.

    Raises
    ------
    InputError
        Where none is free, and for a host that is not of this machine.

    Examples
    --------
    >>> with listen("127.0.0.1", 0) as first, listen("127.0.0.1", first.getsockname()[1]) as second:
    ...     first.getsockname()[1] < second.getsockname()[1]
    True
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for tried in range(port, min(port + _TRIED, 65536)):
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, tried))
            listening.listen(socket.SOMAXCONN)
        except OSError as error:
            listening.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise InputError(
                    "--host",
                    "must be an address of this machine",
                    host,
                    "Use 127.0.0.1, or 0.0.0.0 for the network.",
                ) from error
        else:
            return listening
    raise InputError(
        "--port",
        "must leave a free port among the next {n}",
        port,
        "Choose another, or 0 for any.",
        n=_TRIED,
    )

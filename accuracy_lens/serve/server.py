"""The web server around `app.py`: safe, compressed responses, a warm start, plain error messages.

``make run`` starts it, as ``python -m accuracy_lens.serve.server``, and ``accuracy-lens`` does; any
ASGI server can serve `app` as well.
Plain ``streamlit run app.py`` shows the same pages without what is added here.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import logging
import os
import secrets
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import streamlit as st
import uvicorn
from starlette.types import ASGIApp
from streamlit import config
from streamlit.runtime import get_instance
from streamlit.runtime.app_session import AppSession

from accuracy_lens.jobs import lesson_folder, parsing
from accuracy_lens.serve.below import Below
from accuracy_lens.serve.custom_metrics import add_own_metrics
from accuracy_lens.serve.forgetting import forget_who_left
from accuracy_lens.serve.front_page import FrontPage, configured_path
from accuracy_lens.serve.guarding.behind import trusted_proxies
from accuracy_lens.serve.guarding.frames import frames
from accuracy_lens.serve.guarding.guard import FIGURES, Guard, names
from accuracy_lens.serve.process import (
    NUMBER,
    drain_seconds,
    end_with_parent,
    raise_limit_of_files,
    share_one_arena,
)
from accuracy_lens.serve.rooms import RoomVersions
from accuracy_lens.serve.script import SCRIPT
from accuracy_lens.serve.taking.draining import Draining
from accuracy_lens.serve.taking.sessions import Sessions
from accuracy_lens.serve.taking.turns import take_turns
from accuracy_lens.serve.taking.uploads import Uploads
from accuracy_lens.serve.transport import CompressedAssets, SecurityHeaders, compress_all
from accuracy_lens.serve.watching import journal
from accuracy_lens.serve.watching.figures import Figures, gather
from accuracy_lens.serve.watching.health import Health
from accuracy_lens.words.text import say, say_error
from metrics_core.errors import InputError

PATH = "ACCURACY_LENS_SECRET"
"""Names a path that only those know who may see the pages: nothing is answered outside of it."""
_LAST_SECONDS = 10

logger = logging.getLogger("accuracy_lens")


def report_error(error: Exception) -> bool:
    """Show an unforeseen error as a sentence with a number; the log has its traceback under it.

    Parameters
    ----------
    error : Exception
        What a page raised and nothing caught.

    Returns
    -------
    bool
        True: Streamlit shows nothing of its own.
    """
    error_id = secrets.token_hex(4)
    logger.error("Error %s", error_id, exc_info=error)
    sentence = say(
        "Something went wrong on our side, and this page could not be finished. Reload it to try "
        "again; if it happens again, report the error number {error_id}.",
        error_id=error_id,
    )
    st.error(sentence, icon=":material/error:")
    return True


async def warm_up() -> None:
    """Do what the first visitor would wait for, and spare the collector all that is loaded.

    Raises
    ------
    RuntimeError
        If the first page does not run.
    InputError
        If the operator's own metrics or lessons cannot be used.
    """
    add_own_metrics()
    lesson_folder.folder()
    parsing.warm()
    compressing = asyncio.create_task(asyncio.to_thread(compress_all))
    runs, outcome = await get_instance().does_script_run_without_error()
    await compressing
    if not runs:
        raise RuntimeError(f"the first page does not run ({outcome}); the log above says why")
    gc.collect()
    gc.freeze()


def _keep_caches(_: AppSession) -> None:
    """Do nothing: the caches are not those of the visitor alone who asks to clear them."""


def announce(address: str) -> None:
    """Print where the pages are."""
    print(say("Accuracy Lens is ready at {address}", address=address), flush=True)


def wrapped(
    ready: Callable[[str], object] = announce,
    host: str | None = None,
    taking: Callable[[], bool] = lambda: True,
    *,
    behind: bool = False,
) -> ASGIApp:
    """Streamlit's application in what is added here; its options lie beside the script.

    Parameters
    ----------
    ready : callable, optional
        Told where the pages are as soon as they can be visited.
    host : str, optional
        Where they are served; by default Streamlit's option.
    taking : callable, optional
        Whether new visitors are taken.
    behind : bool
        Whether a trusted proxy says the addresses of visitors.

    Raises
    ------
    InputError
        If the pages that may show ours in a frame are not listed as they must be.
    """

    @asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[None]:
        await warm_up()
        logging.getLogger("streamlit.error_util").disabled = True  # report_error logs, with number
        host, port = config.get_option("server.address"), config.get_option("server.port")
        ready(f"http://{host}:{port}{configured_path()}")
        forgetting = asyncio.create_task(forget_who_left())
        yield
        forgetting.cancel()

    inner = st.App(SCRIPT, lifespan=lifespan, on_script_error=report_error)
    if host is not None:
        config.set_option("server.address", host)
    if secret := os.environ.get(PATH):
        config.set_option("server.baseUrlPath", secret)
        config.set_option("server.enableXsrfProtection", False)  # frames have no cookies, and who
        config.set_option("server.enableCORS", False)  # asks from elsewhere does not know the path
    path = configured_path()
    take_turns()
    AppSession._handle_clear_cache_request = _keep_caches  # type: ignore[assignment, method-assign] # noqa: SLF001
    pages: ASGIApp = CompressedAssets(FrontPage(Uploads(inner, path), path), path)
    pages = RoomVersions(Below(Figures(pages, path), path), path)
    number = os.environ.get(NUMBER, "")
    pages = Sessions(pages, path, by_address=behind, taking=taking, number=number)
    if not secret:  # which no page elsewhere knows, while frames have other names
        pages = Guard(pages, names(config.get_option("server.address")), path)
    return SecurityHeaders(Health(pages, taking, path), frames())


def __getattr__(name: str) -> ASGIApp:
    """`app` is made when a server asks for it, so that importing this module never fails."""
    if name == "app":
        return wrapped()
    raise AttributeError(name)


def serve(
    host: str | None = None,
    port: int | None = None,
    *,
    listening: socket.socket | None = None,
    uds: str | None = None,
    ready: Callable[[str], object] = announce,
) -> None:
    """Serve the pages until the process is told to end.

    Parameters
    ----------
    host, port : optional
        By default Streamlit's options.
    listening : socket, optional
        Listens there already.
    uds : str, optional
        Path of a socket at which it listens instead, for a proxy that visitors reach at `host` and
        `port`.
    ready : callable, optional
        See `wrapped`.

    Raises
    ------
    InputError
        Before anything listens: for own metrics, lessons, frames or proxies that cannot be used.
    """
    end_with_parent()
    journal.set_up()
    if os.environ.get(FIGURES):
        gather()
    share_one_arena()
    raise_limit_of_files()
    add_own_metrics()
    lesson_folder.folder()
    proxies = "*" if uds else ",".join(trusted_proxies()) or None
    app = wrapped(ready, host, lambda: not server.leaving, behind=proxies is not None)
    if port is not None:
        config.set_option("server.port", port)
    settings = uvicorn.Config(
        app,
        uds=uds,
        forwarded_allow_ips=proxies,
        timeout_graceful_shutdown=_LAST_SECONDS,
        host=config.get_option("server.address"),
        port=config.get_option("server.port"),
        lifespan="on",
        log_level="warning",
        log_config=None if journal.form() == "json" else uvicorn.config.LOGGING_CONFIG,
        server_header=False,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
    )
    server = Draining(settings, drain_seconds())
    with contextlib.suppress(KeyboardInterrupt):
        server.run(None if listening is None else [listening])
    if not server.started:
        sys.exit(3)  # the log says why


def main() -> None:
    """Serve at ``--host`` and ``--port``; the defaults are Streamlit's options.

    With ``--socket`` a proxy serves there, and this server listens at a path for it.

    Own metrics that cannot be used, or lessons in what is no folder, end the program before it
    listens, with a line that says why.
    """
    parser = argparse.ArgumentParser(prog="python -m accuracy_lens.serve.server")
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)
    parser.add_argument("--socket")
    given = parser.parse_args()
    ready = announce if given.socket is None else lambda _: None  # who started it says so
    try:
        serve(given.host, given.port, uds=given.socket, ready=ready)
    except InputError as error:
        sys.exit(say_error(error))


if __name__ == "__main__":
    main()

"""The web server around `app.py`: safe, compressed responses, a warm start, plain error messages.

``make run`` starts it, as ``python -m accuracy_lens.serve.server``; any ASGI server can serve `app`
as well.
Plain ``streamlit run app.py`` shows the same pages without what is added here.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import ctypes
import gc
import logging
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
import uvicorn
from streamlit import config
from streamlit.runtime import get_instance

from accuracy_lens.jobs import lesson_folder, parsing
from accuracy_lens.serve.custom_metrics import add_own_metrics
from accuracy_lens.serve.front_page import FrontPage, configured_path
from accuracy_lens.serve.rooms import RoomVersions
from accuracy_lens.serve.transport import CompressedAssets, SecurityHeaders, compress_all
from accuracy_lens.words.text import say, say_error
from metrics_core.errors import InputError

SCRIPT = Path(__file__).resolve().parents[2] / "app.py"
_M_ARENA_MAX = -8

logger = logging.getLogger("accuracy_lens")


def share_one_arena() -> None:
    """Let all threads take memory from one arena (glibc only).

    Every script run has a thread of its own; with an arena each, freed arrays of some tens of
    megabytes stay behind in all of them.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


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


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Warm up, then say where the pages are."""
    await warm_up()
    logging.getLogger("streamlit.error_util").disabled = True  # report_error logs, with the number
    host, port = config.get_option("server.address"), config.get_option("server.port")
    print(say("Accuracy Lens is ready at http://{host}:{port}", host=host, port=port), flush=True)
    yield


pages = FrontPage(
    st.App(SCRIPT, lifespan=lifespan, on_script_error=report_error), configured_path()
)
app = SecurityHeaders(RoomVersions(CompressedAssets(pages), configured_path()))


def main() -> None:
    """Serve `app` at ``--host`` and ``--port``; the defaults are Streamlit's options.

    Own metrics that cannot be used, or lessons in what is no folder, end the program before it
    listens, with a line that says why.
    """
    share_one_arena()
    parser = argparse.ArgumentParser(prog="python -m accuracy_lens.serve.server")
    parser.add_argument("--host", default=config.get_option("server.address"))
    parser.add_argument("--port", default=config.get_option("server.port"), type=int)
    address = parser.parse_args()
    try:
        add_own_metrics()
        lesson_folder.folder()
    except InputError as error:
        sys.exit(say_error(error))
    config.set_option("server.address", address.host)
    config.set_option("server.port", address.port)
    uvicorn.run(
        app,
        host=address.host,
        port=address.port,
        lifespan="on",
        log_level="warning",
        server_header=False,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
    )


if __name__ == "__main__":
    main()

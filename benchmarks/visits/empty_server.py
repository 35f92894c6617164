"""Serve `empty_app.py` as app.py is served: same middleware, warm, frozen."""

from __future__ import annotations

import argparse
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
import uvicorn
from streamlit import config
from streamlit.runtime import get_instance

from accuracy_lens.serve.transport import CompressedAssets, SecurityHeaders


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    await get_instance().does_script_run_without_error()
    gc.collect()
    gc.freeze()
    yield


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", required=True, type=int)
    port = parser.parse_args().port
    config.set_option("server.port", port)
    script = Path(__file__).with_name("empty_app.py")
    uvicorn.run(
        SecurityHeaders(CompressedAssets(st.App(script, lifespan=lifespan))),
        port=port,
        lifespan="on",
        log_level="warning",
        server_header=False,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
    )


if __name__ == "__main__":
    main()

"""A server of a few lines, as the supervisor starts one: it says who it is and whom it hears."""

from __future__ import annotations

import argparse
import json
import os

import uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route, WebSocketRoute

from accuracy_lens.serve.guarding.guard import Guard, names
from accuracy_lens.serve.watching.health import Health


def said(request):
    return {
        "number": os.environ["ACCURACY_LENS_NUMBER"],
        "pid": os.getpid(),
        "address": request.client.host,
        "host": request.headers["host"],
    }


async def page(request):
    if "full" in request.query_params:
        return HTMLResponse("full", 503)
    if request.query_params.get("passed") == os.environ["ACCURACY_LENS_NUMBER"]:
        return HTMLResponse("passed", 503)
    headers = {"Accuracy-Lens-Server": os.environ["ACCURACY_LENS_NUMBER"]}
    return HTMLResponse(json.dumps(said(request)), headers=headers)


async def rest(request):
    return JSONResponse(said(request) | {"bytes": len(await request.body())})


async def talk(websocket):
    await websocket.accept()
    await websocket.send_json(said(websocket))
    await websocket.receive()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("--host", "--port", "--socket"):
        parser.add_argument(name)
    given = parser.parse_args()
    pages = Starlette(
        routes=[
            Route("/", page),
            Route("/_stcore/upload_file/{rest:path}", rest, methods=["PUT"]),
            Route("/_stcore/{rest:path}", rest),
            Route("/metrics", rest),
            WebSocketRoute("/_stcore/stream", talk),
        ]
    )
    guarded = Health(Guard(pages, names(given.host)), lambda: True)
    uvicorn.run(guarded, uds=given.socket, forwarded_allow_ips="*", log_level="warning")

"""The page that is loaded first: our script in it, allowed by the policy, on every address."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import re
from concurrent.futures import ThreadPoolExecutor

from accuracy_lens.serve.front_page import FrontPage, front_page
from accuracy_lens.serve.transport import content_security_policy

OURS = front_page("").encode()


def answered(kind: str, status: int = 200, method: str = "GET") -> tuple[dict[str, str], bytes]:
    """What the middleware sends where the server behind it sends a compressed body of a kind."""

    async def inner(scope, receive, send):
        headers = [
            (b"content-type", kind.encode()), (b"content-encoding", b"gzip"), (b"etag", b'"x"'),
        ]  # fmt: skip
        await send({"type": "http.response.start", "status": status, "headers": headers})
        body = gzip.compress(b"inner")
        await send({"type": "http.response.body", "body": body[:5], "more_body": True})
        await send({"type": "http.response.body", "body": body[5:]})

    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": "/classes", "headers": []}
    answering = FrontPage(inner, OURS.decode())(scope, None, send)
    with ThreadPoolExecutor(1) as aside:  # this one may have the loop of a browser test
        aside.submit(asyncio.run, answering).result()
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return headers, b"".join(message["body"] for message in sent[1:])


def test_streamlits_page_is_replaced_whole():
    headers, body = answered("text/html; charset=utf-8")
    assert body == OURS
    assert headers["content-length"] == str(len(OURS))
    assert {"content-encoding", "etag"}.isdisjoint(headers)


def test_a_head_request_gets_no_body():
    assert answered("text/html", method="HEAD")[1] == b""


def test_nothing_else_is_touched():
    for kind, status in (("application/json", 200), ("text/html", 404)):
        headers, body = answered(kind, status)
        assert gzip.decompress(body) == b"inner"
        assert headers["content-encoding"] == "gzip"


def test_the_script_is_the_first_and_the_policy_allows_it():
    html = OURS.decode()
    script = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)[0]
    assert html.index(script) < html.index("<title>")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in content_security_policy(html)


def test_the_base_path_is_told():
    assert 'location.origin + "/lens"' in front_page("/lens")
    assert 'location.origin + ""' in OURS.decode()

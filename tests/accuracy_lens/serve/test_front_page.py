"""The page that is loaded first: our script in it, allowed by the policy, on every address."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re

import pytest

from accuracy_lens.serve.front_page import FRONT_END, FrontPage, front_page
from accuracy_lens.serve.transport import content_security_policy
from accuracy_lens.view.pages import PAGES
from accuracy_lens.words.language import CHOICE
from tests import aside

OURS = front_page().encode()


def answered(
    kind: str, status: int = 200, method: str = "GET", path: str = "/classes", query: str = "",
    base: str = "", accept: str = "text/html,*/*;q=0.8", **more: str,
) -> tuple[dict[str, str], bytes]:  # fmt: skip
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

    scope = {
        "type": "http", "method": method, "path": path, "query_string": query.encode(),
        "headers": [(b"accept", accept.encode())]
        + [(name.replace("_", "-").encode(), text.encode()) for name, text in more.items()],
    }  # fmt: skip
    answering = FrontPage(inner, base)(scope, None, send)
    aside.run(answering)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    headers["status"] = sent[0]["status"]
    return headers, b"".join(message["body"] for message in sent[1:])


@pytest.mark.parametrize(
    ("path", "query", "base", "location"),
    [
        ("/no_such_page", "", "", "./?no_such_page=no_such_page"),
        ("/a/b&c", "threshold=0.3&k=", "", "../?threshold=0.3&k=&no_such_page=a%2Fb%26c"),
        ("/lens/no", "", "/lens", "./?no_such_page=no"),
        ("/lens/no/", "", "/lens", "../?no_such_page=no"),
        ("/metrics", "threshold=0.3", "", "./?threshold=0.3"),
    ],
)
def test_a_page_that_is_not_there_leads_to_the_first(path, query, base, location):
    headers, body = answered("text/html", path=path, query=query, base=base)
    assert (headers["status"], headers["location"], body) == (307, location, b"")


@pytest.mark.parametrize(
    "path", ["/", "/lens", "/lens/", *(f"/lens/{page.path}" for page in PAGES[1:])]
)
def test_a_page_that_is_there_is_sent(path):
    headers, body = answered("text/html", path=path, base="" if path == "/" else "/lens")
    assert headers["status"] == 200
    assert b"BACKEND_BASE_URL" in body


def test_only_a_browser_that_asks_for_a_page_is_led_elsewhere_others_are_told_that_it_is_none():
    assert answered("text/html", path="/robots.txt", accept="*/*")[0]["status"] == 404
    assert answered("text/html", path="/no", method="HEAD")[0]["status"] == 404
    assert answered("text/html", path="/", accept="*/*")[0]["status"] == 200


@pytest.mark.parametrize("path", ["/media/x.html", "/component/a/index.html", "/_stcore/x"])
def test_pages_among_files_are_left_as_they_are(path):
    assert gzip.decompress(answered("text/html", path=path)[1]) == b"inner"


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


def test_of_the_scripts_that_it_names_it_names_what_they_import_once_each():
    named = re.findall(r'"\./static/js/([^"]+\.js)"', OURS.decode())
    assert len(named) == len(set(named)) > 100
    for name in named:
        text = (FRONT_END / "static" / "js" / name).read_text("utf-8")
        assert set(re.findall(r"from[\"`]\./([^\"`]+)", text)) <= set(named), name


def test_the_page_is_the_same_below_every_path():
    assert answered("text/html", path="/lens/classes", base="/lens")[1] == OURS
    assert not re.findall(rb'(?:href|src)="/', OURS)
    assert "classes|" in re.search(r"location\.pathname\.replace\(/(.*?)/, ", OURS.decode())[1]


CHOSEN = f"a=b; {CHOICE}=zh"


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ({}, "en"),
        ({"accept_language": "fr, zh-CN;q=0.8"}, "zh-Hans"),
        ({"accept_language": "fr"}, "en"),
        ({"cookie": CHOSEN, "accept_language": "en"}, "zh-Hans"),
        ({"cookie": CHOSEN, "query": "k=3&lang=en"}, "en"),
        ({"query": "lang=zh"}, "zh-Hans"),
        ({"query": "lang=xx", "cookie": CHOSEN}, "zh-Hans"),
        ({"cookie": f"{CHOICE}=<script>"}, "en"),
    ],
)
def test_the_page_names_its_language_before_anything_is_drawn(asked, language):
    headers, body = answered("text/html", **asked)
    assert re.findall(rb"<html lang=\"([^\"]*)\"", body) == [language.encode()]
    assert {"Accept-Language", "Cookie"} <= set(re.split(", *", headers["vary"]))

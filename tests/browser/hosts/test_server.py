"""The served app: headers, compression, and what never happens in the server or the browser."""

from __future__ import annotations

import gzip
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import background, idle, look_at

PROMISED = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def get(url: str, **headers: str) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(
        url, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.fixture(scope="module")
def unwatched_page(tabs) -> Iterator[Page]:
    page = tabs.take()
    open_first_page(page)
    yield page
    tabs.give_back(page)


def open_first_page(page: Page) -> None:
    page.goto("/")
    idle(page)
    page.get_by_test_id("stMain").get_by_test_id("stElementContainer").first.wait_for()


@pytest.fixture
def script_url(server) -> str:
    _, _, index = get(server.url)
    script = re.search(r'static/js/index[^"]+', index.decode())
    return f"{server.url}/{script[0]}"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/a/page/that/is/not/there", 404),
        ("/_stcore/health", 200),
        ("/_stcore/host-config", 200),
        ("/media/none.csv", 404),
        ("/..%2fetc", 400),
    ],
)
def test_every_answer_carries_the_security_headers(server, path, status):
    answered, headers, _ = get(server.url + path)
    assert answered == status
    assert {name: headers[name] for name in PROMISED} == PROMISED
    assert headers["Content-Security-Policy"]
    assert "Server" not in headers


def test_the_policy_names_no_other_host_and_no_eval(server):
    _, headers, _ = get(server.url)
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert "connect-src" not in policy
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    allowed = {source for sources in policy.values() for source in sources.split()}
    hashes = {source for source in allowed if source.startswith("'sha256-")}
    assert allowed - hashes == {"'self'", "'none'", "'unsafe-inline'", "blob:", "data:"}
    assert "'unsafe-inline'" not in policy["script-src"]


def test_scripts_are_sent_compressed_and_kept(script_url):
    _, plain_headers, plain = get(script_url, Accept_Encoding="identity")
    status, headers, body = get(script_url, Accept_Encoding="gzip, br")
    assert status == 200
    assert headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain_headers
    assert gzip.decompress(body) == plain
    assert len(body) < len(plain) / 2
    assert headers["Content-Type"].startswith("text/javascript")
    assert headers["Cache-Control"] == plain_headers["Cache-Control"]
    assert "immutable" in headers["Cache-Control"]
    assert headers["Vary"] == plain_headers["Vary"] == "Accept-Encoding"
    assert headers["ETag"] != plain_headers["ETag"]


def test_a_script_that_the_browser_has_is_not_sent_again(script_url):
    _, headers, _ = get(script_url, Accept_Encoding="gzip")
    again = {"Accept_Encoding": "gzip", "If_None_Match": headers["ETag"]}
    status, _, body = get(script_url, **again)
    assert (status, body) == (304, b"")
    again["If_None_Match"] = '"another"'
    assert get(script_url, **again)[0] == 200


def test_the_first_page_needs_no_script_that_its_head_does_not_name(server, unwatched_page: Page):
    unwatched_page.locator(".st-key-rest [data-testid=stDataFrame] canvas").last.wait_for()
    scripts = unwatched_page.evaluate(
        "() => performance.getEntriesByType('resource').map((each) => each.name)"
        ".filter((name) => name.includes('/static/js/'))"
    )
    named = set(re.findall(r"static/js/([^\"]+)", get(server.url)[2].decode()))
    assert len(scripts) > len(named) / 2
    assert {script.rpartition("/")[2] for script in scripts} <= named


def test_the_first_page_is_drawn_to_its_end_in_both_themes_and_fits_a_phone(new_page):
    page = new_page(color_scheme="dark")  # before the page is there: the theme of the first paint
    open_first_page(page)
    expect(page).to_have_title(re.compile("Accuracy Lens"))
    page.get_by_test_id("stSidebar").wait_for()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert 0 <= min(background(page)) <= max(background(page)) <= 40
    look_at(page, "light", 390, 844)
    assert 250 <= min(background(page)) <= max(background(page)) <= 255
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    ("attempt", "directive"),
    [
        ("fetch('http://elsewhere.invalid/').catch(() => 0)", "connect-src"),
        ("new WebSocket('ws://elsewhere.invalid/')", "connect-src"),
        ("new Image().src = 'http://elsewhere.invalid/a.png'", "img-src"),
        ("add('script', 'http://elsewhere.invalid/a.js')", "script-src-elem"),
        ("add('iframe', 'http://elsewhere.invalid/')", "frame-src"),
        ("setTimeout('1', 0)", "script-src"),
    ],
)
def test_the_browser_refuses_what_calls_out(unwatched_page: Page, attempt, directive):
    refused = unwatched_page.evaluate(
        """() => new Promise(resolve => {
            document.addEventListener(
                "securitypolicyviolation",
                event => resolve(event.effectiveDirective),
                { once: true });
            setTimeout(() => resolve("allowed"), 5000);
            const add = (tag, src) =>
                document.body.append(Object.assign(document.createElement(tag), { src }));
            ATTEMPT;
        })""".replace("ATTEMPT", attempt)
    )
    assert refused == directive


def test_a_file_that_the_server_does_not_take_is_told_in_its_sentence(unwatched_page: Page):
    page, sentence = unwatched_page, "The server keeps as many files as it can."
    page.goto("/?data=upload")
    where = "**/_stcore/upload_file/**"
    page.route(
        where, lambda sent: sent.fulfill(status=503, body=sentence, content_type="text/plain")
    )
    page.locator("input[type=file]").first.set_input_files(
        {"name": "mine.csv", "mimeType": "", "buffer": b"y_true,y_pred\n1,0.7\n0,0.2\n"}
    )
    expect(page.get_by_test_id("stFileUploader").first.get_by_text(sentence)).to_be_visible()
    page.unroute(where)


def test_the_server_never_loads_tensorflow(unwatched_page, server):
    maps = Path(f"/proc/{server.pid}/maps")
    if not maps.exists():
        pytest.skip("needs /proc to see what the server has loaded")
    loaded = maps.read_text()
    assert "numpy" in loaded
    assert "tensorflow" not in loaded

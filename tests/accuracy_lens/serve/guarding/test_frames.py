"""Who may show the pages in a frame: nobody, unless the operator lists them."""

from __future__ import annotations

import pytest

from accuracy_lens.serve.guarding import frames
from accuracy_lens.serve.transport import security_headers
from metrics_core.errors import InputError
from tests.every import every


@every(
    "listed",
    [
        "https://lms.example",
        "https://lms.example:8443 http://localhost:*",
        "https://*.example.org, 'self'",
        "vscode-webview:",
    ],
)
def test_what_the_operator_lists_may(listed):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(frames.VARIABLE, listed)
        headers = security_headers(frames.frames())
    wanted = " ".join(listed.replace(",", " ").split())
    assert headers["Content-Security-Policy"].endswith(f"; frame-ancestors {wanted}")
    assert "X-Frame-Options" not in headers


@every(
    "listed",
    [
        "*",
        "lms.example",
        "https://lms.example/course",
        "https://lms.example; script-src *",
        "'unsafe-inline'",
        "https://a b",
    ],
)
def test_what_is_no_address_is_refused(listed):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(frames.VARIABLE, listed)
        with pytest.raises(InputError, match=frames.VARIABLE):
            frames.frames()


def test_nobody_else_may(monkeypatch):
    for value in ("", None):
        monkeypatch.delenv(frames.VARIABLE, raising=False)
        if value is not None:
            monkeypatch.setenv(frames.VARIABLE, value)
        headers = security_headers(frames.frames())
        assert headers["Content-Security-Policy"].endswith("; frame-ancestors 'none'")
        assert headers["X-Frame-Options"] == "DENY"

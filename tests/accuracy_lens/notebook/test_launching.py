"""`launch`: a server of one's own, below a secret path, that ends with the notebook."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
import types
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest

import accuracy_lens
from accuracy_lens.notebook import frame
from metrics_core.errors import InputError
from metrics_core.settings import Settings

ROOT = Path(__file__).parents[3]
RANDOM = np.random.default_rng(0)
LABELS, OUTPUTS = RANDOM.integers(0, 2, 100), RANDOM.random(100)


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except urllib.error.URLError:
        return 0  # nobody listens


@pytest.fixture
def shown(monkeypatch):
    """What a notebook would show."""
    frames = []
    display = types.ModuleType("IPython.display")
    display.IFrame = lambda url, width, height: (url, width, height)
    display.display = frames.append
    shell = types.ModuleType("IPython")
    shell.get_ipython = lambda: types.SimpleNamespace(kernel=object())
    monkeypatch.setitem(sys.modules, "IPython", shell)
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    return frames


def test_it_serves_these_arrays_to_who_knows_the_path_until_it_is_closed(
    shown, monkeypatch, tmp_path
):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    lens = accuracy_lens.launch(LABELS, OUTPUTS, class_names=["cat", "dog"], height=700)
    try:
        parts = urlsplit(lens.url)
        assert shown == [(lens.url, "100%", 700)]
        assert parts.hostname == "127.0.0.1"
        assert len(parts.path) > 30
        with urllib.request.urlopen(lens.url, timeout=30) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "frame-ancestors 'self' http://localhost:*" in policy
            assert "X-Frame-Options" not in answer.headers
        assert status(f"{lens.url}_stcore/health") == 200
        outside = f"http://{parts.netloc}"
        for path in ("/", "/_stcore/health", "/settings.json", "/static/", parts.path[:-5]):
            assert status(outside + path) == 404, path
        assert lens.settings == Settings()
        assert "served" in repr(lens)
        kept = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert all(stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 for path in kept)
        assert not [path for path in kept if OUTPUTS.tobytes()[:64] in path.read_bytes()]
    finally:
        lens.close()
    assert status(lens.url) == 0
    assert "closed" in repr(lens)


@pytest.mark.long
def test_it_stays_without_its_handle_and_ends_when_the_notebook_is_killed():
    code = (
        "import accuracy_lens, time\n"
        "print(accuracy_lens.launch([0, 1, 1, 0], [0.2, 0.7, 0.4, 0.6]).url, flush=True)\n"
        "time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as notebook:
        try:
            url = notebook.stdout.readline().strip()
            assert status(url) == 200
        finally:
            os.kill(notebook.pid, signal.SIGKILL)
    end = time.monotonic() + 30
    while time.monotonic() < end and status(url):
        time.sleep(0.5)
    assert status(url) == 0


def test_a_server_that_cannot_start_says_why(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("ACCURACY_LENS_FRAMES", "https://lms.example/course")
    with pytest.raises(InputError, match="`ACCURACY_LENS_FRAMES` must list addresses"):
        accuracy_lens.launch(LABELS, OUTPUTS)


def test_behind_a_hub_the_frame_is_below_its_proxy(monkeypatch):
    url = "http://127.0.0.1:8600/secret/"
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/user/ann/")
    assert frame.address_for_browser(url) == "/user/ann/proxy/8600/secret/"


def test_in_colab_its_own_frame_is_used(monkeypatch):
    asked = []
    output = types.SimpleNamespace(
        serve_kernel_port_as_iframe=lambda port, path, height: asked.append((port, path, height))
    )
    google = types.ModuleType("google.colab")
    google.output = output
    monkeypatch.setitem(sys.modules, "google.colab", google)
    frame.show("http://127.0.0.1:8600/secret/", 900)
    assert asked == [(8600, "/secret/", "900")]

"""What is installed comes from where pip would take it, also where uv fails."""

from __future__ import annotations

import json
import os
import sys

import pytest

from tools import install

WRITES = "import json, os, sys; json.dump([sys.argv[1:], dict(os.environ)], open({!r}, 'w'))"


def written(file):
    arguments, variables = json.loads(file.read_text("utf-8"))
    return arguments, variables


@pytest.fixture
def uv(monkeypatch, tmp_path):
    file = tmp_path / "uv.json"
    monkeypatch.setattr(install, "UV", [sys.executable, "-c", WRITES.format(str(file))])
    return file


def test_uv_is_told_the_index_and_the_certificate_that_pip_was_told(monkeypatch, tmp_path, uv):
    (tmp_path / "pip.conf").write_text(
        "[global]\nindex-url = https://mirror.test/simple\nextra-index-url = https://a.test https://b.test\n"
        "find-links = /wheels\n  /more\n[install]\nindex-url = https://nearer.test/simple\n"
    )
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setenv("PIP_CERT", "/own.pem")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("UV_INDEX", "https://of-the-shell.test")
    assert install.main("-r", "some.txt") == 0
    arguments, variables = written(uv)
    assert arguments == ["-r", "some.txt"]
    assert {name: variables.get(name) for name in install.HANDED_ON.values()} == {
        "UV_DEFAULT_INDEX": "https://nearer.test/simple",
        "UV_INDEX": "https://of-the-shell.test",
        "UV_FIND_LINKS": "/wheels,/more",
        "UV_NO_INDEX": None,
        "UV_CONSTRAINT": variables.get("UV_CONSTRAINT"),
        "UV_INSECURE_HOST": None,
        "SSL_CERT_FILE": "/own.pem",
        "ALL_PROXY": os.environ.get("ALL_PROXY"),
    }


def test_where_uv_fails_pip_installs_and_where_both_fail_it_is_told(monkeypatch, tmp_path, capfd):
    file = tmp_path / "pip.json"
    monkeypatch.setattr(install, "UV", [sys.executable, "-c", "raise SystemExit(2)"])
    monkeypatch.setattr(install, "PIP", [sys.executable, "-c", WRITES.format(str(file))])
    assert install.main("--require-hashes", "-r", "some.txt") == 0
    assert written(file)[0][0] == "install"
    assert written(file)[0][-3:] == ["--require-hashes", "-r", "some.txt"]
    assert "could not install (exit code 2)" in capfd.readouterr().err
    monkeypatch.setattr(install, "PIP", [sys.executable, "-c", "raise SystemExit(3)"])
    assert install.main("-r", "some.txt") == 3

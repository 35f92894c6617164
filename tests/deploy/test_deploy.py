"""What is deployed agrees with the program: files, settings, servers and their proxy."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from accuracy_lens.serve.several import proxy

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
SERVERS = {name: each for name, each in COMPOSE.items() if name.startswith("lens-")}
UNIT = (DEPLOY / "accuracy-lens.service").read_text(encoding="utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
DOCS = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
CODE = [*ROOT.glob("accuracy_lens/**/*.py"), *ROOT.glob("metrics_core/**/*.py")]
SETTING = re.compile(r"ACCURACY_LENS_[A-Z_]*[A-Z]")


def test_the_configuration_of_the_proxy_is_what_the_program_writes():
    servers = [f"{name}:8501" for name in SERVERS]
    assert proxy.configuration(Path("/run"), servers, "0.0.0.0", 8501) == NGINX


@pytest.mark.skipif(proxy.found() is None, reason="no nginx: its configuration is not read")
def test_nginx_takes_the_configuration(tmp_path):
    text = re.sub(r"lens-\d", "127.0.0.1", NGINX).replace("/run", str(tmp_path))
    (tmp_path / "nginx.conf").write_text(text)
    command = [proxy.found(), "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_each_server_has_its_number_and_the_proxys_network_is_trusted():
    numbers = [each["environment"]["ACCURACY_LENS_NUMBER"] for each in SERVERS.values()]
    assert numbers == ["1", "2"]
    whole = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    (subnet,) = whole["networks"]["inside"]["ipam"]["config"]
    for each in SERVERS.values():
        assert each["environment"]["ACCURACY_LENS_PROXY"] == subnet["subnet"]
        drain = int(each["environment"]["ACCURACY_LENS_DRAIN"])
        assert drain + 15 <= int(each["stop_grace_period"].removesuffix("s"))
    assert {name for name, each in COMPOSE.items() if "ports" in each} == {"proxy"}


def test_every_setting_that_is_used_exists_and_is_documented():
    known = set(SETTING.findall("".join(file.read_text(encoding="utf-8") for file in CODE)))
    given = {name for each in COMPOSE.values() for name in SETTING.findall(str(each))}
    given |= {*SETTING.findall(UNIT), *SETTING.findall((DEPLOY / "Containerfile").read_text())}
    assert given <= known
    others = {"ACCURACY_LENS_PARENT", "ACCURACY_LENS_SHARE", "ACCURACY_LENS_COMPLETE"}
    assert known - others - set(SETTING.findall(DOCS)) == set()


def test_the_image_holds_what_the_pages_need():
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = {
        name for line in re.findall(r"^COPY (.*) \S+$", text, re.MULTILINE) for name in line.split()
    }
    assert copied >= {"app.py", "pages", ".streamlit", "metrics_core", "accuracy_lens"}
    assert all((ROOT / name).exists() for name in copied)
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {f"!{name}" for name in copied} <= set(let_in)


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="no systemd: the unit is not read"
)
def test_systemd_takes_the_unit(tmp_path):
    (tmp_path / "lens.service").write_text(
        UNIT.replace("/opt/accuracy-lens/.venv/bin/python", shutil.which("true") or "")
    )
    command = ["systemd-analyze", "verify", str(tmp_path / "lens.service")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")

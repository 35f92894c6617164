"""Install packages with uv, which takes half of pip's time, or with pip where uv cannot.

uv does not read pip's settings, where an index or a certificate of one's own may stand: they are
handed on. `python -m tools.install` takes the arguments of `pip install` that both know.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Mapping

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
UV = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", sys.executable]
HANDED_ON = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "constraint": "UV_CONSTRAINT",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}
SECTIONS = ("global", "install", ":env:")  # the last one counts, as for pip


def settings(listed: str) -> dict[str, str]:
    """What `pip config list` printed, as uv's variables; like pip, uv then takes the best of all.

    >>> settings("global.index-url='https://a'\\n:env:.index-url='https://b'")["UV_DEFAULT_INDEX"]
    'https://b'
    """
    found = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    lines = [line.partition("=") for line in listed.splitlines()]
    for section in SECTIONS:
        for key, _, value in lines:
            where, _, name = key.rpartition(".")
            if where == section and name in HANDED_ON:
                parts = str(ast.literal_eval(value)).split()
                found[HANDED_ON[name]] = ("," if name == "find-links" else " ").join(parts)
    return found


def commands(arguments: list[str], given: Mapping[str, str]) -> list[tuple[list[str], dict]]:
    """Each command to try and its variables; what the shell says of uv itself goes first."""
    listed = subprocess.run([*PIP, "config", "list"], capture_output=True, text=True, check=False)
    return [
        ([*UV, *arguments], settings(listed.stdout) | dict(given)),
        ([*PIP, "install", "--quiet", "--no-compile", *arguments], dict(given)),
    ]


def main(*arguments: str) -> int:
    for command, variables in commands(list(arguments), os.environ):
        code = subprocess.run(command, env=variables, check=False).returncode
        if code == 0:
            return 0
        print(f"{command[2]} could not install (exit code {code}).", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""Several servers from the shell: the port that they share, their folder, and what is said."""

from __future__ import annotations

import os
import socket
import tempfile
from pathlib import Path

from accuracy_lens.jobs.folders import prefix
from accuracy_lens.serve.several.supervisor import Supervisor
from accuracy_lens.words.text import say
from metrics_core.errors import InputError


def check_port(host: str, port: int) -> None:
    """See that a port is free.

    Raises
    ------
    InputError
        Where something listens there, and for a host that is not of this machine.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise InputError(
                "--port",
                "must be free at an address of this machine",
                f"{host}:{port} ({os.strerror(error.errno or 0)})",
                "Choose another port, or 127.0.0.1 or 0.0.0.0 as --host.",
            ) from error


def serve_several(
    n: int, host: str, port: int, nginx: str, base_path: str, last_seconds: float
) -> int:
    """Serve with several servers until told to end; the exit code. See `Supervisor`."""
    check_port(host, port)
    with tempfile.TemporaryDirectory(prefix=prefix("servers")) as made:
        folder = Path(made)
        supervisor = Supervisor(n, host, port, nginx, folder, base_path, last_seconds=last_seconds)

        def ready() -> None:
            address = f"http://{host}:{port}{base_path}"
            print(say("Accuracy Lens is ready at {address}", address=address))
            print(
                say(
                    "{n} servers share the visitors; the proxy is configured by {file}",
                    n=n, file=supervisor.configuration_file,
                ),
                flush=True,
            )  # fmt: skip

        return supervisor.run(ready)

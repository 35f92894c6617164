"""The frame in a notebook: where the pages are for the browser that shows it."""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit

NOTEBOOKS = (
    "'self' http://localhost:* http://127.0.0.1:* https://localhost:* vscode-webview: "
    "https://*.googleusercontent.com https://colab.research.google.com"
)
"""Who may show the pages unless the operator lists others: notebooks on this machine and Colab."""


def address_for_browser(url: str) -> str:
    """The address as the browser reaches it: below the proxy of a hub, where there is one.

    Examples
    --------
    >>> address_for_browser("http://127.0.0.1:8600/secret/")
    'http://127.0.0.1:8600/secret/'
    """
    prefix = os.environ.get("JUPYTERHUB_SERVICE_PREFIX")
    if not prefix:
        return url
    parts = urlsplit(url)
    return f"{prefix.rstrip('/')}/proxy/{parts.port}{parts.path}"


def show(url: str, height: int) -> None:
    """Show the pages below the cell that runs; outside of a notebook do nothing."""
    if "google.colab" in sys.modules:
        from google.colab import output  # noqa: PLC0415 - there only

        parts = urlsplit(url)
        output.serve_kernel_port_as_iframe(parts.port, path=parts.path, height=str(height))
        return
    shell = sys.modules.get("IPython")
    running = shell and shell.get_ipython()
    if running is None or not hasattr(running, "kernel"):
        return
    from IPython.display import IFrame, display  # noqa: PLC0415 - there only

    display(IFrame(address_for_browser(url), width="100%", height=height))

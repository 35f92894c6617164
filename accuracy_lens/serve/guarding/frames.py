"""Who may show the pages in a frame: nobody, unless the operator lists them."""

from __future__ import annotations

import os
import re

from metrics_core.errors import InputError

VARIABLE = "ACCURACY_LENS_FRAMES"
_SOURCE = re.compile(r"('self'|https?://(\*\.)?[\w.\-]+(:(\d+|\*))?|[a-z][a-z0-9+.\-]*:)")


def frames() -> tuple[str, ...]:
    """The addresses that `ACCURACY_LENS_FRAMES` lists, with blanks or commas between them.

    Returns
    -------
    tuple of str
        Each as ``frame-ancestors`` takes it: ``https://lms.example``, ``https://*.example.org``,
        ``http://localhost:*``, ``'self'``, or a scheme such as ``vscode-webview:``. Empty by
        default.

    Raises
    ------
    InputError
        For anything else.

    Examples
    --------
    >>> frames()
    ()
    """
    listed = tuple(os.environ.get(VARIABLE, "").replace(",", " ").split())
    for source in listed:
        if not _SOURCE.fullmatch(source):
            raise InputError(
                VARIABLE,
                "must list addresses of pages, with blanks between them",
                source,
                "Write each as https://lms.example, without a path.",
            )
    return listed

"""The log as one JSON object a line, with nothing of what visitors uploaded or typed."""

from __future__ import annotations

import json
import logging
import os
import re
import time
import traceback

from streamlit import logger as streamlit_logger

from accuracy_lens.serve.process import NUMBER
from metrics_core.errors import InputError

FORM = "ACCURACY_LENS_LOG"
"""``json`` for one object a line; by default the log is text for people."""
OURS = "accuracy_lens"
FACTS = "facts"
"""The attribute of a record with numbers and names of ours."""
_PLACE = re.compile(r'File "([^"]+)", line (\d+), in (\S+)')
_KIND = re.compile(r"^([A-Za-z_][\w.]*)(?::|$)")


class Line(logging.Formatter):
    """A record as one line of JSON.

    An exception may quote a cell of a file: its class and the places in the code are kept, its
    words are not; neither are those of other packages, beyond the template of their message.

    Examples
    --------
    >>> record = logging.LogRecord(OURS, 30, "a.py", 1, "%s ends", ("Server",), None)
    >>> json.loads(Line().format(record))["message"]
    'Server ends'
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        ours = record.name == OURS
        first, _, rest = (record.getMessage() if ours else str(record.msg)).partition("\n")
        said: dict[str, object] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            + f".{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": first,
        }
        if number := os.environ.get(NUMBER):
            said["server"] = int(number)
        trace = rest
        if record.exc_info and record.exc_info[0] is not None:
            trace = "".join(traceback.format_exception(*record.exc_info))
        if trace:
            said["exception"] = _kind(trace)
            said["places"] = [f"{file}:{line} {name}" for file, line, name in _PLACE.findall(trace)]
        return json.dumps(said | getattr(record, FACTS, {}))


def _kind(trace: str) -> str:
    """The class of the last exception of a trace: what begins the line below its places.

    Examples
    --------
    >>> _kind('Traceback:\\n  File "a.py", line 1, in f\\nOSError: b\\nc: d')
    'OSError'
    """
    _, place, last = trace.rpartition('\n  File "')
    below = last.splitlines()[1:] if place else last.splitlines()
    found = _KIND.match(next((line for line in below if not line.startswith(" ")), ""))
    return found[1] if found else ""


def form() -> str:
    """What `ACCURACY_LENS_LOG` says: ``json`` or ``text``.

    Raises
    ------
    InputError
        For anything else.

    Examples
    --------
    >>> form()
    'text'
    """
    wanted = os.environ.get(FORM, "") or "text"
    if wanted not in ("json", "text"):
        raise InputError(FORM, "must be json or text", wanted, "Leave it out for text.")
    return wanted


def set_up() -> None:
    """Let all loggers of the process write lines, where the operator asks for that.

    Raises
    ------
    InputError
        See `form`.
    """
    if form() != "json":
        return
    handler = logging.StreamHandler()
    handler.setFormatter(Line())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.captureWarnings(capture=True)
    logging.getLogger(OURS).setLevel(logging.INFO)
    streamlit_logger.setup_formatter = _pass_on
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("streamlit", "uvicorn", "websockets"):
            _pass_on(logging.getLogger(name))


def _pass_on(logger: logging.Logger) -> None:
    """Let a logger leave writing to the root."""
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    logger.propagate = True

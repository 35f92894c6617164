"""`launch`: a server of one's own in a process, its data in memory alone, its pages in a frame."""

from __future__ import annotations

import atexit
import json
import os
import re
import secrets
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Mapping, Sequence
from typing import Any

from accuracy_lens.notebook import frame
from accuracy_lens.notebook.arrays import as_npz
from accuracy_lens.serve.process import PARENT
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.settings import Settings

_PATIENCE = 120.0
_MOST = 4
_RUNNING: list[Launched] = []
"""What a cell shows stays, whether or not its handle is kept; of more than four the oldest ends."""
_ADDRESS = re.compile(r"http://\S+")


class Launched:
    """Pages that are served for one notebook.

    Attributes
    ----------
    url : str
        Where they are. It holds a secret: who knows it and is on this machine sees the data.

    Examples
    --------
    >>> with launch([0, 1, 1], [0.2, 0.7, 0.4]) as lens:  # doctest: +SKIP
    ...     print(lens.url, lens.settings.threshold)
    """

    def __init__(self, process: subprocess.Popen[bytes], url: str) -> None:
        self.url = url
        self._process: subprocess.Popen[bytes] | None = process

    @property
    def settings(self) -> Settings:
        """What the pages are set to: where the threshold stands that was moved last."""
        with urllib.request.urlopen(f"{self.url}settings.json", timeout=10) as answer:  # noqa: S310
            content: Mapping[str, Any] = json.load(answer)
        return Settings(**content)

    def close(self) -> None:
        """End the server; nothing of the data is left."""
        if self._process is not None:
            _end(self._process)
            self._process = None

    def __enter__(self) -> Launched:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        state = "closed" if self._process is None else "served"
        return f"<accuracy_lens.Launched, {state}>"


def launch(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any = None,
    class_names: Sequence[str] | None = None,
    *,
    height: int = 900,
) -> Launched:
    """Show the pages with these arrays, in a notebook below the cell.

    The arrays go to a server of their own through a pipe and stay in its memory: no file is
    written. It listens on this machine only, below a secret path, and ends with the notebook, or
    when four more were launched.

    Parameters
    ----------
    y_true, y_pred : array_like
        As Keras has them: numpy, pandas, PyTorch, TensorFlow, or lists.
    sample_weight : array_like, optional
    class_names : sequence of str, optional
    height : int, default 900
        Of the frame, in pixels.

    Returns
    -------
    Launched
        With ``url``, ``settings`` and ``close()``.

    Raises
    ------
    InputError
        For arrays that are no labels and outputs of the same samples, and where the server does
        not start, with what it said.

    Examples
    --------
    >>> lens = launch(y_test, model.predict(x_test))  # doctest: +SKIP
    >>> lens.settings.threshold  # doctest: +SKIP
    0.5
    """
    content = as_npz(y_true, y_pred, sample_weight, class_names)
    roles = {"--y-true": "y_true", "--y-pred": "y_pred"}
    if sample_weight is not None:
        roles["--sample-weight"] = "sample_weight"
    command = [sys.executable, "-m", "accuracy_lens", "open", "-", "--no-browser", "--port", "0"]
    command += [word for pair in roles.items() for word in pair]
    process = subprocess.Popen(  # noqa: S603 - this program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=_environment(),
    )
    try:
        url = _address(process, content)
    except BaseException:
        _end(process)
        raise
    launched = Launched(process, url)
    _RUNNING.append(launched)
    while len(_RUNNING) > _MOST:
        _RUNNING.pop(0).close()
    frame.show(url, height)
    return launched


@atexit.register
def _close_all() -> None:
    for each in _RUNNING:
        each.close()


def _environment() -> dict[str, str]:
    """What the server is told; a secret is no argument, which others could read."""
    given = {
        "ACCURACY_LENS_FRAMES": os.environ.get("ACCURACY_LENS_FRAMES") or frame.NOTEBOOKS,
        PARENT: str(os.getpid()),
        "ACCURACY_LENS_SECRET": secrets.token_urlsafe(24),
    }
    return {**os.environ, **given}


def _address(process: subprocess.Popen[bytes], content: bytes) -> str:
    """Hand the arrays over, and wait until the server says where it is."""
    assert process.stdin is not None
    assert process.stdout is not None
    late = threading.Timer(_PATIENCE, process.kill)
    late.start()
    said = b""
    try:
        process.stdin.write(content)
        process.stdin.close()
        for line in process.stdout:
            said += line
            if found := _ADDRESS.search(line.decode(errors="replace")):
                threading.Thread(target=process.stdout.read, daemon=True).start()
                return f"{found[0].rstrip('/')}/"
    except BrokenPipeError:
        said += process.stdout.read()
    finally:
        late.cancel()
    raise InputError(
        "launch",
        "must find its server started",
        Message("{said}", {"said": said.decode(errors="replace").strip()[-500:] or "nothing"}),
        "Run `python -m accuracy_lens` in a terminal to see why not.",
    )


def _end(process: subprocess.Popen[Any]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()

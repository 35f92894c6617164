"""Folders that last no longer than a job, and what is left of those whose server was killed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

Kind = Literal["job", "run", "servers"]
_NAME = re.compile(r"accuracy-lens-(?:job|run|servers)-(\d+)-\w+")
_BEGUN = time.time()
"""What is older was left by another process of this one's number."""


def prefix(kind: Kind) -> str:
    """What the name of a folder begins with: whose it is stands in it."""
    return f"accuracy-lens-{kind}-{os.getpid()}-"


@contextmanager
def folder_of_job() -> Iterator[Path]:
    """A folder for the files of one job, of which nothing is left."""
    with tempfile.TemporaryDirectory(prefix=prefix("job")) as folder:
        yield Path(folder)


def clean() -> None:
    """Delete folders whose server was killed; call it when one starts."""
    for folder in Path(tempfile.gettempdir()).glob("accuracy-lens-*"):
        found = _NAME.fullmatch(folder.name)
        with suppress(OSError):
            if found and folder.is_dir() and not folder.is_symlink():
                process = int(found[1])
                mine = process == os.getpid()
                if folder.stat().st_mtime < _BEGUN if mine else not is_alive(process):
                    shutil.rmtree(folder)


def is_alive(process: int) -> bool:
    """Whether there is a process of a number; True where the system does not say.

    Examples
    --------
    >>> is_alive(os.getpid())
    True
    """
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True

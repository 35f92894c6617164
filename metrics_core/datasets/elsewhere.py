"""What other machines answer, within a time; files of fsspec, whose failures are sentences."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import Any, TypeVar

from metrics_core.errors import InputError
from metrics_core.messages import Message

ANSWER_SECONDS = 45.0
"""How long one question to another machine may take, what its package tries again included."""

Answer = TypeVar("Answer")


class FileElsewhere:
    """An open file of fsspec whose failures are told apart from those of pyarrow.

    Both raise OSError: the one for a place that does not answer, the other for damaged Parquet.

    Parameters
    ----------
    name : str
        What the file is called in a sentence.
    open_it : callable
        Gives the open file.
    """

    def __init__(self, name: str, open_it: Callable[[], Any]) -> None:
        self._name = name
        self._file: Any = self._asked(open_it)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def read(self, size: int = -1) -> bytes:
        """Fetch bytes.

        Raises
        ------
        InputError
            Where none come. A file that is gone or closed to this account raises what it always
            does.
        """
        fetched: bytes = self._asked(lambda: self._file.read(size))
        return fetched

    def _asked(self, job: Callable[[], Answer]) -> Answer:
        try:
            return answered(job)
        except (FileNotFoundError, PermissionError, MemoryError):
            raise
        except Exception as error:
            raise InputError(
                self._name, "must be reached while it is read",
                Message("the error {error}", {"error": type(error).__name__}),
                "Read again; if it lasts, check the address, the network and the credentials in "
                "the environment.",
            ) from error  # fmt: skip


def answered(job: Callable[[], Answer], seconds: float | None = None) -> Answer:
    """What a job gives; one that takes longer is left to itself.

    Parameters
    ----------
    job : callable
    seconds : float, optional
        By default `ANSWER_SECONDS`.

    Raises
    ------
    TimeoutError
    Exception
        Whatever the job raises.
    """
    answer: Future[Answer] = Future()

    def work() -> None:
        try:
            answer.set_result(job())
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is awaited
            answer.set_exception(error)

    Thread(target=work, daemon=True).start()
    return answer.result(ANSWER_SECONDS if seconds is None else seconds)

"""The file that a link is of: which one it is, and whether the one in use is the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

import streamlit as st

from accuracy_lens.view.control_table.table import View
from accuracy_lens.view.state import VISITOR, Source
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.reading.limits import shorten

_TEXT = re.compile(r"(?P<name>.+)/(?P<n_rows>[0-9]{1,9})/(?P<digest>[0-9a-f]{12})")


@dataclass(frozen=True)
class FileOfLink:
    """What a link says of a file.

    Attributes
    ----------
    name : str
    n_rows : int
    digest : str
        The beginning of `Predictions.digest`.
    """

    name: str
    n_rows: int
    digest: str

    @classmethod
    def of(cls, name: str, data: Predictions) -> Self:
        """What a link says of the file that gave some data."""
        return cls(name, data.n_samples, data.digest[:12])

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The same from a link; None where it names no file.

        Examples
        --------
        >>> str(FileOfLink.read("a/b.npz/96/0123456789ab"))
        'a/b.npz/96/0123456789ab'
        >>> FileOfLink.read("b.npz/many/0123456789ab") is None
        True
        """
        found = _TEXT.fullmatch(text)
        return found and cls(found["name"], int(found["n_rows"]), found["digest"])

    def __str__(self) -> str:
        return f"{self.name}/{self.n_rows}/{self.digest}"

    @property
    def words(self) -> Message:
        """Its name and its rows."""
        return Message(
            "{name} ({n:,} row)",
            {"name": shorten(self.name), "n": self.n_rows},
            plural="{name} ({n:,} rows)",
        )


def wanted() -> FileOfLink | None:
    """The file that the link is of which opened the visit."""
    link = VISITOR.link
    texts = () if link is None else link.asked.get(View.file.key, ())
    return FileOfLink.read(texts[-1]) if texts else None


def tell_wanted() -> None:
    """While there is no file: which one to drop."""
    file = wanted()
    if file is None:
        st.text(say("Drop a file of labels and outputs, or choose a scenario."))
    else:
        st.text(
            say("This link is of the view on {file}; drop that file to see it.", file=file.words)
        )


def tell_other(source: Source) -> None:
    """Where the file in use does not give what the link is of: that it does not."""
    file = wanted()
    used = FileOfLink.read(str(source.origin["link"]))
    if file is None or used is None or file.digest == used.digest:
        return
    sentence = say(
        "The link is of the view on {file}. What is in view differs from it: it is another file, "
        "or other columns of it are used.",
        file=file.words,
    )
    st.warning(plain(sentence))

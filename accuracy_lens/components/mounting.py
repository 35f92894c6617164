"""Components that are drawn by us in the browser: their files are read once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st


@cache
def component(name: str, *files: Path, style: Path | None = None) -> Callable[..., Any]:
    """What mounts a component.

    Parameters
    ----------
    name : str
    *files : Path
        Of its JavaScript, which are one module one after the other.
    style : Path, optional
    """
    renderer: Callable[..., Any] = st.components.v2.component(
        f"accuracy_lens_{name}",
        js="\n".join(file.read_text("utf-8") for file in files),
        css=None if style is None else style.read_text("utf-8"),
    )
    return renderer

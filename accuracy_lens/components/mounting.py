"""Components that are drawn by us in the browser: their files are read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st


@cache
def component(name: str, *files: Path, style: Path | None = None) -> Callable[..., Any]:
    """What mounts a component, with its data as a dict.

    Parameters
    ----------
    name : str
    *files : Path
        Of its JavaScript, which are one module one after the other.
    style : Path, optional
    """
    render: Callable[..., Any] = st.components.v2.component(
        f"accuracy_lens_{name}",
        js="\n".join(file.read_text("utf-8") for file in files),
        css=None if style is None else style.read_text("utf-8"),
    )

    def mount(*, data: Mapping[str, Any], **options: Any) -> Any:
        """Mount it, lists as tuples: of these Streamlit does not ask whether they are tables."""
        sent = {key: tuple(value) if type(value) is list else value for key, value in data.items()}
        return render(data=sent, **options)

    return mount

"""Scripts of Streamlit that the first page comes to need: a browser fetches them from the start."""

from __future__ import annotations

import re
from pathlib import Path

ELEMENTS = (
    "BidiComponent",
    "Button",
    "ButtonGroup",
    "Checkbox",
    "DataFrame",
    "DownloadButton",
    "Html",
    "NumberInput",
    "PageLink",
    "Pagination",
    "Selectbox",
    "TextInput",
    "rehype-katex",
)
"""What the first page draws, as Streamlit names the scripts that it would ask for one by one."""
_IMPORTED = re.compile(r"""(?:from|import)\s*["'`]\./([\w.~-]+\.js)["'`]""")


def preloads(front_end: Path, html: str) -> str:
    """Write links to the scripts of `ELEMENTS`, with all that these import, for the head of a page.

    Without them a browser learns of a script when the first message that needs it has come, and of
    what that script imports when it has been read.

    Parameters
    ----------
    front_end : Path
        Folder of the page.
    html : str
        The page: what it names already is left out.

    Examples
    --------
    >>> from accuracy_lens.serve.front_page import FRONT_END
    >>> preloads(FRONT_END, "").count("/DataFrame.")
    1
    """
    folder = front_end / "static" / "js"
    waiting = [each.name for name in ELEMENTS for each in folder.glob(f"{name}.*.js")]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop()
        if name in found or name in html:
            continue
        found[name] = None
        waiting += _IMPORTED.findall((folder / name).read_text("utf-8"))
    return "".join(
        f'<link rel="modulepreload" fetchpriority="low" crossorigin href="./static/js/{name}">'
        for name in sorted(found)
    )

"""Where `app.py` lies: inside the package once it is installed, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
SCRIPT = next(
    path for path in (_PACKAGE / "_app" / "app.py", _PACKAGE.parent / "app.py") if path.is_file()
)
"""What Streamlit runs for each visitor; its pages and its ``.streamlit`` lie beside it."""

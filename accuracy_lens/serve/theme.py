"""The theme as Streamlit tells it to the browser with every run, read once: it never changes."""

from __future__ import annotations

from functools import cache

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session


def read_theme_once() -> None:
    """Keep what the options of the theme say; Streamlit reads some four hundred for each run."""
    read = app_session._populate_theme_msg  # noqa: SLF001

    @cache
    def theme(section: str) -> CustomThemeConfig:
        found = CustomThemeConfig()
        read(found, section)
        return found

    def populate(msg: CustomThemeConfig, section: str = "theme") -> None:
        known = theme(section)
        if known.ByteSize():  # merging nothing would say that there is a theme
            msg.MergeFrom(known)

    app_session._populate_theme_msg = populate  # noqa: SLF001

"""The theme that is read once is the one that Streamlit would tell with every run."""

from __future__ import annotations

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from accuracy_lens.serve.theme import read_theme_once


def told():
    """All parts of the theme, as a session fills them in."""
    theme = CustomThemeConfig()
    parts = {
        "theme": theme,
        "theme.light": theme.light,
        "theme.dark": theme.dark,
        "theme.sidebar": theme.sidebar,
        "theme.light.sidebar": theme.light.sidebar,
        "theme.dark.sidebar": theme.dark.sidebar,
    }
    for section, part in parts.items():
        app_session._populate_theme_msg(part, section)
    return theme


@pytest.fixture
def once(monkeypatch):
    """What Streamlit tells, and the way to tell it again once it is read only once."""
    plain = told()
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)
    read_theme_once()
    return plain


def test_the_same_is_told(once):
    first, again = told(), told()
    assert once.ByteSize() > 0
    assert first.SerializeToString() == again.SerializeToString() == once.SerializeToString()
    assert [field.name for field, _ in first.ListFields()] == [
        field.name for field, _ in once.ListFields()
    ]


def test_the_options_are_read_once(once, monkeypatch):
    told()
    monkeypatch.setattr(config, "get_options_for_section", None)
    assert told() == once

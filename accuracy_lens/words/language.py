"""The languages that there are, and which of them a visitor reads."""

from __future__ import annotations

import gettext
import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from babel.core import Locale, negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUES = Path(__file__).parents[1] / "locale"
SOURCE = "en"
"""The language that the sentences are written in; it needs no catalogue."""
LANGUAGES: Mapping[str, str] = MappingProxyType({SOURCE: "English", "zh": "中文"})
"""What each language calls itself."""
HTML_NAMES: Mapping[str, str] = MappingProxyType({SOURCE: "en", "zh": "zh-Hans"})
"""What ``<html lang>`` says."""

IN_LINK = "lang"
"""Names the language in an address."""
CHOICE = "accuracy_lens_language"
"""The cookie that keeps a visitor's choice."""
CHOSEN = "language"
"""Key of the session state of a visitor, which says the language of the visit."""
_OF_RUN = "_accuracy_lens_language"
_SPOKEN: ContextVar[str] = ContextVar("_SPOKEN", default="")
Result = TypeVar("Result")


def known(*wishes: str | None) -> str | None:
    """The first of some wishes that there is; a wish may name a country or a script too.

    Parameters
    ----------
    *wishes : str or None
        Each the name of a language, or a list of them as browsers send it (``Accept-Language``).

    Examples
    --------
    >>> known(None, "zh-TW"), known("fr-CH, zh;q=0.8, en;q=0.7"), known("xx")
    ('zh', 'zh', None)
    """
    for wish in wishes:
        names = [name.partition(";")[0].strip() for name in (wish or "").split(",")]
        found = negotiate_locale([n.replace("-", "_") for n in names if n], list(LANGUAGES))
        if found:
            return found
    return None


def current() -> str:
    """The language of the visitor whose script runs; outside of one that of the source."""
    if spoken := _SPOKEN.get():
        return spoken
    context = _run()
    if context is None:
        return SOURCE
    language: str | None = getattr(context, _OF_RUN, None)
    if language is None:  # once a run; a fragment runs without the rest of the script
        state = context.session_state
        language = str(state[CHOSEN]) if CHOSEN in state else SOURCE
        setattr(context, _OF_RUN, language)
    return language


def use(language: str) -> None:
    """Say everything in a language for the rest of this run of the visitor's script."""
    setattr(_run(), _OF_RUN, language)


def of_shell() -> str:
    """The language that the environment of a shell asks for.

    Examples
    --------
    >>> of_shell() in LANGUAGES
    True
    """
    wishes = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    wish = next((wish for wish in wishes if wish), "")
    return known(wish.partition(".")[0].partition("@")[0]) or SOURCE


def speak(language: str) -> None:
    """Say everything in a language from now on, where no visitor's script runs."""
    _SPOKEN.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in a language meanwhile, whatever the visitor's is.

    Examples
    --------
    >>> with speaking("zh"):
    ...     current()
    'zh'
    """
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def later(action: Callable[[], Result]) -> Callable[[], Result]:
    """An action that says everything in the language of now, though no script runs then.

    A file that is downloaded is written so.
    """
    language = current()

    def act() -> Result:
        with speaking(language):
            return action()

    return act


def _run() -> Any:
    """The run of a visitor's script; sentences are also said where there is no Streamlit."""
    runner = sys.modules.get("streamlit.runtime.scriptrunner")
    return runner and runner.get_script_run_ctx(suppress_warning=True)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The translations into a language, from ``locale/<language>.po``.

    Examples
    --------
    >>> catalogue("zh").gettext("accuracy")
    '准确率'
    >>> catalogue("en").gettext("accuracy")
    'accuracy'
    """
    if language == SOURCE:
        return gettext.NullTranslations()
    text = (CATALOGUES / f"{language}.po").read_bytes()
    machine = io.BytesIO()
    write_mo(machine, read_po(io.BytesIO(text), Locale.parse(language)))
    machine.seek(0)
    return gettext.GNUTranslations(machine)

"""A page of one sentence, for who cannot have the pages now; it asks again by itself."""

from __future__ import annotations

import html

from accuracy_lens.words.language import HTML_NAMES, speaking
from accuracy_lens.words.text import say
from metrics_core.messages import Message


def plain_page(sentence: Message, language: str, seconds: int) -> str:
    """The page as HTML without a double quote.

    Parameters
    ----------
    sentence : Message
    language : str
        One of `LANGUAGES`.
    seconds : int
        Until it asks again.

    Examples
    --------
    >>> "<p>Soon.</p>" in plain_page(Message("Soon."), "en", 5)
    True
    """
    with speaking(language):
        text = say(sentence)
    return (
        f"<!doctype html><html lang={HTML_NAMES[language]}><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width'><meta http-equiv=refresh "
        f"content={seconds}><title>Accuracy Lens</title><style>:root{{color-scheme:light dark}}"
        "body{font:1.1rem sans-serif;"
        "margin:15vh auto;max-width:32rem;padding:0 1rem}</style>"
        f"<p>{html.escape(text)}</p>"
    )

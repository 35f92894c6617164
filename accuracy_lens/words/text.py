"""Messages -> text in the reader's language: the one place where a sentence is put into words."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import replace
from functools import reduce

from accuracy_lens.words.language import catalogue, current
from metrics_core.errors import SENTENCE, InputError
from metrics_core.messages import COMMENT, Message

CACHING: ContextVar[str] = ContextVar("CACHING", default="")
"""Name of the function whose result is being kept; words are not said then."""


def say(message: Message | str, *, plural: str = "", **values: object) -> str:
    """Translate a template and put its values in; values that are messages are said too.

    The language is that of the visitor whose script runs. What a cache keeps is read by visitors
    of other languages, so nothing is said while it is computed.

    Parameters
    ----------
    message : Message or str
        A template, or a whole message, which has its values and its plural already.
    plural : str
        The template for any value of ``n`` other than 1; see `Message`.
    **values : object
        What the placeholders stand for.

    Raises
    ------
    RuntimeError
        Inside a cached function.

    Examples
    --------
    >>> say("{count} of {total}", count=91, total=Message("{n} samples", {"n": 96}))
    '91 of 96 samples'
    >>> say("{n} sample ties", plural="{n} samples tie", n=1)
    '1 sample ties'
    """
    if CACHING.get():
        raise RuntimeError(f"{CACHING.get()} is cached, so it cannot hold words: {message}")
    if isinstance(message, str):
        message = Message(message, values, plural=plural)
    said = {
        name: say(value) if isinstance(value, Message) else value
        for name, value in message.values.items()
    }
    if not message.template:
        return ""  # a catalogue has its own head under no text
    texts = catalogue(current())
    template = (
        texts.ngettext(message.template, message.plural, message.n)
        if message.plural
        else texts.gettext(message.template)
    )
    return template.format(**said)


def say_all(sentences: Iterable[Message | str]) -> str:
    """Sentences one after the other, as the reader's language sets them: Chinese has no blank.

    Parameters
    ----------
    sentences : iterable of Message or str
        At least one; those that are texts were said already.

    Examples
    --------
    >>> say_all([Message("{n} samples.", {"n": 96}), "None is negative."])
    '96 samples. None is negative.'
    """
    said = (say(each) if isinstance(each, Message) else each for each in sentences)
    return reduce(lambda first, second: say("{first} {second}", first=first, second=second), said)


def say_code(code: str) -> str:
    """Code with its comments in the reader's language; the code itself has none.

    Examples
    --------
    >>> say_code("small = np.exp(-np.abs(y_pred))  # cannot overflow")
    'small = np.exp(-np.abs(y_pred))  # cannot overflow'
    """
    texts = catalogue(current())
    return COMMENT.sub(lambda comment: texts.gettext(comment.group()), code)


def say_error(error: InputError) -> str:
    """The sentence of an input error: argument, rule, what came, remedy."""
    return say(error_words(error))


def error_words(error: InputError) -> Message:
    """The same, not yet in the reader's language."""
    parts = ("argument", "rule", "received", "hint")
    return replace(SENTENCE, values={part: getattr(error, part) for part in parts})


def figure(value: float) -> str:
    """A result as Keras's progress bar prints it: four decimals, or four digits below 0.001.

    Examples
    --------
    >>> figure(0.8999999761581421), figure(0.0), figure(0.00012345)
    ('0.9000', '0.0000', '1.2345e-04')
    """
    return f"{value:.4e}" if 0 < abs(value) < 1e-3 else f"{value:.4f}"


def amount(value: float) -> str:
    """A count with thousands separators, or a sum with as many digits as it needs.

    Examples
    --------
    >>> amount(1000000.0), amount(45.5)
    ('1,000,000', '45.5')
    """
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.6g}"

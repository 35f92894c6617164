"""All caches are defined here, so that what a session may hold is known.

A cache is bounded in entries and, where its entries hold arrays, in bytes: `Size` says how many for
data of a given size, and `worst_case` sums them. What belongs to a visitor is cached for a session
only, keyed by the digest of the data and frozen settings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from inspect import signature
from types import MappingProxyType
from typing import Any, Generic, ParamSpec, TypeVar, cast

import streamlit as st

from accuracy_lens.view.stored import Stored
from accuracy_lens.words.text import CACHING, say
from metrics_core.messages import Message

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True)
class Size:
    """Bytes of the arrays that one entry may hold, those of the data in view included.

    Attributes
    ----------
    sample, output : int
        For each sample, and for each output of each sample; numbers of 8 bytes are assumed.
    class_, pair : int
        For each class, and for each pair of classes.
    fixed : int
        Whatever the data.

    Examples
    --------
    >>> Size(sample=8, output=1, fixed=100).of(1000, 10, 10)
    18100
    """

    sample: int = 0
    output: int = 0
    class_: int = 0
    pair: int = 0
    fixed: int = 0

    def of(self, n_samples: int, n_outputs: int, n_classes: int) -> int:
        """Bytes for data of a size."""
        of_samples = n_samples * (self.sample + self.output * n_outputs)
        return of_samples + n_classes * (self.class_ + self.pair * n_classes) + self.fixed


NO_ARRAYS = Size(fixed=1 << 16)
"""Numbers, sentences and short tables."""
DATA = Size(sample=24, output=16)
"""Labels, outputs, weights and ids of the data in view."""


@dataclass(frozen=True)
class Bound:
    """What one cache may hold.

    Attributes
    ----------
    entries : int
    size : Size
        Of one entry.
    shared : bool
        Whether all sessions share it.
    examples : int
        So many more, which all sessions share, of `EXAMPLES`.
    """

    entries: int
    size: Size
    shared: bool = False
    examples: int = 0


MOST_TIMES, MOST_BESIDE = 15, 730 * 2**20
"""What `worst_case` stays below: so many times the bytes of `DATA`, and so many bytes beside."""
MOST_OF_EXAMPLES = 200 * 2**20
"""Bytes that `worst_of_examples` stays below for the largest example."""
BOUNDS: dict[str, Bound] = {}
"""Every cache, by the module and the name of its function."""
EXAMPLES: set[str] = set()
"""Digests of data that every visitor can open, and that hold nothing of one."""


def session_cache(
    *,
    entries: int,
    size: Size = NO_ARRAYS,
    ttl: float | None = None,
    spinner: Message | None = None,
    worded: bool = False,
    examples: int = 0,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function gives for one session; arguments with an underscore are not compared.

    Parameters
    ----------
    entries : int
        The oldest goes where it would be one more.
    size : Size
        Of one entry.
    ttl : float, optional
        Seconds after which an entry goes.
    spinner : Message, optional
        What is said meanwhile, with the time; by default nothing.
    worded : bool
        Whether it holds words; then an argument names their language. By default it fails where
        it says anything.
    examples : int
        So many more, which all sessions share, for data that are among `EXAMPLES`. The first
        argument is then the digest of the data, or a tuple that begins with it, and what is kept
        follows from these and from the other arguments alone.
    """

    def cached(function: Callable[P, R]) -> Callable[P, R]:
        bound = Bound(entries, size, examples=examples)
        BOUNDS[f"{function.__module__}.{function.__name__}"] = bound
        cache = st.cache_resource(scope="session", max_entries=entries, ttl=ttl, show_spinner=False)
        silent = function if worded else without_words(function)
        kept = cast("Callable[P, R]", cache(known(silent)))
        if examples:
            kept = _shared_for_examples(silent, kept, examples)
        if spinner is None:
            return kept

        @wraps(function)
        def told(*args: P.args, **kwargs: P.kwargs) -> R:
            with st.spinner(say(spinner), show_time=True):
                return kept(*args, **kwargs)

        return told

    return cached


@dataclass(frozen=True, slots=True)
class _Call:
    """What a function is called with; two are the same where the words for `compared` are."""

    compared: str
    args: tuple[Any, ...] = field(compare=False)
    kwargs: dict[str, Any] = field(compare=False)


def _shared_for_examples(
    function: Callable[P, R], kept: Callable[P, R], entries: int
) -> Callable[P, R]:
    """What is kept for a session, and for examples once for all of them, without Streamlit.

    It would take a tenth of a millisecond to tell one call from another, forty times a page.
    """
    names = list(signature(function).parameters)
    told = [at for at, name in enumerate(names) if not name.startswith("_")]

    @lru_cache(entries)
    def of_example(call: _Call) -> R:
        return function(*call.args, **call.kwargs)

    @wraps(function)
    def either(*args: P.args, **kwargs: P.kwargs) -> R:
        data = args[0][0] if isinstance(args[0], tuple) else args[0]
        if not is_example(data):
            return kept(*args, **kwargs)
        named = {name: value for name, value in kwargs.items() if not name.startswith("_")}
        compared = repr(([args[at] for at in told if at < len(args)], named))
        return of_example(_Call(compared, args, kwargs))

    return either


def is_example(digest: object) -> bool:
    """Whether that is the digest of data that every visitor can open."""
    return digest in EXAMPLES


def known(function: Callable[P, R]) -> Callable[P, R]:
    """The function, its signature read once: Streamlit reads it for every argument of a call."""
    vars(function)["__signature__"] = signature(function)
    return function


def without_words(function: Callable[P, R]) -> Callable[P, R]:
    """A function that fails where it says anything: visitors of other languages get it too."""

    @wraps(function)
    def silent(*args: P.args, **kwargs: P.kwargs) -> R:
        before = CACHING.set(function.__name__)
        try:
            return function(*args, **kwargs)
        finally:
            CACHING.reset(before)

    return silent


def shared_cache(
    *, entries: int, size: Size, ttl: float
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """The same for all sessions: only for what holds nothing of a visitor."""

    def cached(function: Callable[P, R]) -> Callable[P, R]:
        BOUNDS[f"{function.__module__}.{function.__name__}"] = Bound(entries, size, shared=True)
        cache = st.cache_resource(max_entries=entries, ttl=ttl, show_spinner=False)
        return cast("Callable[P, R]", cache(known(without_words(function))))

    return cached


class Shelf(Generic[T]):
    """A cache of one session that is filled by hand, where the page tells how far the work is.

    Streamlit draws again what a cached function drew, so such a function cannot be cached.

    Parameters
    ----------
    name : str
    entries : int
        The oldest goes where it would be one more.
    size : Size
        Of one entry.
    """

    def __init__(self, name: str, *, entries: int, size: Size = NO_ARRAYS) -> None:
        BOUNDS[name] = Bound(entries, size)
        self.entries = entries
        nothing: Mapping[object, T] = MappingProxyType({})
        self._kept = Stored(nothing, f"_{name}")

    def get(self, key: object) -> T | None:
        """What was put there under a key."""
        return self._kept.read().get(key)

    def put(self, key: object, value: T) -> None:
        """Keep something under a key."""
        newest = [*self._kept.read().items(), (key, value)][-self.entries :]
        self._kept.write(dict(newest))


def worst_case(n_samples: int, n_outputs: int, n_classes: int) -> int:
    """Bytes that the caches of one session may hold if all their data have a size."""
    return sum(
        bound.entries * bound.size.of(n_samples, n_outputs, n_classes)
        for bound in BOUNDS.values()
        if not bound.shared
    )


def worst_of_examples(n_samples: int, n_outputs: int, n_classes: int) -> int:
    """Bytes that all sessions may share if all examples have a size."""
    size_of = (n_samples, n_outputs, n_classes)
    return sum(bound.examples * bound.size.of(*size_of) for bound in BOUNDS.values())

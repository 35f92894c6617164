"""What follows a move, told apart from what stays, so that a move sends little.

A component whose data change is sent again whole, with its code. Inside `told_apart` a component
leaves out what moves (`parted`), and one small component brings it: `moves.js` tells the page, and
`following.js`, with which the files of such a component begin, draws it again.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from accuracy_lens.components.mounting import component

Json = dict[str, Any]
Place = tuple[str | int, ...]
"""The names, and positions in lists, that lead to a value."""

_HERE = Path(__file__).parent
FOLLOWING_JS = _HERE / "following.js"
_TOLD: ContextVar[Json | None] = ContextVar("_TOLD", default=None)


@contextmanager
def told_apart(key: str = "moves") -> Iterator[None]:
    """Tell what moves of the components that are drawn inside, once they are.

    Parameters
    ----------
    key : str
        Another one where there are two on a page.
    """
    told: Json = {}
    before = _TOLD.set(told)
    mount = partial(component("moves", _HERE / "moves.js"), key=key, data=told, height=1)
    try:
        yield
    except Exception:
        mount()  # what was drawn until then
        raise
    finally:
        _TOLD.reset(before)
    mount()


def parted(key: str, data: Json, places: Iterable[Place]) -> Json:
    """The data of a component without what moves; all of them where nothing is told apart.

    Parameters
    ----------
    key : str
        Of the component.
    data : dict
        Is changed in place.
    places : iterable of tuple
        Where that stands which moves. A place that is not there is passed over.

    Examples
    --------
    >>> parted("lens", {"low": 0, "slider": {"value": 0.5}}, [("slider", "value")])
    {'low': 0, 'slider': {'value': 0.5}}
    """
    if _TOLD.get() is None:
        return data
    moves = take(data, places)
    following = {"key": key, "of": zlib.crc32(json.dumps(data, default=_columns).encode())}
    tell(following, moves)
    return data | {"follows": following}


def follows(key: str, *view: object) -> Json:
    """Whom a component follows that is drawn outside `told_apart`: the moves of this view.

    Parameters
    ----------
    key : str
        Of the component.
    *view : object
        All that its data follow from, but for what moves.
    """
    return {"key": key, "of": zlib.crc32(repr(view).encode())}


def tell(following: Json, moves: Json) -> None:
    """Tell what moves of a component; ask inside `told_apart`."""
    told = _TOLD.get()
    assert told is not None
    told[following["key"]] = {"of": following["of"], "moves": moves}


def take(data: Json, places: Iterable[Place]) -> Json:
    """Take out of the data of a component what moves."""
    moves: Json = {}
    for place in places:
        _take(data, place, moves)
    return moves


def _take(data: Any, place: Place, moves: Json) -> None:
    *way, last = place
    for name in way:
        data = data[name]
        if data is None:
            return
        moves = moves.setdefault(str(name), {})
    if last in data:
        moves[str(last)] = data.pop(last)


def _columns(table: pa.Table) -> list[int]:
    """What tells a table from another."""
    return [zlib.crc32(chunk.buffers()[1]) for column in table.columns for chunk in column.chunks]


def overlaid(still: Any, moves: Json) -> Any:
    """What `following.js` draws: the data of a component with what moves put in.

    Examples
    --------
    >>> overlaid({"cards": [{"name": "recall"}]}, {"cards": {"0": {"value": "0.5"}}})
    {'cards': [{'name': 'recall', 'value': '0.5'}]}
    """
    if isinstance(still, list):
        return [overlaid(each, moves.get(str(at), {})) for at, each in enumerate(still)]
    if not isinstance(still, dict):
        return still
    return {name: overlaid(each, moves.get(name, {})) for name, each in still.items()} | {
        name: value for name, value in moves.items() if name not in still
    }

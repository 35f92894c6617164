"""A language of the tests: longer than English, an accent on every letter, whole in ⟦ ⟧.

What a page shows in it tells what is no sentence of the catalogue: letters without an accent that
are neither code nor data, and a sentence in pieces.
"""

from __future__ import annotations

import gettext
import json
import re
import string
from collections.abc import Iterator
from functools import cache
from typing import Any

import pyarrow as pa
from babel.messages.pofile import read_po
from google.protobuf.message import Message as Proto

from accuracy_lens.words.language import CATALOGUES

_LETTERS = "ÁɃČĎÉƑǴĤÍĴḰĹḾŃÓṔɊŔŚŤÚṼŴẊÝŽáƀčďéƒǵĥíĵḱĺḿńóṕɋŕśťúṽŵẋýž"
_ACCENTS = str.maketrans(string.ascii_letters[26:] + string.ascii_letters[:26], _LETTERS)
_KEPT = re.compile(
    r"\{\{|\}\}|\{[^{}]*\}"  # placeholders
    r"|`[^`]*`|\$[^$\n]+\$"  # code and formulas
    r"|:material/\w+:|:\w+(?:-\w+)*\["  # icons and colours of Markdown
    r"|</?\w+[^>]*>|\]\([^)]*\)|https?://\S+"
)
"""What no translator changes."""
MORE = " ḿóŕé"
_LONGER = 1.4
"""How much longer than English a text is."""


def pseudo(sentence: str) -> str:
    """A sentence in the language of the tests.

    Examples
    --------
    >>> pseudo("{n} of `y_pred`")
    '⟦{n} óƒ `y_pred` ḿóŕé⟧'
    """
    end, accented = 0, []
    for kept in _KEPT.finditer(sentence):
        accented += [sentence[end : kept.start()].translate(_ACCENTS), kept.group()]
        end = kept.end()
    text = "".join([*accented, sentence[end:].translate(_ACCENTS)])
    longer = MORE * max(1, round((_LONGER - 1) * len(sentence) / len(MORE)))
    return f"⟦{text}{longer}⟧"


class Pseudo(gettext.NullTranslations):
    """The catalogue of this language: it has the sentences that there are to translate."""

    def gettext(self, message: str) -> str:
        return pseudo(message) if message in _sentences() else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@cache
def _sentences() -> frozenset[str]:
    with (CATALOGUES / "zh.po").open("rb") as file:
        ids = [message.id for message in read_po(file) if message.id]
    return frozenset(text for each in ids for text in ([each] if isinstance(each, str) else each))


def shown(app: Any) -> Iterator[tuple[str, str]]:
    """Every text in what a run sends to the browser, with where it stands."""
    for node in app._tree:
        proto = getattr(node, "proto", None)
        if isinstance(proto, Proto):
            found = _of_proto(proto, node.type)
            titled = _titled(proto) if node.type == "dataframe" else {}
            yield from ((at, text) for at, text in found if at.rpartition(".")[2] not in titled)
            yield from ((f"{node.type}.column", title) for title in titled.values())


def _titled(proto: Any) -> dict[str, str]:
    """Columns that have a title of their own, or whose cells have words of their own."""
    columns = json.loads(proto.columns or "{}")
    return {name: look["label"] for name, look in columns.items() if look and look.get("label")}


_NO_TEXT = {
    "id", "form_id", "key", "url", "icon", "query_param_key", "component_name", "js_content",
    "css_content", "html_content", "page_script_hash", "fragment_id", "css_class", "mime_type",
    "page", "script_hash", "query_string", "type", "deferred_file_id", "accessor", "language",
    "mark", "element_id", "default", "bind", "dialog_id", "block_id", "file_type", "raw_values",
    "column_order", "config", "theme", "body_html", "file", "html", "selected", "convert",
    "version", "address", "template", "color", "colorscale", "hoverinfo", "mode", "symbol",
    "legendgroup", "xanchor", "yanchor", "xref", "yref", "barmode", "bdata", "dtype",
    "orientation", "dash", "shape", "control",
    "hovermode", "rangemode", "line", "best", "__streamlit_arrow_ref__", "x", "y", "name", "value",
}  # fmt: skip
"""Fields that a browser does not show."""


_NOT_SHOWN = {("Code", "code_text"), ("Html", "body"), ("TextInput", "placeholder")}
"""Code, styles, and an example of a formula."""


def _of_proto(proto: Proto, where: str) -> Iterator[tuple[str, str]]:
    kind = proto.DESCRIPTOR.name
    for field, value in proto.ListFields():
        name, at = field.name, f"{where}.{field.name}"
        if name in _NO_TEXT or (kind, name) in _NOT_SHOWN:
            continue
        if field.type == field.TYPE_MESSAGE:
            several = value if field.is_repeated else [value]
            if field.message_type.GetOptions().map_entry:
                continue
            for each in several:
                yield from _of_proto(each, at)
        elif field.type == field.TYPE_STRING:
            for text in value if field.is_repeated else [value]:
                yield from _of_text(text, at)
        elif field.type == field.TYPE_BYTES and value:
            yield from _of_table(value, at)


def _of_text(text: str, where: str) -> Iterator[tuple[str, str]]:
    if text[:1] in "{[" and text[-1:] in "]}":
        found = _parsed(text)
        if found is not None:
            yield from _of_json(found, where)
            return
    yield where, text


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _of_json(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, item in value.items():
            if name not in _NO_TEXT:
                yield from _of_json(item, f"{where}.{name}")
    elif isinstance(value, list):
        for item in value:
            yield from _of_json(item, where)
    elif isinstance(value, str):
        yield where, value


def _of_table(content: bytes, where: str) -> Iterator[tuple[str, str]]:
    try:
        table = pa.ipc.open_stream(content).read_all()
    except pa.ArrowInvalid:
        return
    for name in table.column_names:
        yield f"{where}.{name}", name
        for cell in table[name].to_pylist():
            for text in cell if isinstance(cell, list) else [cell]:
                if isinstance(text, str):
                    yield f"{where}.{name}", text


_CODE = re.compile(
    r"`[^`]*`|\$\$.*?\$\$|\$[^$\n]+\$|:material/\w+:|:\w+(?:-\w+)*\[|<[^>]*>|\]\([^)]*\)"
    r"|https?://\S+|%?\{[^{}]*\}|&\w+;"
    r"|\w+\([^()]*\)|[\w.]*_\w+|\b[A-Z]\w*[a-z][A-Z]\w+",
    re.DOTALL,
)
"""Markup, placeholders, and what is spelled as only code is: calls, snake case, camel case."""
_WORD = re.compile(r"[A-Za-z][A-Za-z.-]*[A-Za-z]")


def untranslated(text: str, names: frozenset[str] = frozenset()) -> list[str]:
    """Words of a text that are neither code nor in the language of the tests.

    Examples
    --------
    >>> untranslated("⟦Áƀč `y_pred` óƒ Keras⟧ and more", frozenset({"Keras"}))
    ['and', 'more']
    """
    words = _WORD.findall(_CODE.sub(" ", text.replace("\\", "")))
    return [word for word in words if word not in names]


def in_pieces(text: str) -> bool:
    """Whether a sentence of a text seems to be put together of several.

    A sentence that follows another begins after a full stop, on a line of its own, or behind a
    sign that separates.

    Examples
    --------
    >>> in_pieces(f"{pseudo('One.')} {pseudo('Two.')}"), in_pieces(f"{pseudo('a')} {pseudo('b')}")
    (False, True)
    """
    return re.search(r"[^.?!:⟧]⟧ +⟦", text.replace("\\", "").replace(MORE, "")) is not None

"""Texts that were made to take long: each is read or refused within a few seconds."""

from __future__ import annotations

import contextlib
import time

from metrics_core.errors import InputError
from metrics_core.reading import read_columns
from tests.every import every

N = 300_000
TEXTS = {
    "a line of rules that ends in a letter": "a|b\n--|--\n" + "-" * N + "x\n1|2\n",
    "many blanks between bars": "| a | b |\n|---|---|\n|" + " " * N + "1 | 2 |\n",
    "many blanks at the end": "a | b\n--+--\n1 | 2" + " " * N + "x\n",
    "many open brackets": "y,p\n" + "1,[0.1, 0.2]\n" * 20 + "[" * N + "\n",
    "many line breaks before the data of an ARFF": "@relation x\n" + "\n" * N + "@data\n1\n",
    "blanks and commas in an ARFF": "@relation x\n@attribute a real\n@data\n" + " " * N + "1\n",
    "many comments": "# a\n" * N + "a b\n1 2\n",
    "many lists of one": "y\n" + '"[1]"\n' * N,
    "objects deep in a cell": 'y,p\n1,"' + "{'a':" * 20_000 + "1" + "}" * 20_000 + '"\n',
    "lists deep in a cell": 'y,p\n1,"' + "[" * 20_000 + "{'a':1}" + "]" * 20_000 + '"\n',
    "many names in a list of objects": "\n".join(
        f'{{"p": [{{"label": "l{i}", "score": 0.5}}, {{"label": "m{i}", "score": 0.5}}]}}'
        for i in range(20_000)
    ),
    "an object of many objects": "{"
    + ",".join(f'"k{i}": {{"v{i}": 1}}' for i in range(20_000))
    + "}",
    "objects within objects": '{"a": {"b": {"c": {"d": {"e": [1, 2]}}}}}',
    "a long number": "y,p\n1," + "9" * N + "\n",
    "thousands": 'y,p\n1,"' + "1,000" * N + '"\n',
    "lists of many lengths": "y\n" + "\n".join(f'"[{"1 " * (i % 300 + 1)}]"' for i in range(2_000)),
}


@every("title", TEXTS)
def test_a_hostile_text_ends_soon(title: str) -> None:
    started = time.perf_counter()
    with contextlib.suppress(InputError):
        read_columns(TEXTS[title].encode(), "x")
    assert time.perf_counter() - started < 8

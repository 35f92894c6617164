"""Files of every format that the page reads, and what becomes of them when they are damaged."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import scipy.io
from pyarrow import feather

from tests.core.reading.books import ods, xlsx

CORPUS = sorted((Path(__file__).parents[1] / "data" / "hostile").iterdir())
"""Files that once ended a server, froze it, or were read wrongly."""
ODD = [
    b"1e400", b"-1e400", b"nan", b"NaN", b"inf", b"-0", b"9" * 400, b"1e-320", b"", b"\x00",
    b"\xff\xfe", b"true", b"null", b'"', b"'", b"[" * 40, b"{", b"}", b"=cmd()", b"\r\n", b",",
    b";", b"\t", "ä".encode(), "\u202e".encode(), b"2026-11-30", b"0x10", b"1_000",
]  # fmt: skip
NUMBERS = [
    number.to_bytes(size, order, signed=False)
    for size, order in ((1, "little"), (4, "little"), (4, "big"), (8, "little"))
    for number in (0, 1, 2 ** (8 * size - 1) - 1, 2 ** (8 * size - 1), 2 ** (8 * size) - 1)
]
_N = 24


@cache
def whole() -> dict[str, bytes]:
    """A small file of each format, by its name."""
    rng = np.random.default_rng(0)
    labels, words = rng.integers(0, 2, _N), ["cat", "dog"] * (_N // 2)
    scores, weights = rng.random(_N).round(3), rng.random(_N).round(2)
    rows = [
        {"id": f"s{i}", "y_true": int(labels[i]), "y_pred": float(scores[i]), "w": words[i]}
        for i in range(_N)
    ]
    head, cells = list(rows[0]), [list(row.values()) for row in rows]
    lines = [",".join(head), *(",".join(map(str, row)) for row in cells)]
    table = pa.table({
        "y_true": labels, "y_pred": scores, "sample_weight": weights,
        "word": pa.array(words).dictionary_encode(), "epoch": np.repeat([1, 2], _N // 2),
        "list": [[0.25, 0.75]] * _N,
    })  # fmt: skip
    parquet, packed, arrow = io.BytesIO(), io.BytesIO(), io.BytesIO()
    pq.write_table(table, parquet, compression="none")
    pq.write_table(table, packed, compression="zstd")
    feather.write_feather(table, arrow, compression="uncompressed")
    npz, npy, mat = io.BytesIO(), io.BytesIO(), io.BytesIO()
    np.savez(npz, y_true=labels, y_pred=rng.random((_N, 3)), class_names=["a", "b", "c"])
    np.save(npy, np.column_stack([labels, scores]))
    scipy.io.savemat(mat, {"y_true": labels, "y_pred": scores})
    return {
        "a.csv": "\n".join(lines).encode(),
        "a.tsv": "\r\n".join(lines).replace(",", "\t").encode("utf-16"),
        "a.json": json.dumps(rows).encode(),
        "a.jsonl": "\n".join(map(json.dumps, rows)).encode(),
        "a.xlsx": xlsx({"one": [head, *cells]}),
        "a.ods": ods({"one": [head, *cells]}),
        "a.parquet": parquet.getvalue(),
        "b.parquet": packed.getvalue(),
        "a.feather": arrow.getvalue(),
        "a.npz": npz.getvalue(),
        "a.npy": npy.getvalue(),
        "a.mat": mat.getvalue(),
    }


def mutated(seed: int, n: int) -> Iterator[tuple[str, bytes]]:
    """So many damaged files; the same for the same seed."""
    rng = random.Random(seed)
    sources = [*whole().items(), *((path.name, path.read_bytes()) for path in CORPUS)]
    for _ in range(n):
        name, data = rng.choice(sources)
        for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
            data = _damaged(rng, data, sources)
        yield rng.choice((name, rng.choice(sources)[0])), data


def _damaged(rng: random.Random, data: bytes, sources: list[tuple[str, bytes]]) -> bytes:
    """The data with one thing changed."""
    if not data:
        return rng.choice(ODD)
    at = rng.randrange(len(data))
    end = min(len(data), at + rng.choice((1, 2, 4, 8, 40, 400)))
    match rng.randrange(8):
        case 0:
            return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
        case 1:
            return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]
        case 2:
            odd = rng.choice(NUMBERS)
            return data[:at] + odd + data[at + len(odd) :]
        case 3:
            return data[:at] + rng.choice(ODD) + data[rng.choice((at, end)) :]
        case 4:
            return data[:at] + data[end:]
        case 5:
            return data[:at] + data[at:end] * rng.choice((2, 3, 50)) + data[end:]
        case 6:
            return data[:at] if rng.random() < 0.5 else data[at:]
        case _:
            _, other = rng.choice(sources)
            start = rng.randrange(len(other) + 1)
            return data[:at] + other[start : start + rng.choice((4, 40, 4000))] + data[end:]

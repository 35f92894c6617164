"""What a search finds in small data of every kind: choices, values, order and chance.

`found.json` holds what was found when it had been checked against `evaluate`, which another test
does for every recipe; here its order, its grades and its neighbours are held as well.
``python -m tests.core.reverse.test_found`` writes it anew, for a change that is meant.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import numpy as np

from metrics_core.numeric import portable_math
from metrics_core.predictions import Predictions
from metrics_core.reverse import Trials
from tests.every import every

FILE = Path(__file__).with_name("found.json")
N = 45
MOST = 16


def data():
    random = np.random.RandomState(8)
    classes = random.randint(0, 4, N)
    # None lies beside a threshold when a sigmoid was undone: numpy's exp and log differ by machine.
    logits = np.round(random.normal(0, 1.5, (N, 4)) + 1.5 * np.eye(4)[classes], 2) + 0.003
    logits = logits.astype("f4")
    weight = np.tile([0.0, 1.0, 2.0, 0.5, 1.0, 4.0], N)[:N]
    unit = portable_math.sigmoid(logits[:, 0].astype("f8"))
    binary = (logits[:, 0] + random.normal(0, 1, N) > 0.2).astype(int)
    hot = np.eye(4, dtype="u1")[classes]
    many = (random.random_sample((N, 4)) < 0.4).astype(int)
    missing = np.where(np.arange(N)[:, None] % 9 == 4, np.nan, logits)
    return {
        "logits of one unit": Predictions.of(binary, logits[:, 0], sample_weight=weight),
        "probabilities of one unit": Predictions.of(binary, unit.astype("f4")),
        "a column": Predictions.of(binary, unit[:, None]),
        "labels 1 and 2": Predictions.of(binary + 1, unit),
        "labels -1 and 1": Predictions.of(2 * binary - 1, logits[:, 0]),
        "half precision": Predictions.of(binary, unit.astype("f2")),
        "one-hot": Predictions.of(hot, logits, sample_weight=weight),
        "smoothed": Predictions.of(hot * 0.9 + 0.025, logits),
        "sparse": Predictions.of(classes, logits),
        "from 1": Predictions.of(classes + 1, logits),
        "renamed": Predictions.of((classes + 1) % 4, logits, sample_weight=weight),
        "not finite": Predictions.of(classes, missing),
        "multi-hot": Predictions.of(many, logits - 1, kind="multi_label", sample_weight=weight),
        "indices": Predictions.of(classes, logits.argmax(axis=1)),
        "even batches": Predictions.of(binary[:32], unit[:32], sample_weight=weight[:32]),
        "one class": Predictions.of(np.ones(N, int), unit),
        "no weight": Predictions.of(binary, unit, sample_weight=np.zeros(N)),
    }


DATA = data()
ASKED = [(0.7, 1), (0.84, 2), (0.0, 2), (0.123456, 6)]
CASES = {f"{name}, {value:.{digits}f}": (name, value, digits) for name in DATA
         for value, digits in ASKED}  # fmt: skip


def short(number):
    return float(f"{number:.9g}")


def recipe_row(found):
    return [
        found.reading.name,
        list(found.reading.order or ()),
        list(found.activations),
        found.variant,
        str(found.kind),
        short(found.threshold),
        found.k,
        found.averaging,
        found.weighting,
        found.batch_size,
        len(found.batch_sizes),
        short(found.value),
        found.rounded,
        found.cost,
        found.rank,
        short(found.chance),
        len(found.releases),
        [[str(number) for number in re.findall(r"\d+(?:\.\d+)?", str(step))]
         for step in found.steps],
    ]  # fmt: skip


def figures_of(found):
    return [found.value, found.cost, found.rank * found.cost, found.chance, found.threshold,
            found.k * found.rank, found.batch_size, sum(found.batch_sizes), len(found.releases),
            len(found.thresholds)]  # fmt: skip


def interval_row(interval):
    return [str(short(interval.low)), str(short(interval.high)), short(interval.threshold),
            short(interval.value)]  # fmt: skip


@cache
def trials(name):
    return Trials(DATA[name])


def found_row(name, value, digits):
    found = trials(name).search(value, digits=digits)
    few = found.recipes[:: 1 + len(found.recipes) // MOST]
    return {
        "sums": [
            short(sum(column)) for column in zip(*map(figures_of, found.recipes), strict=True)
        ],
        "recipes": [recipe_row(recipe) for recipe in few],
        "nearest": [recipe_row(recipe) for recipe in found.nearest],
        "thresholds": [
            [
                free.reading.name,
                list(free.activations),
                free.variant,
                str(free.kind),
                free.weighting,
                free.cost,
                [int((free.least == cost).sum()) for cost in (0, 1, 3)],
                [interval_row(interval) for interval in free.intervals],
                [interval_row(interval) for interval in free.nearest],
            ]
            for free in found.thresholds
        ],
        "counts": [
            len(found.recipes),
            found.n_tried,
            found.n_hits,
            len(found.outside),
            len(found.left_out),
        ],
    }


EXPECTED = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}


@every("name", CASES)
def test_a_search_finds_what_it_found(name):
    assert found_row(*CASES[name]) == EXPECTED[name]


if __name__ == "__main__":
    FILE.write_text(
        "{\n" + ",\n".join(
            f"{json.dumps(name)}: {json.dumps(found_row(*case))}" for name, case in CASES.items()
        ) + "\n}\n", "utf-8")  # fmt: skip

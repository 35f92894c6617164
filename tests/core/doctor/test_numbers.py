"""What the doctor finds in every case of the rules: grades, rows, code and the numbers told.

`findings.json` holds what was found when each of them had been checked; wording is no part of it.
``python -m tests.core.doctor.test_numbers`` writes it anew, for a change that is meant.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import numpy as np

from metrics_core.doctor import examine
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from tests.core.doctor.test_rules import FIRES
from tests.every import every

FILE = Path(__file__).with_name("findings.json")
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e[+-]?\d+)?")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
VIEWS = [
    Settings(weighted=True),
    Settings(threshold=0.3, k=2, aggregation="per_class"),
    Settings(activation="sigmoid", k=3, batch_size=7, aggregation="batch_means"),
]


def first_rows(data, n):
    """The first rows, so that rules that want a number of samples are about to speak."""
    return Predictions.of(data.y_true[:n], data.y_pred[:n], kind=data.kind)


def with_weights(data):
    weight = np.random.RandomState(2).randint(0, 4, data.n_samples) / 2
    return Predictions.of(data.y_true, data.y_pred, kind=data.kind, sample_weight=weight)


def cases():
    for name, rows in FIRES.items():
        for at, (data, settings, _) in enumerate(rows):
            yield f"{name}-{at}", (data, settings)
    for at, (name, rows) in enumerate(FIRES.items()):
        data, settings, _ = rows[at % len(rows)]
        for n in (9, 10, 20, 30):
            if n < data.n_samples:
                yield f"{name}, {n} rows", (first_rows(data, n), settings)
        yield f"{name}, another view", (with_weights(data), VIEWS[at % len(VIEWS)])


CASES = dict(cases())


def messages(found):
    told = [found.title, found.seen, found.consistent_with, found.remedy]
    return told if found.counterfactual is None else [*told, found.counterfactual]


def numbers_in(text):
    return NUMBER.findall(THOUSANDS.sub("", text))


def values_of(message):
    """The numbers that a message puts into its sentence."""
    return [number for value in message.values.values() for number in numbers_in(str(value))]


def recorded(found):
    return {
        "severity": found.severity,
        "sure": found.sure,
        "rows": found.rows.tolist(),
        "numbers": sorted(number for told in messages(found) for number in values_of(told)),
        "code": found.code,
        "apply": {name: str(value) for name, value in found.apply.items()},
        "alternative": found.counterfactual is not None,
    }


def report_of(name):
    predictions, settings = CASES[name]
    return {found.rule: found for found in examine(predictions, settings=settings).findings}


EXPECTED = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}


def test_every_case_is_recorded():
    assert set(EXPECTED) == set(CASES)


@every("name", CASES)
def test_a_report_tells_what_it_told(name):
    report = report_of(name)
    assert set(EXPECTED[name]) <= set(report)
    for rule, expected in EXPECTED[name].items():
        found = report[rule]
        assert all(isinstance(told, Message) and str(told) for told in messages(found)), rule
        assert not any(None in told.values.values() for told in messages(found)), rule
        assert all(told.plural or "n" not in told.values for told in messages(found)), rule
        told = Counter(number for part in messages(found) for number in numbers_in(str(part)))
        missing = Counter(expected["numbers"]) - told
        assert not missing, rule
        now = recorded(found)
        assert {**now, "numbers": []} == {**expected, "numbers": []}, rule
        assert set(messages(found)[1].values) or not expected["numbers"]


if __name__ == "__main__":
    lines = [
        f"{json.dumps(name)}: {{\n"
        + ",\n".join(
            f"  {json.dumps(rule)}: {json.dumps(recorded(found))}"
            for rule, found in report_of(name).items()
        )
        + "\n}"
        for name in CASES
    ]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")

"""Every metric recorded beside accuracy, in every release: what it printed, refused or lacks.

The recordings are in the file that the environment variable GOLDEN_BESIDE names, by default in the
copy beside the tests; `tools/beside` made them.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from metrics_core.releases import (
    KerasRefusal,
    compiled_accuracy,
    counting_of,
    metric_beside,
)
from tests.core.golden import golden

ABSOLUTE, RELATIVE = 5e-7, 2e-6


def recorded():
    return golden.read("GOLDEN_BESIDE", "beside.json.gz")


def array(listed):
    if listed is None:
        return None
    return np.array(listed["data"], "f4").reshape(listed["shape"])


def asked(case):
    y_true, y_pred = array(case["y_true"]), array(case["y_pred"])
    sparse = y_pred.shape[-1] > 1 and y_true.shape != y_pred.shape
    return {
        "y_true": y_true,
        "y_pred": y_pred,
        "sample_weight": array(case["weights"]),
        "weighted": case["weights"] is not None,
        "batch_size": case["batch_size"],
        "loss": "sparse_categorical_crossentropy" if sparse else "mean_squared_error",
    }


def answer(ask, *names, **options):
    try:
        return ask(*names, **options)
    except KerasRefusal as refusal:
        return "missing" if refusal.stage == "missing" else "refused"


def alike(ours, theirs):
    if isinstance(ours, str) or (isinstance(theirs, str) and theirs != "nan"):
        return isinstance(ours, str) and ours == theirs
    theirs = np.array(theirs, dtype="f8")
    return ours.shape == theirs.shape and np.allclose(
        ours, theirs, atol=ABSOLUTE, rtol=RELATIVE, equal_nan=True
    )


def test_every_recorded_metric_in_every_release(capsys):
    matched, wrong, asked_by = Counter(), [], {}
    for name, case in recorded()["cases"].items():
        asked_by[name] = asked(case)
    for release, found in recorded()["releases"].items():
        for name, answers in found["answers"].items():
            metrics = recorded()["cases"][name]["metrics"]
            for (metric, options), theirs in zip(metrics, answers["metrics"], strict=True):
                ours = answer(metric_beside, metric, **asked_by[name], release=release, **options)
                if alike(ours, theirs):
                    matched[release, metric] += 1
                else:
                    wrong.append((release, name, metric, options, theirs, ours))
    with capsys.disabled():
        print(f"\n{matched.total()} of {matched.total() + len(wrong)} recorded metrics matched")
        for release in recorded()["releases"]:
            counts = {metric: n for (of, metric), n in matched.items() if of == release}
            print(release, counts)
    assert not wrong, f"{len(wrong)} wrong: " + "\n".join(map(str, wrong[:90]))
    assert {release for release, _ in matched} == set(recorded()["releases"])


def test_accuracy_beside_them_is_as_recorded():
    for release, found in recorded()["releases"].items():
        for name, answers in found["answers"].items():
            given = asked(recorded()["cases"][name])
            ours = answer(compiled_accuracy, **given, release=release)
            value = ours if isinstance(ours, str) else np.float32(ours.value)
            assert alike(value, answers["accuracy"]), (release, name, ours, answers["accuracy"])


def test_strings_name_the_classes_that_were_recorded():
    for release, found in recorded()["releases"].items():
        known = {string: rest for string, *rest in counting_of(release).strings}
        for name, answers in found["answers"].items():
            given = asked(recorded()["cases"][name])
            for string, theirs in answers["strings"].items():
                where = (release, name, string)
                if theirs == "refused":
                    if string in known:
                        refused = answer(metric_beside, known[string][0], **given, release=release)
                        assert isinstance(refused, str), where
                    continue
                metric, reported = known[string]
                assert theirs["name"] in {reported, f"weighted_{reported}"}, where
                ours = answer(metric_beside, metric, **given, release=release)
                assert alike(ours, theirs["value"]), where

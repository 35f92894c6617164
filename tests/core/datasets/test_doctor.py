"""What the doctor says of counts is what it says of the rows; the rest it leaves out."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core import doctor
from metrics_core.datasets.columns.asked import Asked, Columns
from metrics_core.datasets.doctor import examine
from metrics_core.datasets.looking import Question, look
from metrics_core.datasets.running import Here
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from tests.core.datasets.files import NO_WEIGHT, split

RNG = np.random.default_rng(11)
RARE = RNG.random(4000) < 0.04
CLASS = RNG.integers(0, 3, 900)
ONE = {
    "logits": RNG.normal(size=4000) + 2.0 * RARE - 1,
    "no logits": 1.5 * RNG.random(4000) - 1.2 + 1.6 * (RARE | (np.arange(4000) % 9 == 0)),
    "weak": RNG.random(4000) * 0.4 + 0.1 * RARE,
    "constant": np.full(4000, 0.25),
    "decisions": (RNG.random(4000) < 0.5) * 1.0,
    "flipped": 1 - np.clip(RARE * 0.8 + RNG.random(4000) * 0.2, 0, 1),
    "good": np.clip(RARE * 0.8 + RNG.random(4000) * 0.2, 0, 1),
    "per cent": RNG.integers(0, 100, 4000) * 1.0,
    "per cent in fractions": RNG.random(4000) * 60 + 40 * RARE,
    "bytes": np.float32(RNG.integers(0, 256, 4000)),
    "no bytes": np.float32(RNG.random(4000) * 255),
}
SEVERAL = {
    "noise": RNG.random((900, 3)),
    "three logits": RNG.normal(size=(900, 3)) + 2 * np.eye(3)[CLASS],
    "permuted": np.eye(3)[(CLASS + 1) % 3] * 0.9 + RNG.random((900, 3)) * 0.05,
}
SEVERAL |= dict.fromkeys(
    ("from one", "one column"), np.eye(4)[CLASS] * 0.9 + RNG.random((900, 4)) * 0.05
)
WRITTEN = {"from one": CLASS + 1, "one column": (CLASS == 1) * 1}
"""How labels are written, where not as the classes are."""
SAID = {
    "logits": "logits-cut",
    "no logits": "logits-cut",
    "flipped": "classes-permuted",
    "constant": "constant-outputs",
    "decisions": "decisions",
    "weak": "majority-class",
    "permuted": "classes-permuted",
    "from one": "labels-from-one",
    "one column": "one-hot-or-sparse",
    "one-hot permuted": "classes-permuted",
    "multi-label logits": "logits-cut",
    "multi-label never": "nothing-predicted",
}
"""What counts alone tell."""
HOT = np.eye(3, dtype=np.int64)[CLASS]
LABELS = (RNG.random((900, 3)) < (0.5, 0.2, 0.02)).astype(np.int64)
EACH = {
    "one-hot noise": (HOT, SEVERAL["noise"]),
    "one-hot logits": (HOT, SEVERAL["three logits"]),
    "one-hot permuted": (HOT, SEVERAL["permuted"]),
    "multi-label": (LABELS, np.clip(LABELS * 0.5 + RNG.random((900, 3)) * 0.4, 0, 1)),
    "multi-label logits": (LABELS, RNG.normal(size=(900, 3)) + 3.0 * LABELS - 1),
    "multi-label never": (LABELS, RNG.random((900, 3)) * 0.4),
    "multi-label always": (np.ones_like(LABELS), RNG.random((900, 3))),
}
CASES = [
    *(("one", name) for name in ONE),
    *(("several", name) for name in SEVERAL),
    *(("each", name) for name in EACH),
]


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_the_rules_that_run_say_what_they_say_of_the_rows(tmp_path, kind, name):
    if kind == "one":
        outputs, labels, columns = ONE[name], RARE.astype(int), NO_WEIGHT
        shards = split(tmp_path, 2, y_true=labels, y_pred=outputs)
    elif kind == "each":
        labels, outputs = EACH[name]
        columns = Columns(y_true=tuple("xyz"), y_pred=tuple("abc"))
        cells = np.concatenate([labels.T * 1.0, outputs.T])
        shards = split(tmp_path, 2, **dict(zip("xyzabc", cells, strict=True)))
    else:
        outputs, labels = SEVERAL[name], WRITTEN.get(name, CLASS)
        named = tuple("abcd"[: outputs.shape[1]])
        columns = Columns(y_true="y_true", y_pred=named)
        shards = split(tmp_path, 2, y_true=labels, **dict(zip(named, outputs.T, strict=True)))
    found = look(Question(tuple(shards), Asked(columns=columns)), Here(), lambda _: None)
    ours = examine(found, Settings())
    theirs = doctor.examine(Predictions.of(labels, outputs))
    of_rows = {finding.rule: finding for finding in theirs.findings}
    left_out = {rule.name for rule in ours.left_out}
    assert {finding.rule for finding in ours.findings} == of_rows.keys() - left_out
    for finding in ours.findings:
        theirs_too = of_rows[finding.rule]
        for part in ("seen", "severity", "sure", "remedy", "counterfactual", "refuted"):
            assert str(getattr(finding, part)) == str(getattr(theirs_too, part))
        if finding.change is not None or finding.rule == "logits-cut":
            assert finding.change == theirs_too.change
    assert {rule.name for rule in ours.checked} <= {rule.name for rule in theirs.checked}
    assert len(ours.checked) + len(ours.findings) >= (3 if "multi-label" in name else 8)
    found_here = {finding.rule for finding in ours.findings}
    assert ("outputs-scaled" in found_here) == (name.startswith("per cent") or name == "bytes")
    assert SAID.get(name) in {None, *found_here}


def test_weights_that_were_not_looked_at_are_left_out(tmp_path):
    shards = split(tmp_path, 1, y_true=RARE, y_pred=ONE["weak"])
    found = look(Question(tuple(shards), Asked(columns=NO_WEIGHT)), Here(), lambda _: None)
    checked = {rule.name for rule in examine(found, Settings()).checked}
    left_out = {rule.name for rule in examine(found, Settings(), has_weights=True).left_out}
    assert "weights-ignored" in checked & left_out

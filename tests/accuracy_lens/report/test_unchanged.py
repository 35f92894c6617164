"""The exports of every scenario are those recorded in tests/data/exports.json."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from accuracy_lens.report.exports import samples_csv
from accuracy_lens.report.metrics import metrics_json
from metrics_core.catalog.rows import applicable
from metrics_core.evaluation import evaluate
from metrics_core.scenarios import scenario
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps
from tests.every import every

RECORDED = json.loads((Path(__file__).parents[2] / "data" / "exports.json").read_text())


@every("key", RECORDED)
def test_the_exports_of_a_scenario_are_the_recorded_ones(key: str) -> None:
    name, activation = key.split()
    recorded = RECORDED[key]
    row = scenario(name)
    data = row.predictions()
    settings = Settings(activation=activation, threshold=row.view.threshold, k=row.view.k)
    steps = Steps(data, activation)
    evaluations = {
        variant.name: evaluate(data, variant.name, settings, steps=steps)
        for variant in applicable(data)
        if variant.name in recorded["metrics"]
    }
    content = json.loads(metrics_json(data, evaluations, settings, {"scenario": name}))
    metrics = {
        entry["name"]: [entry["result"], entry["total"], entry["count"], entry["settings"]]
        for entry in content["metrics"]
    }
    assert set(metrics) == set(recorded["metrics"])
    for metric, (result, total, count, used) in recorded["metrics"].items():
        within = 0 if activation == "none" else 1e-6  # the last bit of exp differs by processor
        expected = [pytest.approx(value, rel=within, abs=0) for value in (result, total, count)]
        assert metrics[metric] == [*expected, used], metric
    assert content["data"] == recorded["data"]
    misfits = {entry["name"]: entry["conversion"] for entry in content["not_applicable"]}
    assert recorded["not_applicable"].items() <= misfits.items()
    if activation == "none":
        csv = samples_csv(data, steps, evaluations)
        assert hashlib.sha256(csv).hexdigest() == recorded["samples_csv"]

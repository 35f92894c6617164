"""The recorded runs of the lessons are those that Keras gives today."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.lessons.parts.sources import Recorded, recorded
from metrics_core.live_keras import experiment

pytestmark = pytest.mark.keras


@pytest.mark.long
@pytest.mark.parametrize("run", ["first", "second"])
@pytest.mark.parametrize("name", recorded())
def test_a_recorded_run_is_what_keras_gives(name, run):
    pytest.importorskip("tensorflow")
    from metrics_core.live_keras.runs.training import train

    row = experiment(name)
    reports = []
    train(row.settings if run == "first" else row.against, reports.append)
    source = Recorded(name, run)
    data = source.predictions()
    np.testing.assert_allclose(reports[-1].outputs, data.y_pred, rtol=1e-3, atol=1e-4)
    assert np.array_equal(np.argmax(reports[-1].labels, axis=1), data.y_true)
    for printed in ("accuracy", "loss"):
        given = [report.val[printed] for report in reports]
        np.testing.assert_allclose(given, source.by_epoch(printed), rtol=1e-2)

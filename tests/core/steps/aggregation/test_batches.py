"""What a batch counts, however short or light."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.steps.aggregation.batches import BatchMeans


@pytest.mark.parametrize(
    ("size", "weights", "expected"),
    [
        (1, None, 0.6),
        (2, None, (1 + 0.5 + 0) / 3),
        (5, None, 0.6),
        (99, None, 0.6),
        (2, [1, 3, 0, 0, 1], (1 + 0 + 0) / 3),
        (2, [0, 0, 1, 3, 1], (0 + 0.25 + 0) / 3),
    ],
)
def test_every_batch_counts_the_same_however_short_or_light(size, weights, expected):
    values = np.array([True, True, True, False, False])
    weigh = None if weights is None else np.array(weights)
    assert BatchMeans.of_batches(values, size, weigh).result == pytest.approx(expected, abs=1e-16)


def test_a_batch_of_no_samples_is_refused():
    with pytest.raises(InputError) as caught:
        BatchMeans.of_batches(np.ones(3), 0)
    assert str(caught.value) == ("`batch_size` must be at least 1. Got 0. Keras's default is 32.")

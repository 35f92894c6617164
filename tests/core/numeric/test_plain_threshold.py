"""The number with few decimals that stands for an interval of thresholds."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.numeric.plain_threshold import plain_threshold


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.2, 0.7, 0.5),
        (-1.0, 0.3, 0.0),
        (0.5, 0.6, 0.5),
        (0.41, 0.4399, 0.42),
        (0.7, np.inf, 1.0),
        (-np.inf, -3.5, -5.0),
        (0.3, 0.3 + 1e-9, None),
        (1e300, 2e300, None),
        (-2e300, -1e300, None),
    ],
)
def test_a_plain_threshold_has_few_decimals(low, high, expected):
    made = plain_threshold(low, high)
    assert made == expected
    if made is not None:
        assert low <= np.float32(made) < high


def test_a_plain_threshold_stays_within_neighbouring_numbers():
    low = np.float32(0.3)
    made = plain_threshold(float(low), float(np.nextafter(low, np.float32(1))))
    assert np.float32(made) == low

"""Three rows that the files of several formats hold."""

from __future__ import annotations

import numpy as np

FLOAT = np.array([0.25, 0.75, 0.5], dtype=np.float32)
WIDE = np.array([[0.25, 0.75], [0.5, 0.5], [1.0, 0.0]], dtype=np.float32)
LABEL = np.array([0, 1, 1], dtype=np.int8)

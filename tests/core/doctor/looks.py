"""What the doctor finds in made outputs."""

from __future__ import annotations

import numpy as np

from metrics_core.doctor import examine
from metrics_core.settings import Settings


def finding(name, data, settings=None):
    report = examine(data, settings=settings or Settings())
    return next((found for found in report.findings if found.rule == name), None)


def decided_as(classes, n_classes, confidence=0.6):
    """Outputs whose highest is the given class."""
    outputs = np.full((len(classes), n_classes), (1 - confidence) / (n_classes - 1), "f4")
    outputs[np.arange(len(classes)), classes] = confidence
    return outputs + np.linspace(0, 1e-4, len(classes), dtype="f4")[:, None]

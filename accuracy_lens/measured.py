"""What the server counts and times about itself: numbers, with nothing of a visitor in them."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()
"""All figures of this process."""
_SECONDS = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)

SCRIPTS = Histogram(
    "accuracy_lens_script_seconds",
    "Time from the start of a page's script, or of a part of it, to its end.",
    ["part"], buckets=_SECONDS, registry=REGISTRY,
)  # fmt: skip
FILES = Histogram(
    "accuracy_lens_file_seconds",
    "Time from a file to its columns, the wait for a turn included.",
    ["outcome"], buckets=(*_SECONDS, 30.0, 60.0), registry=REGISTRY,
)  # fmt: skip
TRAININGS = Histogram(
    "accuracy_lens_training_seconds",
    "Time of a training run from its start.",
    ["outcome"], buckets=(1.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0), registry=REGISTRY,
)  # fmt: skip
REFUSED = Counter(
    "accuracy_lens_refused",
    "Visitors who met a limit, by the limit.",
    ["limit"], registry=REGISTRY,
)  # fmt: skip

"""The metrics of PyTorch Lightning, before torchmetrics was split off."""

from __future__ import annotations

from metrics_core.kinds import Kind
from metrics_core.libraries.averages import ALL_CLASSES, MEAN, Average
from metrics_core.libraries.forms import unchecked
from metrics_core.libraries.library import Library, LibraryMetric
from metrics_core.libraries.question import Options
from metrics_core.libraries.table import torchmetrics
from metrics_core.messages import Message
from metrics_core.steps.choices.decision.at_least import AT_LEAST


def _by_class(kind: Kind, options: Options) -> Average:
    return ALL_CLASSES if options["class_reduction"] == "macro" else MEAN


_1_1 = Library(
    package="pytorch-lightning",
    title="PyTorch Lightning",
    ran=("1.1.0", "1.1.1", "1.1.4", "1.1.8"),
    changed=Message(
        "Accuracy takes logits too and compares them with 0.5 (>=); the function accuracy takes "
        "predicted classes and truncates outputs to whole numbers."
    ),
    source="pytorch_lightning/metrics/classification/accuracy.py: Accuracy; "
    "pytorch_lightning/metrics/functional/classification.py: accuracy",
    metrics=(
        LibraryMetric(
            name="Accuracy",
            options={"threshold": 0.5},
            reads=unchecked.thresholded_or_highest,
            decision=AT_LEAST,
            threshold="threshold",
        ),
        LibraryMetric(
            name="accuracy",
            options={"num_classes": None, "class_reduction": "micro"},
            reads=unchecked.whole_numbers,
            average=_by_class,
        ),
    ),
)
_1_2 = Library(
    package="pytorch-lightning",
    title="PyTorch Lightning",
    ran=("1.2.0", "1.2.4", "1.2.10"),
    changed=Message("The class and the function are those that torchmetrics 0.2 has."),
    source="pytorch_lightning/metrics/functional/accuracy.py: accuracy",
    metrics=torchmetrics.ROWS[0].metrics,
)

ROWS = (_1_1, _1_2)

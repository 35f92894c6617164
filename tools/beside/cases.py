"""The metrics and the data that `record.py` puts to each release; plain lists, no TensorFlow."""

from __future__ import annotations

import numpy as np

STRINGS = ("Precision", "Recall", "AUC")
ALL_STRINGS = (*STRINGS, "precision", "recall", "auc", "BinaryIoU", "F1Score", "f1_score",
               "FBetaScore", "MeanIoU", "PrecisionAtRecall")  # fmt: skip


def _counted(*more):
    return [(name, options) for name in ("Precision", "Recall") for options in ({}, *more)]


COLUMNS = _counted({"thresholds": 0.3}, {"class_id": 1}, {"top_k": 2})
ONE = _counted({"thresholds": 0.3}, {"thresholds": 0.0})
AREAS = [
    ("AUC", options)
    for options in (
        {},
        {"curve": "PR"},
        {"from_logits": True},
        {"multi_label": True},
        {"curve": "PR", "multi_label": True},
        {"num_thresholds": 20},
        {"summation_method": "minoring"},
        {"summation_method": "majoring"},
        {"curve": "PR", "summation_method": "minoring"},
        {"curve": "PR", "summation_method": "majoring"},
    )
]
AT_RECALL = [
    ("PrecisionAtRecall", options)
    for options in ({"recall": 0.5}, {"recall": 0.8}, {"recall": 0.8, "num_thresholds": 20})
]
SCORES = [
    *(
        ("F1Score", {"average": average, "threshold": threshold})
        for average in (None, "micro", "macro", "weighted")
        for threshold in (None, 0.5)
    ),
    ("F1Score", {"average": "micro", "threshold": 0.3}),
    ("FBetaScore", {"average": "micro", "beta": 2.0, "threshold": 0.5}),
    ("FBetaScore", {"average": "macro", "beta": 0.5, "threshold": 0.5}),
    ("FBetaScore", {"average": "weighted", "beta": 2.0}),
]
OVERLAPS = [
    ("BinaryIoU", {}),
    ("BinaryIoU", {"target_class_ids": [1]}),
    ("BinaryIoU", {"threshold": 0.3}),
    ("MeanIoU", {"num_classes": 2}),
    ("MeanIoU", {"num_classes": 3}),
]
DENSE = [
    ("MeanIoU", {"num_classes": 3, "sparse_y_true": False, "sparse_y_pred": False}),
]
BINARY = [*ONE, *AREAS, *AT_RECALL, *SCORES, *OVERLAPS]
SEVERAL = [*COLUMNS, *AREAS, *AT_RECALL, *SCORES, *OVERLAPS]
OUTSIDE = [
    ("Precision", {}),
    ("Recall", {"thresholds": 0.3}),
    ("AUC", {}),
    ("AUC", {"curve": "PR"}),
    ("AUC", {"from_logits": True}),
    ("PrecisionAtRecall", {"recall": 0.8}),
    ("F1Score", {"average": "micro", "threshold": 0.5}),
    ("F1Score", {"average": "macro"}),
    ("BinaryIoU", {}),
    ("MeanIoU", {"num_classes": 2}),
]
SPARSE = [
    ("Precision", {}),
    ("Recall", {}),
    ("AUC", {}),
    ("AUC", {"multi_label": True}),
    ("F1Score", {"average": "macro"}),
    ("BinaryIoU", {}),
    ("MeanIoU", {"num_classes": 3}),
    ("MeanIoU", {"num_classes": 3, "sparse_y_pred": False}),
    ("PrecisionAtRecall", {"recall": 0.5}),
]


def _thousandths(random, *shape):
    return random.randint(0, 1001, shape) / 1000


def _softmax(random, rows, columns):
    raw = np.exp(random.normal(size=(rows, columns)))
    return np.round(raw / raw.sum(axis=1, keepdims=True), 3)


def data_sets():  # noqa: PLR0915 - one line a data set
    """Name, labels, outputs, weights or None, batch size, metrics, strings asked."""
    random = np.random.RandomState(15)
    found = []

    def add(name, y_true, y_pred, metrics, weights=None, batch_size=32, strings=()):
        found.append(
            {
                "name": name,
                "y_true": np.asarray(y_true, "float32"),
                "y_pred": np.asarray(y_pred, "float32"),
                "weights": None if weights is None else np.asarray(weights, "float32"),
                "batch_size": batch_size,
                "metrics": metrics,
                "strings": strings,
            }
        )

    def labels(scores, noise=0.35):
        return (scores + random.normal(scale=noise, size=scores.shape) > 0.5) * 1.0

    scores = _thousandths(random, 50, 1)
    add("binary", labels(scores), scores, BINARY, strings=ALL_STRINGS)
    add("labels of one axis", labels(scores)[:, 0], scores, BINARY, batch_size=7, strings=STRINGS)
    ties = random.randint(0, 11, (48, 1)) / 10
    add("ties", labels(ties), ties, BINARY, batch_size=20)
    steps = (random.randint(0, 200, 60) / 199).astype("float32")
    steps[20:40] = np.nextafter(steps[20:40], np.float32(2))
    steps[40:] = np.nextafter(steps[40:], np.float32(-1))
    steps = np.clip(steps, 0, 1)[:, None]
    add("on the thresholds of AUC", labels(steps, 0.5), steps, BINARY, batch_size=60)
    close = 0.5 + random.randint(1, 45, (40, 1)) / 10000
    add("within one bin", labels((close - 0.5) * 200), close, BINARY)
    ends = random.randint(0, 2, (30, 1)) * 1.0
    ends[:6] = 0.5
    add("0 and 1", labels(ends, 0.5), ends, BINARY)
    add("only label 1", np.ones((20, 1)), scores[:20], BINARY)
    add("only label 0", np.zeros((20, 1)), scores[:20], BINARY)
    add("nothing above 0.5", labels(scores[:25]), scores[:25] / 4, BINARY)
    add("batches of one row", labels(scores[:9]), scores[:9], BINARY, batch_size=1)
    logits = np.round(random.normal(scale=2, size=(40, 1)), 2)
    add("logits", labels(logits, 2), logits, OUTSIDE)
    broken = scores[:20].copy()
    broken[3] = np.nan
    add("NaN", labels(scores[:20]), broken, OUTSIDE)
    weights = random.randint(0, 9, 50) / 4
    add("weights", labels(scores), scores, BINARY, weights, strings=STRINGS)
    whole = random.randint(0, 4, 50) * 1.0
    whole[10:20] = 0
    add("a batch without weight", labels(scores), scores, BINARY, whole, 10)
    add("no weight at all", labels(scores[:20]), scores[:20], BINARY, np.zeros(20))
    add("labels 0 to 2", random.randint(0, 3, (40, 1)), _thousandths(random, 40, 1), BINARY)
    add("labels -1 and 1", 2 * labels(scores) - 1, scores, BINARY)
    add("smoothed labels", 0.9 * labels(scores) + 0.05, scores, BINARY)
    many = _thousandths(random, 40, 4)
    add("several labels", labels(many), many, SEVERAL, batch_size=16, strings=STRINGS)
    # Mean IoU of all columns with a weight a row reads past the weights in older releases.
    fitting = [each for each in SEVERAL if each[0] != "MeanIoU"]
    add("several labels, weights", labels(many), many, fitting, weights[:40], 16)
    absent = labels(many)
    absent[:, 2] = 0
    add("a label that never occurs", absent, many, SEVERAL, batch_size=16)
    raw = np.round(random.normal(scale=2, size=(30, 3)), 2)
    add("logits of several labels", labels(raw, 2), raw, [*OUTSIDE, *AREAS[3:5]])
    of_classes = _softmax(random, 45, 3)
    index = np.where(random.rand(45) < 0.6, of_classes.argmax(1), random.randint(0, 3, 45))
    hot = np.eye(3)[index]
    add("one-hot", hot, of_classes, [*SEVERAL, *DENSE], strings=STRINGS)
    add("one-hot, weights", hot, of_classes, [*fitting, *DENSE], weights[:45], 20)
    tied = random.randint(0, 3, (40, 3)) / 2
    add("one-hot, ties", hot[:40], tied, [*SEVERAL, *DENSE])
    add("class indices as labels", index, of_classes, SPARSE, strings=STRINGS)
    add("class indices in a column", index[:, None], of_classes, SPARSE)
    add("class indices as outputs", index, of_classes.argmax(1)[:, None], OVERLAPS)
    add("class indices out of range", index + 2 * (index > 1), of_classes[:, :1], OVERLAPS[3:])
    times = _thousandths(random, 12, 3, 1)
    add("time steps", labels(times), times, [*ONE, *AREAS[:2], *AT_RECALL[:1], *OVERLAPS[:1]])
    return found

"""The English words that links of earlier versions carry, each with the name of today.

A link that somebody sent or printed opens for ever, so words are added here and never changed,
whatever the page shows. What a file calls a class, and what a metric of the user's own is called,
is no word of a language; `Control.asked_of` reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from accuracy_lens.view.control_table.names import RUN_METRICS, SPELLINGS
from metrics_core.doctor import RULES

_CODES = {rule.id: rule.id.lower() for rule in RULES}

OLD_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "data": {
        "Scenario": "scenario",
        "Generate": "generate",
        "Upload": "upload",
        "Training": "training",
    },
    "scenario": {
        "Class indices against class indices": "classes-against-classes",
        "Binary accuracy with a threshold": "binary-threshold",
        "Categorical accuracy with one-hot labels": "categorical-argmax",
        "Sparse categorical accuracy": "sparse-argmax",
        "Top-k accuracy": "top-k",
        "Sparse top-k accuracy": "sparse-top-k",
        "96 outputs without an activation": "no-activation",
        "96 outputs with a sigmoid": "with-sigmoid",
        "The sigmoid of 0 is exactly 0.5": "sigmoid-of-zero",
        "Softmax on a single unit": "softmax-on-one-unit",
        "Samples that count more than others": "sample-weights",
        "A rare class flatters accuracy": "rare-class",
        "Many labels: per element or per sample": "many-labels",
        "Ten sigmoid units: 0.9 with 9,002 of 10,000 wrong": "ten-sigmoid-units",
    },
    "kind": {
        "multi-class, class indices": "multi-class-indices",
        "multi-class, one-hot": "multi-class-one-hot",
    },
    "labels": {"as they came": "as-they-came", "class indices": "class-indices"},
    "average": {
        "each variant's own": "own",
        "per class, then mean": "per-class",
        "mean of batch means": "batch-means",
    },
    "card": {
        "Binary accuracy": "binary_accuracy",
        "Binary accuracy by rounding": "binary_accuracy_rounded",
        "Accuracy (exact equality)": "accuracy",
        "Categorical accuracy": "categorical_accuracy",
        "Sparse categorical accuracy": "sparse_categorical_accuracy",
        "Top-k categorical accuracy": "top_k_categorical_accuracy",
        "Sparse top-k categorical accuracy": "sparse_top_k_categorical_accuracy",
        "Multi-label accuracy, by element": "element_accuracy",
        "Multi-label accuracy, exact match": "subset_accuracy",
        "Balanced accuracy": "balanced_accuracy",
        "Precision": "precision",
        "Recall": "recall",
        "F-beta": "f_beta",
        "Mean absolute error": "mean_absolute_error",
        "Mean squared error": "mean_squared_error",
        "Mean prediction": "mean_prediction",
    },
    "show": {
        "all samples": "all",
        "wrong only": "wrong",
        "right only": "right",
        "variants disagree": "disagree",
    },
    "sort": {
        "distance to the threshold": "distance",
        "rank of the true class": "rank",
    },
    "against": {
        "every output, each on its own": "every",
        "both outputs, each on its own": "every",
    },
    "cells": {
        "% of true class": "of-true-class",
        "% of decided": "of-predicted",
        "% of all": "of-all",
    },
    "order": {"class order": "class-order"},
    "true": {"any class": "any"},
    "decided": {"any class": "any", "no class": "none"},
    "which_release": {
        "Keras 1.2.2": "keras-1.2.2",
        "Keras 2.0.8": "keras-2.0.8",
        "Keras 2.2.4": "keras-2.2.4",
        "Keras 2.3.1": "keras-2.3.1",
        "tf.keras of TensorFlow 1.13.1": "tf.keras-1.13.1",
        "tf.keras of TensorFlow 2.0.0": "tf.keras-2.0.0",
        "tf.keras of TensorFlow 2.2.0": "tf.keras-2.2.0",
        "tf.keras of TensorFlow 2.15.0": "tf.keras-2.15.0",
        "Keras 3.15.1": "keras-3.15.1",
    },
    "which_loss": {"the usual for these labels": "usual"},
    "which_metric": SPELLINGS,
    "finding": _CODES,
    "muted": _CODES,
    "run_metrics": RUN_METRICS,
})  # fmt: skip
"""By the key of a control, each word with the name."""
